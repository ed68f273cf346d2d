"""What the judge found in one file: plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cv_quiz.comparison import Answer
    from cv_quiz.grading.exchange import Failure, Skipped
    from cv_quiz.language import Text

Verdict = Literal["accepted", "wrong-answer", "runtime-error", "time-limit", "memory-limit", "missing", "judge-error"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that is wrong, and what helps against it. `line` is the line of the learner's file at fault."""

    id: str
    message: Text
    hint: Text | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An input on which the answer is wrong, or the one case that was asked for.

    `case` and `seed` name the case it was made from, which the repeat command runs again. `expected` and
    `got` are the answers in words; `right` and `given` are the answers themselves, None where there is none.
    `keywords` are the conventions under which `right` is right.
    """

    case: str
    seed: int
    inputs: Mapping[str, Any]
    expected: Text
    got: Text
    step: Text | None = None
    right: Answer | None = None
    given: Answer | None = None
    keywords: Mapping[str, Any] = field(default_factory=dict)


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
class Helper:
    """A function with a drill's name that was not graded, because another one that was graded calls it."""

    drill: str
    function: str
    caller: str


@dataclass(frozen=True, slots=True)
class SubmissionReport:
    """All that was found in one file.

    `drill` is the drill that was asked for, `case` the case that was judged alone; both may be empty. `encoding`
    is named where it had to be guessed.
    """

    path: Path
    results: tuple[Result, ...]
    skipped: tuple[Skipped, ...] = ()
    missing_modules: tuple[str, ...] = ()
    printed: str = ""
    failure: Failure | None = None
    seed: int = 0
    strict: bool = False
    drill: str = ""
    case: str = ""
    helpers: tuple[Helper, ...] = ()
    encoding: str = ""

    @property
    def accepted(self) -> bool:
        """Whether there was something to judge and all of it is right."""
        return bool(self.results) and all(result.verdict == "accepted" for result in self.results)
