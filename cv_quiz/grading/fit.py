"""Answers as readers read them, and whether they agree with the reference or with one of its mutants."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cv_quiz.comparison import Answer, Clusters, Kept, Picked, Tolerance, same
from cv_quiz.grading.calling.reading import Reader, Unreadable, View
from cv_quiz.grading.points import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from cv_quiz.drills.contract import Case, Drill
    from cv_quiz.grading.calling.layout import Layout
    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.points import Point


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
class Run:
    """A layout, the cases that were run with it, and the replies. What a reader made of a reply is remembered."""

    layout: Layout
    cases: tuple[Case, ...]
    replies: tuple[Reply, ...]
    _read: dict[tuple[Reader, int], Outcome] = field(default_factory=dict, repr=False, compare=False)

    def and_then(self, other: Run) -> Run:
        """This run with the cases of another in the same layout behind it."""
        read = self._read | {(reader, len(self.cases) + at): got for (reader, at), got in other._read.items()}
        return Run(self.layout, (*self.cases, *other.cases), (*self.replies, *other.replies), read)

    def only(self, case: Case) -> Run:
        """The part of this run that one case is."""
        at = next(place for place, asked in enumerate(self.cases) if asked is case)
        return Run(self.layout, (case,), (self.replies[at],))

    def outcome(self, reader: Reader, at: int) -> Outcome:
        """One reply as a reader reads it."""
        key = (reader, at)
        if key not in self._read:
            self._read[key] = _outcome(reader, View(self.replies[at], self.cases[at].inputs, self.layout))
        return self._read[key]


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


def read_run(readers: Iterable[Reader], run: Run) -> Iterator[Reading]:
    """Every reader's reading of a run. One that can read nothing is left out, unless it is the first."""
    for number, reader in enumerate(readers):
        reading = Reading(reader, tuple(run.outcome(reader, at) for at in range(len(run.cases))))
        if reading.readable or number == 0:
            yield reading


def _outcome(reader: Reader, view: View) -> Outcome:
    reply = view.reply
    if reply.status == "exception" and reply.failure is not None:
        return Raised(reply.failure.type_name)
    if reply.status != "ok":
        return NoAnswer(reply.status)
    try:
        return reader.read(reply.value, view)
    except Unreadable as error:
        return NoAnswer(error.fault)
    except Exception:  # noqa: BLE001 - what a learner returns may be of any make
        return NoAnswer("no-numbers")


# Times below this are taken again so many times, and the least counts: an interruption is longer than they are.
SHORT_SECONDS, AGAIN = 2e-3, 2
# How many answers of ours are remembered at most.
REMEMBERED = 50_000


