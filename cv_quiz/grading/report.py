"""A report as JSON and as text; the values it consists of are in `findings`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np

from cv_quiz.grading.findings import Counterexample, Diagnosis, Result, SubmissionReport, Verdict
from cv_quiz.grading.prose import Style, report_lines
from cv_quiz.grading.repeating import repeat_command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cv_quiz.grading.exchange import Level
    from cv_quiz.language import Language

__all__ = [
    "Counterexample",
    "Diagnosis",
    "Result",
    "SubmissionReport",
    "Verdict",
    "plain",
    "repeat_command",
    "to_json",
    "to_text",
]


class More(TypedDict, total=False):
    """What only a terminal has: pictures, colours, and the learner's file at hand."""

    draw: Callable[[Counterexample, str], list[str]] | None
    paint: Callable[[str, str], str]
    quote: Callable[[Path, int], str]


def to_json(reports: Sequence[SubmissionReport], *, isolation: Level, seed: int, language: Language) -> dict[str, Any]:
    """The JSON of `cvquiz grade --json`, version 1: exactly the keys that scripts know."""
    submissions = [
        {"path": str(report.path), "results": [_result(report, result, language) for result in report.results]}
        for report in reports
    ]
    return {"version": 1, "isolation": isolation, "seed": seed, "submissions": submissions}


def _result(report: SubmissionReport, result: Result, language: Language) -> dict[str, Any]:
    return {
        "drill": result.drill,
        "function": result.function,
        "verdict": result.verdict,
        "conventions": list(result.conventions),
        "calling": list(result.calling),
        "cases": {"passed": result.cases_passed, "total": result.cases_total},
        "diagnosis": [{"id": item.id, "message": item.message.say(language)} for item in result.diagnosis],
        "counterexample": _counterexample(report, result, language),
        "time_ratio": None if result.time_ratio is None else round(result.time_ratio, 3),
    }


def _counterexample(report: SubmissionReport, result: Result, language: Language) -> dict[str, Any] | None:
    found = result.counterexample
    if found is None:
        return None
    return {
        "case": found.case,
        "seed": found.seed,
        "inputs": {name: plain(value) for name, value in found.inputs.items()},
        "expected": found.expected.say(language),
        "got": found.got.say(language),
        "step": found.step.say(language) if found.step else None,
        "command": repeat_command(report, result, found),
    }


def plain(value: Any) -> Any:
    """A value as JSON knows it: arrays as lists, and NaN and infinities, which JSON has not, as text."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else str(float(value))
    return int(value) if isinstance(value, np.integer) else value


def to_text(
    report: SubmissionReport,
    language: Language,
    width: int,
    cells: Callable[[str], int],
    ascii_only: bool,
    **more: Unpack[More],
) -> str:
    """A report for people: verdict, what is wrong and what helps, the counterexample.

    No line is wider than `width`, as `cells` measures it, but a command that is to be copied. `more` says how
    to draw, to colour and to quote, where the terminal can: see `Style`.
    """
    return "\n".join(report_lines(report, Style(language, width, cells, ascii_only, **more)))
