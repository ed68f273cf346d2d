"""The command line as a whole: help, completion, listings for scripts."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cv_quiz.cli._app import _complaint, command_names
from cv_quiz.cli._definition import definition
from cv_quiz.cli.completion import WRITERS


def run(home: Path, *words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": language, "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "cv_quiz", *words],
        capture_output=True,
        text=True,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )


# One program shows the help of every command: a start for each would take longer than all else here.
ALL_HELP = """
import contextlib, io, json
from cv_quiz.cli._app import command_names, run

def shown(name):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            status = run([name, "--help"])
        except SystemExit as left:
            status = left.code
    return name, status or 0, out.getvalue()

print(json.dumps([shown(name) for name in command_names()]))
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_explains_itself_with_examples(home: Path, language: str) -> None:
    example = {"zh": "例子", "en": "Examples"}[language]
    assert example in run(home, "--help", language=language).stdout
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": language, "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", ALL_HELP], capture_output=True, text=True, env=environment, check=True)
    helps = json.loads(done.stdout)
    assert [name for name, _, _ in helps] == command_names()
    for name, status, text in helps:
        assert status == 0, name
        assert example in text, name
        assert f"cvquiz {name}" in text.split(example)[1], name


def test_the_design_s_commands_are_there() -> None:
    wanted = "study drill grade import lint decks show search stats due log undo doctor"
    assert set(wanted.split()) <= set(command_names())


@pytest.mark.parametrize("name", ["due", "stats", "decks"])
def test_listings_for_scripts_carry_a_version(home: Path, name: str) -> None:
    assert json.loads(run(home, name, "--json").stdout)["version"] == 1


def test_show_has_the_promised_keys(home: Path) -> None:
    shown = json.loads(run(home, "show", "nms-steps", "--json").stdout)
    assert {"id", "state", "due", "stability", "difficulty", "reps", "lapses"} <= shown.keys()
    assert (shown["state"], shown["due"], shown["reps"]) == ("new", None, 0)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_valid_and_whole(home: Path, tmp_path: Path, shell: str) -> None:
    text = WRITERS[shell](definition())
    for command in definition():
        assert command.name in text
    if shutil.which(shell):
        (tmp_path / "file").write_text(text)
        assert subprocess.run([shell, "-n", str(tmp_path / "file")], check=False).returncode == 0


def test_bash_completes_options(tmp_path: Path) -> None:
    (tmp_path / "c").write_text(WRITERS["bash"](definition()))
    script = f"source {tmp_path}/c; COMP_WORDS=(cvquiz study --pl); COMP_CWORD=2; _cvquiz; echo ${{COMPREPLY[@]}}"
    assert (
        subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "--plain"
    )


def test_a_pipe_that_closes_early_is_no_error(home: Path) -> None:
    from cv_quiz.home import Home

    mine = Home({"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en"})
    for _ in range(2000):
        mine.log.append("review", "a", mine.now(), {"rating": 3, "duration_ms": 1, "source": "self"})
    command = f"{sys.executable} -m cv_quiz log | head -1"
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_search_finds_two_chinese_characters(home: Path) -> None:
    found = json.loads(run(home, "search", "召回", "--json", language="zh").stdout)["cards"]
    assert found
    assert json.loads(run(home, "search", "NMS", "--json").stdout)["cards"]


def test_what_was_put_aside_is_listed_and_taken_back(home: Path) -> None:
    from cv_quiz.home import Home

    mine = Home({"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en"})
    mine.suspend("nms-steps")
    mine.flag("iou-definition", "unclear")
    rows = json.loads(run(home, "aside", "--json").stdout)["cards"]
    assert [(row["id"], row["suspended"], row["reason"]) for row in rows] == [
        ("iou-definition", False, "unclear"), ("nms-steps", True, None),
    ]  # fmt: skip
    assert "unclear" in run(home, "show", "iou-definition").stdout
    run(home, "aside", "nms-steps", "iou-definition")
    assert json.loads(run(home, "aside", "--json").stdout)["cards"] == []


def test_a_deck_is_not_imported(home: Path, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("id: d\ntitle: D\nlanguage: en\ncards: []\n")
    done = run(home, "import", str(tmp_path / "d.yaml"))
    assert done.returncode == 3
    assert "is a deck already" in done.stderr


def test_lint_goes_on_behind_a_file_that_cannot_be_read(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.yaml").write_text("id: b\ntitle: B\nlanguage: en\ncards:\n  - {id: c, question: Q?, drill: nsm}\n")
    done = run(home, "lint", str(tmp_path))
    assert done.returncode == 1
    assert "a.yaml" in done.stdout
    assert "there is no drill nsm" in done.stdout


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (
            ("study", "--new", "-1"),
            "--new 不能是 -1：不能小于 0。用法：",
            "--new cannot be -1: it must be 0 or more. Usage:",
        ),
        (
            ("grade", "--jobs", "0", "x"),
            "不能是 0：要在 1 到 64 之间。用法：",
            "cannot be 0: it must be from 1 to 64. Usage:",
        ),
        (("study", "--limit", "x"), "要一个整数", "whole number"),
        (("study", "--limit"), "要跟一个值", "needs a value"),
        (("due", "more"), "多余的参数", "too many arguments"),
        (("show",), "缺少", "is missing"),
        (("due", "--foo"), "没有选项", "no option"),
    ],
)
def test_wrong_usage_is_said_in_both_languages(home: Path, words: tuple[str, ...], zh: str, en: str) -> None:
    for language, said in (("zh", zh), ("en", en)):
        done = run(home, *words, language=language)
        assert done.returncode == 2
        assert said in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [("1<=x<=64", "1 到 64", "from 1 to 64"), ("x<=3", "不能大于 3", "3 or less"), ("0<x<1", "0<x<1", "0<x<1")],
)
def test_a_range_is_said_in_words(written: str, zh: str, en: str) -> None:
    text = _complaint(f"Invalid value for '--n': 7 is not in the range {written}.")
    assert zh in text.zh
    assert en in text.en


def test_every_title_of_a_chinese_help_has_a_chinese_colon(home: Path) -> None:
    shown = run(home, "show", "--help", language="zh").stdout.splitlines()
    titles = [line for line in shown if line and not line.startswith(" ")]
    assert [title[:3] for title in titles] == ["用法：", "参数：", "选项：", "例子："]
    assert "Options:" in run(home, "show", "--help").stdout.splitlines()


def test_every_convention_of_a_drill_is_listed_once(home: Path) -> None:
    for row in json.loads(run(home, "drill", "--list", "--json").stdout)["drills"]:
        assert row["conventions"]
        assert len(set(row["conventions"])) == len(row["conventions"]), row["name"]
