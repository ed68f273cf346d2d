"""How long a function takes beside the reference, how the time grows, and whether large inputs come out right too.

The time never decides a verdict; an answer does where no rounding and no tie could.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Tolerance, same
from cv_quiz.drills.contract import Case
from cv_quiz.grading.fit import AGAIN, SHORT_SECONDS, NoAnswer, Oracle, Raised, Run, evaluate
from cv_quiz.grading.points import Point

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.attempt import Attempt
    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.fit import Outcome
    from cv_quiz.grading.session import Session

# Once one call took this long, no larger input is tried.
ENOUGH_SECONDS = 0.1
# Times below this are mostly noise.
LEAST_SECONDS = 2e-4
# Where logarithms of times correlate less than this with those of sizes, there is no growth to speak of.
STRAIGHT = 0.9
# Large answers may differ by this much: errors add up over many rows.
LOOSE = Tolerance(1e-3, 1e-6)
# A large input counts where the right answer stays the same when its numbers are moved by this share, so many times.
MOVED, TRIES = 1e-7, 3


@dataclass(frozen=True, slots=True)
class Times:
    """Learner's time over the reference's on the largest input tried, and the exponent of the growth."""

    ratio: float | None = None
    exponent: float | None = None


def timed(drill: Drill, seed: int) -> Oracle:
    """The oracle for the drill's inputs of rising size, made once."""
    known = _TIMED.get((drill.name, seed))
    if known is None or known.drill is not drill:
        sizes = drill.large.sizes if drill.large is not None else ()
        cases = [_timed_case(drill, seed, size) for size in sizes]
        known = _TIMED[drill.name, seed] = Oracle(drill, tuple(cases))
    return known


_TIMED: dict[tuple[str, int], Oracle] = {}


def _timed_case(drill: Drill, seed: int, size: int) -> Case:
    inputs = drill.large.make(np.random.default_rng(seed), size) if drill.large is not None else {}
    return Case(f"timed-{size}", inputs, frozenset({"large"}))


def ask_timed(session: Session, attempt: Attempt) -> Run:
    """Ask inputs of rising size until a call takes long enough or fails; what takes next to no time is asked again."""
    layout = attempt.run.layout
    run = Run(layout, (), ())
    for case in timed(session.drill, session.seed).cases:
        replies = [session.ask(layout, case, may_end=False)]
        if replies[0].status == "ok" and replies[0].seconds < SHORT_SECONDS:
            replies += session.answers(layout, [case] * AGAIN, may_end=False)
        reply = min(replies, key=lambda reply: (reply.status != "ok", reply.seconds))
        run = run.and_then(Run(layout, (case,), (reply,)))
        if reply.status != "ok" or reply.seconds > ENOUGH_SECONDS:
            break
    return run


def wrong_when_large(session: Session, attempt: Attempt, run: Run) -> Case | None:
    """The first of the timed inputs that certainly came out wrong.

    One on which the function gave up for lack of time or memory says nothing: the contract states no size.
    """
    if "init" in run.layout.lacks:
        return None
    for at, case in enumerate(run.cases):
        got = run.outcome(attempt.fit.reading.reader, at)
        if not _gave_up(run.replies[at], got) and _is_wrong(session, attempt, case, got):
            return case
    return None


def _gave_up(reply: Reply, got: Outcome) -> bool:
    out_of_memory = isinstance(got, Raised) and got.type_name.endswith("MemoryError")
    return out_of_memory or reply.status in {"time-limit", "memory-limit", "output-limit"}


def _is_wrong(session: Session, attempt: Attempt, case: Case, got: Outcome) -> bool:
    if isinstance(got, Raised | NoAnswer):
        return True
    drill, point = session.drill, attempt.fit.point
    right = timed(drill, session.seed).expected(drill.reference, point, case, got)
    if isinstance(right, Raised | NoAnswer) or same(right, got, LOOSE):
        return False
    return _is_clear(drill, case, drill.follow(case.inputs, point.keywords, got), right)


def _is_clear(drill: Drill, case: Case, keywords: Mapping[str, Any], right: Any) -> bool:
    """Whether the right answer stays as it is when all numbers move a little."""
    rng = np.random.default_rng(0)
    return all(_unmoved(drill, _moved(case.inputs, rng), keywords, right) for _ in range(TRIES))


def _unmoved(drill: Drill, inputs: Mapping[str, Any], keywords: Mapping[str, Any], right: Any) -> bool:
    answer = evaluate(drill, drill.reference, inputs, keywords)
    return not isinstance(answer, Raised | NoAnswer) and same(right, answer, LOOSE)


def _moved(inputs: Mapping[str, Any], rng: np.random.Generator) -> Mapping[str, Any]:
    tables = {name: value for name, value in inputs.items() if isinstance(value, np.ndarray)}
    return {**inputs, **{name: value * (1 + MOVED * rng.uniform(-1, 1, value.shape)) for name, value in tables.items()}}


def times(session: Session, attempt: Attempt, run: Run) -> Times:
    """Ratio and growth over the timed inputs, and over the case with a time limit, which is of their kind."""
    limited = session.drill.time_limit_case
    before = [pair for pair in zip(attempt.run.cases, attempt.run.replies, strict=True) if pair[0].name == limited]
    pairs = [*before, *zip(run.cases, run.replies, strict=True)]
    taken = [(case, reply.seconds) for case, reply in pairs if reply.status == "ok"]
    return _times(sorted((_size(case), seconds, _own_time(session, case)) for case, seconds in taken))


def _size(case: Case) -> int:
    return max(len(value) for value in case.inputs.values() if isinstance(value, np.ndarray))


def _own_time(session: Session, case: Case) -> float:
    """The reference's time on an input, measured once for all files."""
    larger = timed(session.drill, session.seed)
    oracle = larger if any(case is one for one in larger.cases) else session.oracle
    if oracle.seconds(case) is None:
        oracle.expected(session.drill.reference, Point({}), case, NoAnswer("not asked"))
    return oracle.seconds(case) or 0.0


def _times(taken: list[tuple[int, float, float]]) -> Times:
    if not taken:
        return Times()
    ratio = taken[-1][1] / max(taken[-1][2], 1e-9)
    measurable = [(size, seconds) for size, seconds, _ in taken if seconds > LEAST_SECONDS]
    return Times(ratio, _exponent(measurable))


def _exponent(points: list[tuple[int, float]]) -> float | None:
    """The slope of log time over log size, fitted by least squares; None where the times do not grow along a line."""
    if len({size for size, _ in points}) < 2:
        return None
    logarithms = np.log(np.array(points, dtype=float))
    sizes, seconds = (logarithms - logarithms.mean(axis=0)).T
    along = float(sizes @ seconds / np.sqrt((sizes @ sizes) * (seconds @ seconds) or 1.0))
    return float(sizes @ seconds / (sizes @ sizes)) if along > STRAIGHT else None
