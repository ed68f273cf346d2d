"""What the judge found, as frozen values and as JSON."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cv_quiz.grading.exchange import Failure, Level, Skipped
    from cv_quiz.language import Language, Text

Verdict = Literal["accepted", "wrong-answer", "runtime-error", "time-limit", "memory-limit", "missing", "judge-error"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that is wrong, and what helps against it."""

    id: str
    message: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest input found on which the answer is wrong.

    `case` and `seed` name the case it was made from, which the repeat command runs again. `expected` and
    `got` are canonical answers in words; `marked` are the rows that only one of the two has.
    """

    case: str
    seed: int
    inputs: Mapping[str, Any]
    expected: str
    got: str
    step: Text | None = None
    expected_rows: tuple[int, ...] | None = None
    got_rows: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The judgement of one function. Ids of conventions and adaptations are worded by drill and catalogue."""

    drill: str
    function: str
    verdict: Verdict
    conventions: tuple[str, ...] = ()
    calling: tuple[str, ...] = ()
    cases_passed: int = 0
    cases_total: int = 0
    diagnosis: tuple[Diagnosis, ...] = ()
    counterexample: Counterexample | None = None
    time_ratio: float | None = None
    growth_exponent: float | None = None


@dataclass(frozen=True, slots=True)
class SubmissionReport:
    """All that was found in one file."""

    path: Path
    results: tuple[Result, ...]
    skipped: tuple[Skipped, ...] = ()
    missing_modules: tuple[str, ...] = ()
    printed: str = ""
    failure: Failure | None = None
    seed: int = 0
    strict: bool = field(default=False)

    @property
    def accepted(self) -> bool:
        """Whether there was something to judge and all of it is right."""
        return bool(self.results) and all(result.verdict == "accepted" for result in self.results)


def to_json(reports: Sequence[SubmissionReport], *, isolation: Level, seed: int, language: Language) -> dict[str, Any]:
    """The JSON of `cvquiz grade --json`, version 1."""
    submissions = [
        {"path": str(report.path), "results": [_result(report, result, language) for result in report.results]}
        for report in reports
    ]
    return {"version": 1, "isolation": isolation, "seed": seed, "submissions": submissions}


def repeat_command(report: SubmissionReport, result: Result, counterexample: Counterexample) -> str:
    """The command that runs the counterexample's case again, alone."""
    strict = " --strict" if report.strict else ""
    case = f"--case {counterexample.case} --seed {counterexample.seed}"
    return f"cvquiz grade {_quoted(str(report.path))} --drill {result.drill} {case}{strict}"


def _quoted(path: str) -> str:
    plain = path and all(letter.isalnum() or letter in "/._-+=:@%" for letter in path)
    return path if plain else "'" + path.replace("'", "'\"'\"'") + "'"


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
        "expected": found.expected,
        "got": found.got,
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
