"""What the judge found in one file: plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cv_quiz.grading.exchange import Failure, Skipped
    from cv_quiz.language import Text

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


def repeat_command(report: SubmissionReport, result: Result, counterexample: Counterexample) -> str:
    """The command that runs the counterexample's case again, alone."""
    strict = " --strict" if report.strict else ""
    case = f"--case {counterexample.case} --seed {counterexample.seed}"
    return f"cvquiz grade {_quoted(str(report.path))} --drill {result.drill} {case}{strict}"


def _quoted(path: str) -> str:
    plain = path and all(letter.isalnum() or letter in "/._-+=:@%" for letter in path)
    return path if plain else "'" + path.replace("'", "'\"'\"'") + "'"
