"""Whether answers depend on what was asked before, or on chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.comparison import same
from cv_quiz.grading.fit import NoAnswer, Raised, Run, read_run
from cv_quiz.grading.session import Ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.fit import Fit, Outcome, Reading
    from cv_quiz.grading.session import Session

# How many cases are asked again.
AGAIN = 12


def repeated(session: Session, run: Run, fit: Fit) -> str | None:
    """The fault that shows when some cases are asked again in a fresh process, wrong and late ones first.

    Gives `state-kept` where earlier calls decide the answer, `answers-differ` where chance does.
    """
    if "init" in run.layout.lacks:
        return None
    reading = fit.reading
    small = [at for at, case in enumerate(run.cases) if not case.tags & {"large", "no-init"}]
    chosen = sorted(small, key=lambda at: (fit.passed[at], -at))[:AGAIN]
    try:
        return _differs(session, run, reading, chosen)
    except Ended:
        return None


def _differs(session: Session, run: Run, reading: Reading, chosen: Sequence[int]) -> str | None:
    session.submission.restart()
    again = _ask(session, run, [run.cases[at] for at in chosen], reading)
    differing = [
        at for at, outcome in zip(chosen, again, strict=True) if not _alike(session, reading.outcomes[at], outcome)
    ]
    if not differing:
        return None
    alone = [_first_answer(session, run, run.cases[differing[0]], reading) for _ in range(2)]
    return "state-kept" if _alike(session, alone[0], alone[1]) else "answers-differ"


def _first_answer(session: Session, run: Run, case: Case, reading: Reading) -> Outcome:
    """The answer of a process that was asked nothing before."""
    session.submission.restart()
    return _ask(session, run, [case], reading)[0]


def _ask(session: Session, run: Run, cases: Sequence[Case], reading: Reading) -> tuple[Outcome, ...]:
    """Answers; raises Ended where the submission's time is used up, for then nothing can be told."""
    replies = tuple(session.ask(run.layout, case) for case in cases)
    return next(iter(read_run([reading.reader], Run(run.layout, tuple(cases), replies)))).outcomes


def _alike(session: Session, first: Outcome, second: Outcome) -> bool:
    if isinstance(first, Raised | NoAnswer) or isinstance(second, Raised | NoAnswer):
        return type(first) is type(second) and first == second
    return same(first, second, session.oracle.tolerance)
