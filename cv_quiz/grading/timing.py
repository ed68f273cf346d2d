"""How long a function takes beside the reference, and how the time grows. It never decides a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.drills.contract import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cv_quiz.grading.fit import Run
    from cv_quiz.grading.session import Session

# Once one call took this long, no larger input is tried.
ENOUGH_SECONDS = 0.1
# Times below this are mostly noise.
LEAST_SECONDS = 2e-4


@dataclass(frozen=True, slots=True)
class Times:
    """Learner's time over the reference's on the largest input tried, and the exponent of the growth."""

    ratio: float | None = None
    exponent: float | None = None


def measure(session: Session, run: Run, clock: Callable[[], float] = perf_counter) -> Times:
    """Ask inputs of rising size, each once, until a call takes long enough.

    A large case that the run has asked already is not asked again.
    """
    taken = [_taken(session, at, run, clock) for at, case in enumerate(run.cases) if "large" in case.tags]
    large = session.drill.large
    for size in large.sizes if large is not None else ():
        inputs = large.make(np.random.default_rng(session.seed), size) if large is not None else {}
        reply = session.ask(run.layout, Case(f"large-{size}", inputs), may_end=False)
        if reply.status != "ok":
            break
        taken.append((size, reply.seconds, _own_time(session, size, inputs, clock)))
        if reply.seconds > ENOUGH_SECONDS:
            break
    return _times(sorted(taken))


def _taken(session: Session, at: int, run: Run, clock: Callable[[], float]) -> tuple[int, float, float]:
    inputs = run.cases[at].inputs
    size = max(len(value) for value in inputs.values() if isinstance(value, np.ndarray))
    return size, run.replies[at].seconds, _own_time(session, size, inputs, clock)


_OWN: dict[tuple[str, int, int], float] = {}


def _own_time(session: Session, size: int, inputs: Mapping[str, Any], clock: Callable[[], float]) -> float:
    """The reference's time on an input, measured once for all files."""
    key = (session.drill.name, size, session.seed)
    if key not in _OWN:
        start = clock()
        session.drill.reference(**inputs)
        _OWN[key] = clock() - start
    return _OWN[key]


def _times(taken: list[tuple[int, float, float]]) -> Times:
    if not taken:
        return Times()
    ratio = taken[-1][1] / max(taken[-1][2], 1e-9)
    measurable = [(size, seconds) for size, seconds, _ in taken if seconds > LEAST_SECONDS]
    return Times(ratio, _exponent(measurable))


def _exponent(points: list[tuple[int, float]]) -> float | None:
    """The slope of log time over log size, fitted by least squares; None with fewer than two sizes."""
    if len(points) < 2:
        return None
    sizes, seconds = np.log(np.array(points, dtype=float)).T
    return float(np.polyfit(sizes, seconds, 1)[0])
