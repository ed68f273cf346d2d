"""The table of a class: names that can be told apart, causes at any width, and what went wrong most often."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cv_quiz.grading.findings import Diagnosis, Result, SubmissionReport
from cv_quiz.language import Text
from cv_quiz.terminal.class_table import table_lines
from cv_quiz.terminal.file_names import fitted_names, middle_cut, short_names
from cv_quiz.terminal.screen import Screen


def report(path: str, identity: str = "", en: str = "", zh: str = "", drill: str = "iou") -> SubmissionReport:
    verdict = "wrong-answer" if identity else "accepted"
    diagnosis = (Diagnosis(identity, Text(zh or en, en)),) if identity else ()
    return SubmissionReport(Path(path), (Result(drill, "f", verdict, diagnosis=diagnosis),))


def table(reports: list[SubmissionReport], width: int = 80, language: str = "en") -> list[str]:
    screen = Screen(sys.stdout, width)
    lines = list(table_lines(reports, screen, language))
    assert max(map(screen.cells, lines)) <= width
    return lines


MOODLE = [
    f"in/{number}_{name}_assignsubmission_file/{file}"
    for number, name, file in (
        ("2023100100123", "Alexander-Maximilian von Hohenstein", "solution_final_v1 (1).py"),
        ("2023100100123", "Alexander-Maximilian von Hohenstein", "solution_final_v2 (1).py"),
        ("2023100100124", "Wang Xiaoming", "solution_final_v2 (1).py"),
        ("2023100100125", "王小明", "solution_final_v2 (1).py"),
    )
]


@pytest.mark.parametrize("width", [10, 16, 24, 40, 60])
def test_names_of_different_files_stay_different(width):
    paths = [*map(Path, MOODLE), *(Path(f"in/{'a' * 40}{number}{'b' * 40}.py") for number in range(12))]
    cells = Screen(sys.stdout).cells
    fitted = fitted_names(short_names(paths), width, cells)
    assert len(set(fitted.values())) == len(paths)
    assert max(map(cells, fitted.values())) <= width


def test_a_folder_for_each_student_shows_the_student():
    rows = table([report(path, "clamp", "the sides are not clamped at 0 " * 4) for path in MOODLE])
    text = "\n".join(rows)
    assert "stein/" in text
    assert "iaoming/" in text
    assert "王小明/" in text
    assert "assignsubmission" not in text


def test_what_is_short_enough_is_not_cut():
    paths = [Path("x/y/a/iou.py"), Path("x/y/b/iou.py")]
    assert list(short_names(paths).values()) == ["a/iou.py", "b/iou.py"]
    assert middle_cut("abcdefghij", 7, len) == "ab...ij"


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_causes_are_there_at_any_width(width, language):
    lines = table([report(path, "clamp", "unclamped sides", "没有截断") for path in MOODLE], width, language)
    cause = "unclamped sides" if language == "en" else "没有截断"
    assert sum(cause in line for line in lines) == len(MOODLE) + 1


def causes(reports: list[SubmissionReport], language: str = "en") -> list[str]:
    lines = table(reports, 100, language)
    title = "most frequent causes:" if language == "en" else "最常见的原因："
    return [line.strip() for line in lines[lines.index(title) + 1 :]] if title in lines else []


def test_causes_are_counted_without_their_line():
    found = [
        report(f"{n}.py", "raises", f"raises KeyError (line {n})", f"抛出 KeyError（第 {n} 行）") for n in (1, 2, 3)
    ]
    assert causes(found) == ["3 x  iou: raises KeyError"]
    assert causes(found, "zh") == ["3 次  iou：抛出 KeyError"]


def test_different_words_of_one_diagnosis_are_counted_apart():
    words = [
        "raises KeyError",
        "raises KeyError",
        "raises TypeError",
        "raises TypeError",
        "raises TypeError",
        "raises ValueError",
    ]
    found = [report(f"{at}.py", "raises", text) for at, text in enumerate(words)]
    assert causes(found) == ["3 x  iou: raises TypeError", "2 x  iou: raises KeyError"]


def test_no_more_than_five_causes_are_named():
    found = [report(f"{at}{twin}.py", f"id{at}", f"cause {at}") for at in range(7) for twin in "ab"]
    assert len(causes(found)) == 5


def test_chinese_sums_have_chinese_marks():
    found = [report("a.py", "x", "y", "z"), SubmissionReport(Path("b.py"), (Result("iou", "f", "time-limit"),))]
    (line,) = [line for line in table(found, 80, "zh") if line.startswith("iou：")]
    assert line == "iou：2 个中 0 个通过（答案错误 1，超时 1）"
