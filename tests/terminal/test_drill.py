"""What a learner does in `cvquiz drill`, and a code card inside a session."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cv_quiz.drills import find, names
from cv_quiz.language import Language
from cv_quiz.terminal.drill_loop import paragraphs
from tests.terminal.person import Person

RIGHT = """
def iou(box_a, box_b):
    w = min(box_a[2], box_b[2]) - max(box_a[0], box_b[0])
    h = min(box_a[3], box_b[3]) - max(box_a[1], box_b[1])
    inter = max(0, w) * max(0, h)
    area = lambda b: (b[2] - b[0]) * (b[3] - b[1])
    union = area(box_a) + area(box_b) - inter
    return inter / union if union > 0 else 0.0
"""
WRONG = RIGHT.replace("max(0, w) * max(0, h)", "w * h")


def run(home: Path, *words: str, cwd: Path | None = None, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "cv_quiz", *words]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=cwd, input=stdin or "", check=False
    )


def test_a_drill_is_watched_hinted_and_passed(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "iou.py"
    with Person(home, "drill", "iou", "--file", str(file)) as person:
        person.sees("[q] quit")
        assert "raise NotImplementedError" in file.read_text()
        person.types("r")
        person.sees("not written yet")
        person.types("h")
        person.sees("Hint 1/")
        file.write_text(WRONG)
        person.sees("wrong answer")
        file.write_text(RIGHT)
        person.sees("Passed.")
        person.types("s")
        person.sees("def iou")
        person.types("q")
        assert person.leaves() == 0
    listed = json.loads(run(home, "drill", "--list", "--json").stdout)
    assert {row["name"]: row["passed"] for row in listed["drills"]}["iou"] is True


# An answer so wrong that the report has a picture, too; it is taller than a small screen.
FORGOTTEN = """
def nms(boxes, scores, iou_threshold):
    order, keep = list(np.argsort(-scores)), []
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    while order:
        best = order.pop(0)
        keep.append(int(best))
        for other in list(order):
            a, b = boxes[best], boxes[other]
            w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            inter = max(0, w) * max(0, h)
            if inter / max(1e-12, area(a) + area(b)) > iou_threshold:
                order.remove(other)
    return keep
