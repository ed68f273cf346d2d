"""Under which reading and which conventions answers agree with the reference, or with one of its mutants."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, product
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cv_quiz.comparison import Answer, Clusters, Kept, Picked, Tolerance, same
from cv_quiz.grading.calling.reading import Reader, Unreadable, View

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from cv_quiz.drills.contract import Axis, Case, Drill, Option
    from cv_quiz.grading.calling.layout import Layout
    from cv_quiz.grading.exchange import Reply


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception in place of an answer."""

    type_name: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No answer that could be read: the call died, or the result is of another kind. `fault` says which."""

    fault: str


Outcome: TypeAlias = Answer | Raised | NoAnswer


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the grid of conventions: keywords for the reference, and the names of what differs."""

    keywords: Mapping[str, Any]
    ids: tuple[str, ...] = ()
    free: int = 0
    excuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """A layout, the cases that were run with it, and the replies."""

    layout: Layout
    cases: tuple[Case, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The replies of a run as one reader reads them."""

    reader: Reader
    outcomes: tuple[Outcome, ...]

    @property
    def readable(self) -> int:
        """How many replies gave an answer."""
        return sum(not isinstance(outcome, Raised | NoAnswer) for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Fit:
    """A reading and a point, with the cases on which they agree with the reference."""

    reading: Reading
    point: Point
    passed: tuple[bool, ...]

    @property
    def count(self) -> int:
        """How many cases agree."""
        return sum(self.passed)


def grid(drill: Drill, layout: Layout, *, mistakes: bool = False) -> list[Point]:
    """All points that make sense for a layout, those nearest to the contract first.

    With `mistakes` the rare conventions are left out, and at most two differ at once.
    """
    key = (drill.name, id(drill), layout.lacks, _roles(layout), mistakes)
    if key not in _GRIDS:
        _GRIDS[key] = _grid(drill, layout, mistakes=mistakes)
    return _GRIDS[key]


_GRIDS: dict[Hashable, list[Point]] = {}


def _grid(drill: Drill, layout: Layout, *, mistakes: bool) -> list[Point]:
    axes = [axis for axis in drill.conventions if not (mistakes and axis.rare)]
    points = [_point(axes, chosen) for chosen in product(*(_available(axis, layout) for axis in axes))]
    limit = (2 if mistakes else 3) + sum(None not in _available(axis, layout) for axis in axes)
    near = [point for point in points if len(point.ids) + point.free <= limit]
    return sorted(near, key=lambda point: (len(point.ids), point.free))


def _available(axis: Axis, layout: Layout) -> list[Option | None]:
    """The options of an axis for a layout; None is what the contract states."""
    replacing = [option for option in axis.options if option.lacking and option.lacking in layout.lacks]
    if replacing:
        return list(replacing)
    usual = [option for option in axis.options if not option.lacking and option.having not in layout.lacks]
    return [None, *(option for option in usual if not option.only or option.only in _roles(layout))]


def _roles(layout: Layout) -> frozenset[str]:
    return frozenset(slot.role for slot in (*layout.slots, *layout.init_slots))


def _point(axes: Sequence[Axis], chosen: Sequence[Option | None]) -> Point:
    keywords = {
        axis.keyword: option.value for axis, option in zip(axes, chosen, strict=True) if option and axis.keyword
    }
    named = [option.id for axis, option in zip(axes, chosen, strict=True) if option and not axis.free]
    free = sum(1 for axis, option in zip(axes, chosen, strict=True) if option and axis.free)
    return Point(
        keywords, tuple(named), free, frozenset(option.excuses for option in chosen if option and option.excuses)
    )


def read_run(readers: Iterable[Reader], run: Run) -> Iterator[Reading]:
    """Every reader's reading of a run. One that can read nothing is left out, unless it is the first."""
    for number, reader in enumerate(readers):
        reading = Reading(reader, tuple(_outcome(reader, run, at) for at in range(len(run.cases))))
        if reading.readable or number == 0:
            yield reading


def _outcome(reader: Reader, run: Run, at: int) -> Outcome:
    reply = run.replies[at]
    if reply.status == "exception" and reply.failure is not None:
        return Raised(reply.failure.type_name)
    if reply.status != "ok":
        return NoAnswer(reply.status)
    try:
        return reader.read(reply.value, View(reply, run.cases[at].inputs, run.layout))
    except Unreadable as error:
        return NoAnswer(error.fault)
    except Exception:  # noqa: BLE001 - what a learner returns may be of any make
        return NoAnswer("no-numbers")


# How many answers of ours are remembered at most.
REMEMBERED = 50_000


@dataclass(slots=True)
class Oracle:
    """The drill's right answers, and those of its mutants, to the cases of one seed; each is worked out once."""

    drill: Drill
    cases: tuple[Case, ...]
    _known: dict[Hashable, Outcome] = field(default_factory=dict)
    _own: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._own = frozenset(id(case) for case in self.cases)

    @property
    def tolerance(self) -> Tolerance:
        """The drill's tolerance for numbers."""
        return Tolerance(self.drill.relative_tolerance, self.drill.absolute_tolerance)

    def agrees(self, function: Callable[..., Any], point: Point, case: Case, got: Outcome) -> bool:
        """Whether an outcome on one case is what `function` gives at a point of the grid."""
        if case.tags & point.excuses and got != NoAnswer("died"):
            return True
        if isinstance(got, NoAnswer):
            return False
        if function is not self.drill.reference:
            return self._is_mutants(function, point, case, got)
        return self._same(self.expected(function, point, case, got), got) and (
            isinstance(got, Raised) or self.drill.holds(case.inputs, point.keywords, got)
        )

    def _is_mutants(self, function: Callable[..., Any], point: Point, case: Case, got: Outcome) -> bool:
        """Whether a mutant gives this outcome, with its own free choices or with the answer's."""
        alone = self._remembered(function, point.keywords, case)
        return self._same(alone, got) or self._same(self.expected(function, point, case, got), got)

    def _same(self, expected: Outcome, got: Outcome) -> bool:
        if isinstance(expected, Raised | NoAnswer) or isinstance(got, Raised | NoAnswer):
            return isinstance(expected, Raised) and type(got) is Raised and expected == got
        return same(expected, got, self.tolerance)

    def passed(self, point: Point, cases: Sequence[Case], outcomes: Sequence[Outcome]) -> tuple[bool, ...]:
        """On which cases the outcomes are the reference's."""
        pairs = zip(cases, outcomes, strict=True)
        return tuple(self.agrees(self.drill.reference, point, case, got) for case, got in pairs)

    def expected(self, function: Callable[..., Any], point: Point, case: Case, got: Outcome) -> Outcome:
        """What `function` gives on one case, with the answer's own free choices where it has any."""
        keywords: Mapping[str, Any] = point.keywords
        if not isinstance(got, Raised | NoAnswer):
            keywords = self.drill.follow(case.inputs, keywords, got)
        return self._remembered(function, keywords, case)

    def _remembered(self, function: Callable[..., Any], keywords: Mapping[str, Any], case: Case) -> Outcome:
        if id(case) not in self._own:
            return evaluate(self.drill, function, case.inputs, keywords)
        key = (function, id(case), *((name, _hashable(value)) for name, value in keywords.items()))
        if key not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = evaluate(self.drill, function, case.inputs, keywords)
        return self._known[key]


_ORACLES: dict[tuple[str, int], Oracle] = {}


def oracle_for(drill: Drill, seed: int) -> Oracle:
    """The oracle for a drill's cases of one seed: the same one each time, so that a folder of files profits."""
    known = _ORACLES.get((drill.name, seed))
    if known is None or known.drill is not drill:
        known = Oracle(drill, tuple(drill.cases(np.random.default_rng(seed))))
        _ORACLES[drill.name, seed] = known
    return known


def _hashable(value: Any) -> Hashable:
    """A keyword's value as something to look up; NaN is itself."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    return repr(value) if isinstance(value, float) else value


def evaluate(
    drill: Drill, function: Callable[..., Any], inputs: Mapping[str, Any], keywords: Mapping[str, Any]
) -> Outcome:
    """A function of ours on one input, its result in canonical form. A mutant may well divide by zero."""
    try:
        with np.errstate(all="ignore"):
            result = function(**{**inputs, **keywords})
    except Exception as error:  # noqa: BLE001 - whatever a mutant does is its answer
        return Raised(type(error).__name__)
    return canonical(drill, result)


def canonical(drill: Drill, result: Any) -> Answer:
    """A result in the contract's own form."""
    match drill.gives:
        case "indices":
            return Kept(tuple(int(index) for index in result))
        case "picks":
            return Picked(tuple(int(index) for index in result[0]), tuple(float(score) for score in result[1]))
        case "clusters":
            return Clusters(np.asarray(result[0], dtype=float), tuple(int(label) for label in result[1]))
        case "scalar":
            return float(result)
        case "matrix":
            return np.asarray(result, dtype=float)


def find_fit(oracle: Oracle, run: Run, readings: Sequence[Reading], points: Sequence[Point]) -> Fit | None:
    """The first reading and point at which the reference agrees with all answers of a run."""
    order = by_weight(run.cases)
    likeliest = [(readings[0], points[0])]
    for reading, point in chain(likeliest, _nearest_first(readings, points)):
        if all(oracle.agrees(oracle.drill.reference, point, run.cases[at], reading.outcomes[at]) for at in order):
            return Fit(reading, point, (True,) * len(order))
    return None


def _nearest_first(readings: Sequence[Reading], points: Sequence[Point]) -> Iterator[tuple[Reading, Point]]:
    """All pairs, those that differ least from the contract first."""
    pairs = [(reading, point) for reading in readings for point in points]
    yield from sorted(pairs, key=lambda pair: len(pair[0].reader.adapted) + len(pair[1].ids))


def best_fit(oracle: Oracle, run: Run, readings: Sequence[Reading], points: Sequence[Point]) -> Fit:
    """The reading and point that agree on most cases; the one nearest to the contract wins a draw."""
    most = max(reading.readable for reading in readings)
    pairs = _nearest_first([item for item in readings if item.readable == most], points)
    fits = (Fit(reading, point, oracle.passed(point, run.cases, reading.outcomes)) for reading, point in pairs)
    return max(fits, key=lambda fit: fit.count)


def by_weight(cases: Sequence[Case]) -> list[int]:
    """The order in which cases tell readings apart soonest: many rows first, the very large ones last."""

    def weight(at: int) -> tuple[bool, int]:
        rows = [len(value) for value in cases[at].inputs.values() if isinstance(value, np.ndarray)]
        return "large" in cases[at].tags, -max(rows, default=0)

    return sorted(range(len(cases)), key=weight)