@dataclass(slots=True)
class Oracle:
    """The drill's right answers, and those of its mutants, to some cases; each is worked out once.

    What it does not know `before` may know: the oracle of other cases that were asked too.
    """

    drill: Drill
    cases: tuple[Case, ...]
    before: Oracle | None = None
    clock: Callable[[], float] = perf_counter
    _known: dict[Hashable, Outcome] = field(default_factory=dict)
    _seconds: dict[int, float] = field(default_factory=dict)
    _measured: set[int] = field(default_factory=set)
    _own: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._own = frozenset(id(case) for case in self.cases)

    @property
    def all_cases(self) -> tuple[Case, ...]:
        """Its own cases, and before them those that were asked before."""
        return self.cases if self.before is None else (*self.before.all_cases, *self.cases)

    @property
    def tolerance(self) -> Tolerance:
        """The drill's tolerance for numbers."""
        return Tolerance(self.drill.relative_tolerance, self.drill.absolute_tolerance)

    def agrees(self, function: Callable[..., Any], point: Point, case: Case, got: Outcome) -> bool:
        """Whether an outcome on one case is what `function` gives at a point of the grid."""
        if case.tags & point.excuses and not (isinstance(got, Raised) and not case.raises):
            return not isinstance(got, NoAnswer) or got.fault != "died"
        if isinstance(got, NoAnswer):
            return False
        if function is not self.drill.reference:
            return self._is_mutants(function, point, case, got)
        return self.same(self.expected(function, point, case, got), got) and self._holds(point, case, got)

    def _is_mutants(self, function: Callable[..., Any], point: Point, case: Case, got: Outcome) -> bool:
        """Whether a mutant gives this outcome, with its own free choices or with the answer's."""
        alone = self._remembered(function, point.keywords, case)
        return self.same(alone, got) or self.same(self.expected(function, point, case, got), got)

    def same(self, expected: Outcome, got: Outcome) -> bool:
        """Whether two outcomes are equal: the same exception, or answers within the tolerance."""
        if isinstance(expected, Raised | NoAnswer) or isinstance(got, Raised | NoAnswer):
            return isinstance(expected, Raised) and type(got) is Raised and expected == got
        return same(expected, got, self.tolerance)

    def _holds(self, point: Point, case: Case, got: Outcome) -> bool:
        if isinstance(got, Raised | NoAnswer):
            return True
        try:
            return self.drill.holds(case.inputs, point.keywords, got)
        except Exception:  # noqa: BLE001 - an answer may be of any make; one that cannot even be checked is not right
            return False

    def passed(self, point: Point, cases: Sequence[Case], outcomes: Sequence[Outcome]) -> tuple[bool, ...]:
        """On which cases the outcomes are the reference's."""
        pairs = zip(cases, outcomes, strict=True)
        return tuple(self.agrees(self.drill.reference, point, case, got) for case, got in pairs)

    def expected(self, function: Callable[..., Any], point: Point, case: Case, got: Outcome) -> Outcome:
        """What `function` gives on one case, with the answer's own free choices where it has any."""
        keywords: Mapping[str, Any] = point.keywords
        if not isinstance(got, Raised | NoAnswer):
            try:
                keywords = self.drill.follow(case.inputs, keywords, got)
            except Exception:  # noqa: BLE001 - an answer may be of any make; one that cannot be followed chose nothing
                keywords = point.keywords
        return self._remembered(function, keywords, case)

    def _remembered(self, function: Callable[..., Any], keywords: Mapping[str, Any], case: Case) -> Outcome:
        if id(case) not in self._own:
            if self.before is not None:
                return self.before._remembered(function, keywords, case)
            return evaluate(self.drill, function, case.inputs, keywords)
        key = (function, id(case), key_of(keywords))
        answer = self._known.get(key)
        if answer is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            begin = self.clock()
            answer = self._known[key] = evaluate(self.drill, function, case.inputs, keywords)
            if function is self.drill.reference:
                self._seconds.setdefault(id(case), self.clock() - begin)
        return answer

    def seconds(self, case: Case) -> float | None:
        """How long the reference takes for a case, None where it was not asked. A short time is taken once more."""
        if id(case) not in self._own and self.before is not None:
            return self.before.seconds(case)
        known = self._seconds.get(id(case))
        if known is not None and known < SHORT_SECONDS and id(case) not in self._measured:
            self._measured.add(id(case))
            known = self._seconds[id(case)] = min(known, *(self._time(case) for _ in range(AGAIN)))
        return known

    def _time(self, case: Case) -> float:
        begin = self.clock()
        evaluate(self.drill, self.drill.reference, case.inputs, {})
        return self.clock() - begin


_ORACLES: dict[tuple[str, int], Oracle] = {}


def oracle_for(drill: Drill, seed: int) -> Oracle:
    """The oracle for a drill's cases of one seed: the same one each time, so that a folder of files profits."""
    known = _ORACLES.get((drill.name, seed))
    if known is None or known.drill is not drill:
        known = Oracle(drill, drill.cases(np.random.default_rng(seed)))
        _ORACLES[drill.name, seed] = known
    return known


def evaluate(
    drill: Drill, function: Callable[..., Any], inputs: Mapping[str, Any], keywords: Mapping[str, Any]
) -> Outcome:
    """A function of ours on one input, its result in canonical form. A mutant may well divide by zero."""
    try:
        with np.errstate(all="ignore"):
            result = function(**{**inputs, **keywords})
        return canonical(drill, result)
    except Exception as error:  # noqa: BLE001 - whatever a mutant does is its answer
        return Raised(type(error).__name__)


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


def by_weight(cases: Sequence[Case]) -> list[int]:
    """The order in which cases tell readings apart soonest: many rows first, the very large ones last."""

    def weight(at: int) -> tuple[bool, int]:
        rows = [len(value) for value in cases[at].inputs.values() if isinstance(value, np.ndarray)]
        return "large" in cases[at].tags, -max(rows, default=0)

    return sorted(range(len(cases)), key=weight)