"""


@pytest.mark.parametrize(
    ("language", "keys", "verdict", "diagnosis"),
    [("en", "[q] quit", "wrong answer", "the union does not"), ("zh", "[q] 退出", "答案错误", "并集没有减去交集")],
)
def test_verdict_and_diagnosis_are_in_sight_below_a_tall_report(
    home: Path, tmp_path: Path, language: str, keys: str, verdict: str, diagnosis: str
) -> None:
    for rows, times in ((16, 2), (60, 1)):
        file = tmp_path / f"nms{rows}.py"
        with Person(home, "drill", "nms", "--file", str(file), rows=rows, CVQUIZ_LANG=language) as person:
            person.sees(keys)
            file.write_text("import numpy as np\n" + FORGOTTEN)
            person.sees(verdict)
            shown = person.waits().split("\n")
            place = next(number for number, line in reversed(list(enumerate(shown))) if verdict in line)
            assert "nms" in shown[place]
            assert "/" in shown[place]
            assert diagnosis in shown[place + 1]
            assert shown[-1].endswith(keys)
            assert person.everything().count(verdict) == times
            person.types("q")
            person.leaves()


def test_an_unknown_key_says_nothing_and_there_is_one_line_of_keys(home: Path, tmp_path: Path) -> None:
    with Person(home, "drill", "iou", "--file", str(tmp_path / "iou.py")) as person:
        person.sees("[q] quit")
        before = person.waits()
        person.types("xz?")
        assert person.waits() == before
        person.types("h")
        person.sees("Hint 1/")
        person.types("x")
        shown = person.waits()
        assert shown.count("[q] quit") == 1
        assert shown.split("\n")[-1].endswith("[q] quit")
        assert shown.startswith(before.rpartition("\n")[0])


def test_keys_that_take_two_rows_go_without_a_trace(home: Path, tmp_path: Path) -> None:
    with Person(home, "drill", "iou", "--file", str(tmp_path / "iou.py"), columns=40) as person:
        person.sees("[q] quit")
        person.types("h")
        person.sees("Hint 1/")
        shown = person.waits()
        assert shown.count("[r] grade") == shown.count("[s] solution") == shown.count("[q] quit") == 1
        assert shown.count("Hint 1/") == shown.count("Source: ") == 1


def test_whoever_types_lines_is_told_of_them_each_time(home: Path, tmp_path: Path) -> None:
    said = run(home, "drill", "iou", "--plain", "--file", str(tmp_path / "iou.py"), stdin="x\nz\nq\n").stdout
    assert said.count("An empty line grades") == 3
    assert "\x1b" not in said


def test_a_file_that_is_gone_is_graded_when_it_is_there_again(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "iou.py"
    with Person(home, "drill", "iou", "--file", str(file)) as person:
        person.sees("[q] quit")
        file.unlink()
        person.sees("it will be graded when it is there again")
        person.types("r")
        assert " ".join(person.waits().split()).count("is gone; it will") == 1
        file.write_text(RIGHT)
        person.sees("Passed.")


def test_a_save_just_before_a_key_is_graded_nevertheless(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "iou.py"
    with Person(home, "drill", "iou", "--file", str(file)) as person:
        person.sees("[q] quit")
        file.write_text(RIGHT)
        person.types("h")
        person.sees("Hint 1/")
        person.sees("Passed.")


@pytest.mark.parametrize(("language", "label"), [("zh", "出处："), ("en", "Source: ")])
@pytest.mark.parametrize("name", names())
def test_the_task_says_once_where_it_is_from(name: str, language: Language, label: str) -> None:
    drill = find(name)
    said = paragraphs(drill.statement.say(language))
    source = drill.reference.__doc__.partition("Source: ")[2].strip()
    assert source
    assert [line for line in said if source in line] == [label + source]


def test_giving_up_is_asked_for_once_more(home: Path, tmp_path: Path) -> None:
    with Person(home, "drill", "iou", "--file", str(tmp_path / "iou.py")) as person:
        person.sees("[q] quit")
        person.types("s")
        person.sees("Give up")
        person.types("n\r")
        person.waits()
        assert "return" not in person.everything().split("Give up")[1]
        person.types("s")
        person.waits()
        person.types("y\r")
        person.sees("return")
        person.types("q")
        assert person.leaves() == 1


def test_without_a_terminal_it_grades_once(home: Path, tmp_path: Path) -> None:
    first = run(home, "drill", "iou", cwd=tmp_path)
    assert first.returncode == 1
    assert "not written yet" in first.stdout
    (tmp_path / "iou.py").write_text(RIGHT)
    assert run(home, "drill", "iou", cwd=tmp_path).returncode == 0
    assert (tmp_path / "iou.py").read_text() == RIGHT


def test_a_code_card_opens_the_drill_and_its_grade_is_the_rating(home: Path, tmp_path: Path) -> None:
    environment = {"CVQUIZ_NOW": "2026-03-01T09:00:00+08:00"}
    deck = tmp_path / "code.yaml"
    deck.write_text(
        "id: my-code\ntitle: Mine\nlanguage: en\ncards:\n  - {id: mine, question: Write iou., drill: iou}\n"
    )
    with Person(home, "study", str(deck), **environment) as person:
        person.sees("[q] quit")
        file = next((home / "drills").glob("iou-*.py"))
        file.write_text(RIGHT)
        person.sees("Passed.")
        person.types("q")
        person.sees("1 answer on 1 card")
        person.leaves()
    rows = [json.loads(line) for line in run(home, "log", "--json").stdout.splitlines()]
    assert [(row["card"], row["rating"], row["source"]) for row in rows] == [("mine", 4, "graded")]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [(("drill", "nsm"), 2, "nms"), (("drill", "--check"), 2, "--all"), (("grade", "none.py"), 3, "none.py")],
)
def test_errors_say_what_to_do(home: Path, words: tuple[str, ...], status: int, said: str) -> None:
    done = run(home, *words)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr
