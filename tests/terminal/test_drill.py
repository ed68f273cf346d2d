"""What a learner does in `cvquiz drill`, and a code card inside a session."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
