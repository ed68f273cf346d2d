"""The smallest input on which an answer is wrong, and wrong for the reason that was diagnosed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from cv_quiz.grading.findings import Counterexample
from cv_quiz.grading.fit import NoAnswer, Raised, Run, evaluate, read_run
from cv_quiz.grading.peculiar import peculiarities
from cv_quiz.grading.simpler import (
    few_rows,
    half_the_rows,
    narrower,
    one_row_less,
    plain_numbers,
    plain_scores,
    small_coordinates,
)
from cv_quiz.grading.words import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.diagnosis import Explanation
    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.fit import Fit, Outcome
    from cv_quiz.grading.session import Session

    Inputs = Mapping[str, Any]

# The search ends after so many calls or seconds, whichever comes first; so many calls go into the choice of rows.
CALLS, CALLS_FOR_ROWS = 240, 120
SECONDS = 2.0


class Clock(Protocol):
    """A clock in seconds."""

    def __call__(self) -> float:
        """The time now."""


def find_counterexample(
    session: Session, run: Run, fit: Fit, explanation: Explanation | None = None, clock: Clock = monotonic
) -> Counterexample | None:
    """The smallest wrong case that could be found, with what is right on it and what came.

    None where chance has it that the answer is right when it is asked for again.
    """
    if all(fit.passed):
        return None
    case = smallest(session, run, fit, explanation, clock)
    got, reply = _asked(session, run, fit, case)
    if session.oracle.agrees(session.drill.reference, fit.point, case, got):
        return None
    return as_answered(session, fit, case, got, reply)


def smallest(
    session: Session, run: Run, fit: Fit, explanation: Explanation | None = None, clock: Clock = monotonic
) -> Case:
    """The smallest wrong case that could be found, made from the plainest one that failed for the same reason.

    With an explanation, the answer has to be the one that it explains.
    """
    failing = [at for at, passed in enumerate(fit.passed) if not passed]
    kind = _usual_kind(run, fit, failing)
    first = min(
        (at for at in failing if _kind(fit.reading.outcomes[at]) == kind), key=lambda at: _strain(run.cases[at])
    )
    case = run.cases[first]
    search = _Search(session, fit, run, explanation, kind, clock, clock() + SECONDS)
    return case if case.raises or "large" in case.tags else search.smallest(case)


def as_answered(session: Session, fit: Fit, case: Case, got: Outcome, reply: Reply) -> Counterexample:
    """One case with what is right and what was answered."""
    drill, point = session.drill, fit.point
    answered = not isinstance(got, Raised | NoAnswer)
    keywords = drill.follow(case.inputs, point.keywords, got) if answered else point.keywords
    right = evaluate(drill, drill.reference, case.inputs, keywords)
    known = not isinstance(right, Raised | NoAnswer)
    step = drill.explain(case.inputs, keywords, got) if answered and known and drill.explain else None
    return Counterexample(
        case=case.name,
        seed=session.seed_of(case),
        inputs=case.inputs,
        expected=in_words(right, None),
        got=in_words(got, reply),
        step=step,
        right=None if isinstance(right, Raised | NoAnswer) else right,
        given=None if isinstance(got, Raised | NoAnswer) else got,
        keywords=keywords,
    )


def _asked(session: Session, run: Run, fit: Fit, case: Case) -> tuple[Outcome, Reply]:
    """What the function answers to one case, in canonical form and as it came."""
    reply = session.ask(run.layout, case, may_end=False)
    one = Run(run.layout, (case,), (reply,))
    return next(iter(read_run([fit.reading.reader], one))).outcomes[0], reply


def _kind(outcome: Outcome) -> str:
    """Answers are of one kind; exceptions and what cannot be read are of a kind for each type."""
    match outcome:
        case Raised(type_name=name):
            return f"raises {name}"
        case NoAnswer(fault=fault):
            return fault
    return "answer"


def _usual_kind(run: Run, fit: Fit, failing: Iterable[int]) -> str:
    """The kind of outcome that most of the failing calls have, those that came to an end first."""
    failing = list(failing)
    ended = [at for at in failing if run.replies[at].status == "ok"]
    return Counter(_kind(fit.reading.outcomes[at]) for at in ended or failing).most_common(1)[0][0]


def _strain(case: Case) -> tuple[bool, int, int]:
    """How much a case asks of a reader: the very large ones are no examples, the peculiar ones poor ones."""
    size = sum(value.size for value in case.inputs.values() if isinstance(value, np.ndarray))
    return "large" in case.tags, len(peculiarities(case.inputs)), size


@dataclass(slots=True)
class _Search:
    """A search that knows what it may still spend, and when an answer is wrong for the same reason."""

    session: Session
    fit: Fit
    run: Run
    explanation: Explanation | None
    kind: str
    clock: Clock
    deadline: float
    left: int = CALLS

    def smallest(self, case: Case) -> Case:
        """Fewer rows, plainer numbers, less room; then once more fewer rows."""
        groups = [group for group in self.session.drill.rows if all(case.inputs[name] is not None for name in group)]
        case = self.until_none(case, lambda inputs: half_the_rows(groups, inputs))
        case = self.first(case, few_rows(groups, case.inputs), CALLS_FOR_ROWS)
        for simpler in (
            lambda inputs: one_row_less(groups, inputs),
            plain_numbers,
            plain_scores,
            small_coordinates,
            plain_numbers,
            plain_scores,
            narrower,
            lambda inputs: one_row_less(groups, inputs),
        ):
            case = self.until_none(case, simpler)
        return case

    def until_none(self, case: Case, simpler: Callable[[Inputs], Iterator[Inputs]]) -> Case:
        """Take the first simpler input that is still wrong, and go on from there."""
        while (found := self.first(case, simpler(case.inputs))) is not case:
            case = found
            if simpler is small_coordinates:
                break  # the simplest came first
        return case

    def first(self, case: Case, simpler: Iterable[Inputs], calls: int = CALLS) -> Case:
        """The case with the first of some simpler inputs on which the answer is still wrong; else the case itself."""
        end = max(self.left - calls, 0)
        allowed = peculiarities(case.inputs)
        for inputs in simpler:
            if self.left <= end or self.clock() > self.deadline:
                break
            tried = replace(case, inputs=inputs)
            if _differs(inputs, case.inputs) and peculiarities(inputs) <= allowed and self.is_wrong(tried):
                return tried
        return case

    def is_wrong(self, case: Case) -> bool:
        """Whether the answer is wrong, and in the same manner."""
        drill, oracle = self.session.drill, self.session.oracle
        self.left -= 1
        got, reply = _asked(self.session, self.run, self.fit, case)
        if _kind(got) != self.kind or oracle.agrees(drill.reference, self.fit.point, case, got):
            return False
        why = self.explanation
        if why is None or self.kind != "answer":
            return True
        one = Run(self.run.layout, (case,), (reply,))
        explained = next(iter(read_run([why.reading.reader], one))).outcomes[0]
        return oracle.agrees(why.function, why.point, case, explained)


def _differs(inputs: Inputs, before: Inputs) -> bool:
    return any(not np.array_equal(inputs[name], before[name]) for name in inputs)
