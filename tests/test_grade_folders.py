"""`cvquiz grade` on what people have in their folders: nothing is lost silently, and nothing stops the rest."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cv_quiz.cli._progress import Progress
from cv_quiz.cli._submissions import find_submissions
from cv_quiz.grading.many import Options, grade_many
from tests.terminal.person import Person
from tests.test_grade import RIGHT, WRONG, cvquiz

LOOP = "def iou(a, b):\n    while True:\n        pass\n"
NMS = """
def nms(boxes, scores, t):
    return []
"""
links = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")


def put(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


def judged(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [Path(item["path"]).name for item in json.loads(done.stdout)["submissions"]]


# What is found in a folder


def test_a_suffix_counts_in_any_case(tmp_path):
    put(tmp_path / "class", a__PY=RIGHT, b__IPYNB="{}", c__py=RIGHT)
    assert [path.name for path in find_submissions([tmp_path / "class"]).files] == ["a.PY", "b.IPYNB", "c.py"]


def test_a_submission_in_capitals_is_judged(tmp_path):
    put(tmp_path / "class", a__PY=RIGHT)
    done = cvquiz("grade", "class", "--json", "--allow-partial-isolation", cwd=tmp_path)
    assert (done.returncode, judged(done)) == (0, ["a.PY"])


@links
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["does not exist", "links to a folder", "outside the folder"]),
        ("zh", ["不存在", "目录的链接", "目录之外"]),
    ],
)
def test_every_link_that_is_not_followed_is_told_at_the_end(tmp_path, language, said):
    put(tmp_path / "class" / "li", a__py=RIGHT)
    put(tmp_path / "elsewhere", b__py=RIGHT)
    for name, target in (("dangling.py", "nowhere.py"), ("folder", "../elsewhere"), ("out.py", "../elsewhere/b.py")):
        (tmp_path / "class" / name).symlink_to(target)
    done = cvquiz("grade", "class", "--allow-partial-isolation", cwd=tmp_path, language=language)
    assert done.returncode == 3
    lines = done.stderr.splitlines()[-3:]
    assert [
        name for name, line in zip(["dangling.py", "folder", "out.py"], lines, strict=True) if name not in line
    ] == []
    assert [words for words, line in zip(said, lines, strict=True) if words not in line] == []


@links
def test_a_link_inside_the_folder_is_judged(tmp_path):
    put(tmp_path / "class", a__py=RIGHT)
    (tmp_path / "class" / "b.py").symlink_to("a.py")
    found = find_submissions([tmp_path / "class"])
    assert ([path.name for path in found.files], found.troubles) == (["a.py", "b.py"], ())


def test_a_folder_that_cannot_be_read_is_told_and_the_others_are_judged(tmp_path):
    put(tmp_path / "class" / "li", a__py=RIGHT)
    put(tmp_path / "class" / "wang", b__py=RIGHT)

    def scan(folder: Path) -> contextlib.AbstractContextManager[object]:
        if folder.name == "li":
            raise PermissionError(13, "Permission denied", str(folder))
        return os.scandir(folder)

    found = find_submissions([tmp_path / "class"], scan)
    assert [path.name for path in found.files] == ["b.py"]
    (trouble,) = found.troubles
    assert (str(tmp_path / "class" / "li") in trouble.en, "permission denied" in trouble.en) == (True, True)
    assert "没有权限" in trouble.zh


def test_other_files_are_counted_and_change_no_status(tmp_path):
    put(
        tmp_path / "class" / "li", a__py=RIGHT, b__txt="x", c__TXT="x", d__zip="x", e__csv="x", f__png="x", Makefile="x"
    )
    put(tmp_path / "class" / "__pycache__", a__pyc="x", z__py="x")
    put(tmp_path / "class" / ".git", z__txt="x")
    done = cvquiz("grade", "class", "--json", "--allow-partial-isolation", cwd=tmp_path)
    assert (done.returncode, judged(done)) == (0, ["a.py"])
    assert done.stderr == "cvquiz: not judged: 2 .txt, 1 .zip; name a file to have it judged all the same.\n"
    done = cvquiz("grade", "class", "--json", "--allow-partial-isolation", cwd=tmp_path, language="zh")
    assert "没有评判：2 个 .txt，1 个 .zip；" in done.stderr


def test_many_suffixes_make_a_short_line(tmp_path):
    put(tmp_path, **{f"a__x{number}": "" for number in range(9)})
    text = find_submissions([tmp_path]).not_judged()
    assert text is not None
    assert "1 .x5, 3 others;" in text.en


def test_a_file_of_another_suffix_is_judged_when_it_is_named(tmp_path):
    put(tmp_path, a__txt=RIGHT)
    done = cvquiz("grade", "a.txt", "--json", cwd=tmp_path)
    assert (done.returncode, judged(done), done.stderr) == (0, ["a.txt"], "")


# One bad path stops nothing


@pytest.mark.parametrize(
    ("language", "said"), [("en", "there is no such file or folder"), ("zh", "没有这个文件或目录")]
)
def test_a_path_that_is_not_there_stops_nothing(tmp_path, language, said):
    put(tmp_path, ok__py=RIGHT)
    done = cvquiz("grade", "nope.py", "ok.py", "--json", cwd=tmp_path, language=language)
    assert (done.returncode, judged(done)) == (3, ["ok.py"])
    assert done.stderr.count("\n") == 1
    assert "nope.py" in done.stderr
    assert said in done.stderr


def test_nothing_to_judge_is_the_message_alone(tmp_path):
    (tmp_path / "empty").mkdir()
    done = cvquiz("grade", "nope.py", "empty", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines() == [
        "cvquiz: nope.py: there is no such file or folder.",
        "cvquiz: empty: there is no .py or .ipynb file in this folder.",
    ]


def test_a_file_that_cannot_be_read_hides_no_other_trouble(tmp_path):
    with (tmp_path / "huge.py").open("wb") as file:
        file.truncate(9 << 20)
    done = cvquiz("grade", "huge.py", "nope.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert [word for word in ("huge.py", "nope.py") if word not in done.stderr] == []


def test_whether_a_path_can_be_read_is_not_asked_by_the_command_line(tmp_path):
    """Root reads everything, so the system's answer is feigned."""
    put(tmp_path, a__py=RIGHT)
    code = (
        "import os, sys\nreal = os.access\n"
        "os.access = lambda path, mode, **more: not str(path).endswith('a.py') and real(path, mode, **more)\n"
        "sys.argv = ['cvquiz', 'grade', 'a.py']\nfrom cv_quiz.cli import main\nmain()\n"
    )
    settings = {
        "CVQUIZ_HOME": str(tmp_path / "home"),
        "CVQUIZ_LANG": "zh",
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=settings, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


# One case


def test_a_case_is_judged_where_it_is_and_the_other_files_are_left_out(tmp_path):
    put(tmp_path / "class", a__py=RIGHT, b__py=NMS)
    done = cvquiz("grade", "class", "--case", "apart-in-x", "--json", "--allow-partial-isolation", cwd=tmp_path)
    assert (done.returncode, judged(done)) == (0, ["a.py"])
    assert done.stderr == "cvquiz: 1 left out: their drills have no case called 'apart-in-x'.\n"


@pytest.mark.parametrize("files", [("a.py",), ("a.py", "c.py")])
def test_a_case_that_no_file_has_is_one_error_with_the_nearest_names(tmp_path, files):
    put(tmp_path, a__py=RIGHT, c__py=WRONG)
    done = cvquiz("grade", *files, "--case", "apart-in-xx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    found = re.search("There is no case called 'apart-in-xx' in iou. .*: (.*)\\.$", done.stderr.strip())
    assert found
    names = found[1].split(", ")
    assert names[0] == "apart-in-x"
    assert 1 < len(names) <= 10
    assert (
        "没有名为「apart-in-xx」的用例"
        in cvquiz("grade", *files, "--case", "apart-in-xx", cwd=tmp_path, language="zh").stderr
    )


# Interruption, progress, pipes, help

terminal = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")


@terminal
@pytest.mark.parametrize(
    ("language", "said", "bar"),
    [("en", "Interrupted: 2 of 4 judged.", "Judging 3/4  c.py"), ("zh", "4 个中评判了 2 个", "评判 3/4  c.py")],
)
def test_an_interruption_prints_what_has_been_judged(tmp_path, language, said, bar, monkeypatch):
    put(tmp_path / "class", a__py=RIGHT, b__py=WRONG, c__py=LOOP, d__py=RIGHT)
    monkeypatch.chdir(tmp_path)
    words = ("grade", "class", "--allow-partial-isolation")
    with Person(tmp_path / "home", *words, columns=100, rows=60, CVQUIZ_LANG=language) as person:
        person.sees(bar)
        person.types("\x03")
        shown = person.sees(said)
        assert person.leaves() == 130
    assert re.search("^✓  a.py", shown, re.MULTILINE)
    assert re.search("^✗  b.py", shown, re.MULTILINE)
    assert not re.search("^.  [cd].py", shown, re.MULTILINE)


@terminal
def test_an_interrupted_listing_is_json_all_the_same(tmp_path, monkeypatch):
    put(tmp_path / "class", a__py=RIGHT, c__py=LOOP, d__py=RIGHT)
    monkeypatch.chdir(tmp_path)
    with Person(
        tmp_path / "home", "grade", "class", "--json", "--allow-partial-isolation", columns=200, rows=60
    ) as person:
        person.sees("Judging 2/3  c.py")
        person.types("\x03")
        shown = person.sees("Interrupted: 1 of 3 judged.")
        assert person.leaves() == 130
    text = shown[shown.index('{"version"') : shown.index("cvquiz: Interrupted")].replace("\n", "")
    assert [Path(item["path"]).name for item in json.loads(text)["submissions"]] == ["a.py"]


@terminal
def test_one_file_that_takes_long_gets_a_line(tmp_path, monkeypatch):
    put(tmp_path, c__py=LOOP)
    monkeypatch.chdir(tmp_path)
    with Person(tmp_path / "home", "grade", "c.py", columns=100, rows=60) as person:
        person.sees("Judging 1/1  c.py")


class Terminal(io.StringIO):
    """A terminal that keeps what it gets."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("names", "shown"), [(["a", "b"], False), (["a", "b", "c"], True)])
def test_few_files_are_waited_for_in_silence_at_first(monkeypatch, names, shown):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with Progress(names, lambda: 1, patience=threading.TIMEOUT_MAX):
        for _ in range(200 if shown else 10):
            if "2/3  b" in sys.stderr.getvalue():
                break
            time.sleep(0.05)
        assert ("2/3  b" in sys.stderr.getvalue()) == shown
        assert bool(sys.stderr.getvalue()) == shown


def test_what_others_have_judged_meanwhile_is_not_lost(tmp_path):
    put(tmp_path, a__py=LOOP, b__py=RIGHT)
    with grade_many([tmp_path / "a.py", tmp_path / "b.py"], Options(), jobs=2) as grading:
        threading.Thread(target=next, args=(iter(grading),), daemon=True).start()
        while not (reports := list(grading.ready())):
            time.sleep(0.05)
    assert [(report.path.name, report.accepted) for report in reports] == [("b.py", True)]


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(("text", "status"), [(WRONG, 1), (RIGHT, 0)])
def test_a_closed_pipe_does_not_hide_what_was_not_accepted(tmp_path, text, status):
    put(tmp_path, a__py=text)
    reader, writer = os.pipe()
    os.close(reader)
    settings = {
        "CVQUIZ_HOME": str(tmp_path / "home"),
        "CVQUIZ_LANG": "en",
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "cv_quiz", "grade", "a.py"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=tmp_path, env=settings, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize(("language", "said"), [("en", "Exit status: 0 all accepted"), ("zh", "退出状态：0 全部通过")])
def test_help_tells_the_exit_statuses(tmp_path, language, said):
    text = cvquiz("grade", "--help", cwd=tmp_path, language=language, COLUMNS="200").stdout
    assert said in text
    assert "130" in text


# The most frequent causes


def test_files_without_a_function_are_one_row_that_names_none(tmp_path):
    put(tmp_path / "class", a__py="def bubble(): 1\n", b__py="def quick(): 1\n", c__py="x = 1\n", d__py=RIGHT)
    for language, said in (
        ("en", "3 x  the file has no function of any drill"),
        ("zh", "3 次  文件里没有任何练习的函数"),
    ):
        done = cvquiz("grade", "class", "--allow-partial-isolation", cwd=tmp_path, language=language)
        lines = [line.strip() for line in done.stdout.splitlines()]
        assert said in lines
