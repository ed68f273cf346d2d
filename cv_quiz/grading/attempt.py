"""A function's answers in one layout, with the reading and the conventions that suit them best."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from cv_quiz.grading.fit import Fit, Reading, Run, read_run
from cv_quiz.grading.points import space_of
from cv_quiz.grading.search import best_fit
from cv_quiz.grading.session import Settled, accepting, fitted, matching_runs
from cv_quiz.grading.unforeseen import seed_for, unforeseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.session import Session

# As many ways to call are run in full, when the first one that fits the probes fails elsewhere.
LAYOUTS = 3
# Seeds for another chance of a function that chooses its own start.
SEEDS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A run in one layout with its best fit. It is right where all cases agree."""

    run: Run
    fit: Fit

    @property
    def right(self) -> bool:
        """Whether all answers are right."""
        return bool(self.fit.passed) and all(self.fit.passed)

    @property
    def calling(self) -> tuple[str, ...]:
        """What was adapted, in the call and in the reading of the result."""
        return tuple(dict.fromkeys((*self.run.layout.adapted, *self.fit.reading.reader.adapted)))


def best_attempt(session: Session, cases: Sequence[Case]) -> Attempt | None:
    """The first way to call under which all cases come out right, else the best there is; None where none can be filled."""
    settled = Settled()
    attempts: list[Attempt] = []
    for probed in islice(matching_runs(session, settled), LAYOUTS):
        attempts.append(_in_full(session, probed, cases))
        if attempts[-1].right:
            return attempts[-1]
    if settled.fallback is not None and settled.fallback not in {attempt.run.layout for attempt in attempts}:
        attempts.append(_in_full(session, Run(settled.fallback, (), ()), cases))
    return max(attempts, key=lambda attempt: (attempt.fit.count, -len(attempt.run.layout.adapted)), default=None)


def _in_full(session: Session, run: Run, cases: Sequence[Case]) -> Attempt:
    """Ask all cases that a run has not asked; the large ones only where all others came out right."""
    asked = {case.name for case in run.cases}
    left = [case for case in cases if case.name not in asked]
    run = run.and_then(session.run(run.layout, [case for case in left if "large" not in case.tags]))
    attempt = attempt_of(session, run)
    large = [case for case in left if "large" in case.tags]
    return more(session, attempt, large) if attempt.right and large else attempt


def attempt_of(session: Session, run: Run) -> Attempt:
    """The best view of some answers. A function that draws its own start gets other draws where it was unlucky."""
    fit = fitted(session, run)
    if fit is None and any(_is_drawn(run, case) for case in run.cases):
        run = _with_luck(session, run, best_view(session, run))
        fit = fitted(session, run)
    return Attempt(run, fit if fit is not None else best_view(session, run))


def more(session: Session, attempt: Attempt, cases: Sequence[Case]) -> Attempt:
    """The attempt with more cases asked. Only where one of them fails are other readings and conventions tried."""
    added = session.run(attempt.run.layout, cases)
    run, fit = attempt.run.and_then(added), attempt.fit
    reader = fit.reading.reader
    outcomes = tuple(added.outcome(reader, at) for at in range(len(added.cases)))
    if not all(session.oracle.passed(fit.point, added.cases, outcomes)):
        return attempt_of(session, run)
    reading = Reading(reader, (*fit.reading.outcomes, *outcomes))
    return Attempt(run, Fit(reading, fit.point, (True,) * len(run.cases)))


def confirmed(session: Session, attempt: Attempt) -> Attempt:
    """A right attempt with cases that nobody could know before the file was written: answers learnt by heart fail here.

    They depend on all that was handed in, so that the same file gets the same cases.
    """
    seed = seed_for(session.submission.digest, session.seed)
    cases = unforeseen(session.drill, seed)
    session.take(cases, seed)
    return more(session, attempt, cases)


def _is_drawn(run: Run, case: Case) -> bool:
    """Whether nobody tells the function where to start."""
    return "init" in run.layout.lacks or "no-init" in case.tags


def _with_luck(session: Session, run: Run, best: Fit) -> Run:
    """What failed from a start of its own is asked again with other seeds."""
    replies = list(run.replies)
    for at, passed in enumerate(best.passed):
        for seed in SEEDS if not passed and _is_drawn(run, run.cases[at]) else ():
            reply = session.ask(run.layout, run.cases[at], seed=session.seed_of(run.cases[at]) + seed)
            if fitted(session, Run(run.layout, (run.cases[at],), (reply,))) is not None:
                replies[at] = reply
                break
    return Run(run.layout, run.cases, tuple(replies))


def best_view(session: Session, run: Run) -> Fit:
    """The most favourable view of answers that are not all right."""
    readings = list(read_run(accepting(session.drill), run))
    return best_fit(session.oracle, run, readings, space_of(session.drill, run.layout))
