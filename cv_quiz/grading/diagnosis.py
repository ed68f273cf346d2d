"""Which known mistake explains wrong answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cv_quiz.grading.calling.reading import UNDECIDED
from cv_quiz.grading.failures import common_tag
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import Fit, NoAnswer, Oracle, Reading, Run
from cv_quiz.grading.generic import FEW, MOST, also_on, is_answer, output_fault
from cv_quiz.grading.points import grid
from cv_quiz.grading.variants import both, spellings
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cv_quiz.drills.contract import Case, Drill, Edit, Mutant
    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.fit import Outcome
    from cv_quiz.grading.points import Point

# A mistake that does not explain everything is named where it explains at least this share of what fails, and
# leaves no more than this share of all answers unexplained.
ALIKE, UNLIKE = 0.9, 0.2
# With so many conventions, the nearest to the contract, are mistakes combined: likely ones with all, rarer ones with fewer.
ALL_POINTS, NEAR_POINTS, PAIR_POINTS, BEST_POINTS = 99, 4, 4, 2
# As many of the first wrong answers are looked at, and as many of these may disagree.
FIRST, DOUBTFUL = 4, 1
# A mistake may show together with exceptions, but this share of the calls has to give an answer.
ANSWERED = 0.3
# Of the results that came back, this share may be unreadable: boxes that were changed may fit several of the input's.
UNREAD = 0.1
# What people do in their own way even where the rest is right: it counts only where nothing else fails.
EDGES = frozenset({"ties", "0/0", "no-area", "empty", "empty-cluster", "equal-distance"})
# In search of a mistake that explains everything answers to cases of so many rows in all are looked at.
EFFORT = 36_000
# In search of one that explains most, so many more.
EFFORT_FOR_MOST = 25_000
# Of about so many rows are the cases that tell mistakes apart at little cost.
TELLING = 7
# A mistake is tried on cases of more rows only where it explains all smaller ones.
COSTLY = 36


@dataclass(frozen=True, slots=True)
class Explanation:
    """Mistakes, or a fault of the output, under which the answers come out as they are."""

    mutants: tuple[Mutant, ...]
    function: Callable[..., Any]
    reading: Reading
    point: Point

    @property
    def ids(self) -> tuple[str, ...]:
        """What distinguishes one explanation from another."""
        return (*(mutant.id for mutant in self.mutants), *filter(None, (self.reading.reader.fault,)))

    def diagnoses(self) -> list[Diagnosis]:
        """The mistakes in words, and that of the output where there is one."""
        found = [Diagnosis(mutant.id, mutant.message, mutant.hint) for mutant in self.mutants]
        return [*found, *([output_fault(self.reading.reader.fault)] if self.reading.reader.fault else [])]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The answers of one reading that a mistake has to explain, the telling ones first."""

    reading: Reading
    answers: Sequence[tuple[Case, Outcome]]


@dataclass(slots=True)
class Effort:
    """How many more rows are looked at: counted, not timed, so that the same file gets the same verdict."""

    left: int

    def spent(self, case: Case) -> bool:
        """Count one look at a case; whether that is one too many."""
        self.left -= max((len(value) for value in case.inputs.values() if np.ndim(value) == 2), default=1) or 1
        return self.left < 0

    def explains(self, oracle: Oracle, function: Callable[..., Any], point: Point, wanted: _Wanted) -> bool:
        """Whether a function gives all the answers that are wanted."""
        for case, got in wanted.answers:
            if self.spent(case) or not oracle.agrees(function, point, case, got):
                return False
        return True


# Mistakes, what they have to explain, a habit that goes with them, and how many conventions.
_Attempt: TypeAlias = "tuple[tuple[Mutant, ...], list[_Wanted], tuple[Edit, ...], int]"


def explanations(oracle: Oracle, run: Run, readings: Sequence[Reading], best: Fit) -> list[Explanation]:
    """The mistakes that explain all answers there are, of the simplest kind that explains them.

    First faults of the output alone, then mistakes, then slips, then a mistake and a fault of the output
    together, then two mistakes at once.
    """
    drill = oracle.drill
    wanted = [_Wanted(reading, _answers(run, reading, best)) for reading in readings]
    plain = [item for item in wanted if item.answers and not item.reading.reader.fault]
    faulty = [item for item in wanted if item.answers and item.reading.reader.fault]
    points = grid(drill, run.layout)
    effort = Effort(EFFORT)
    found = list(_agreeing(oracle, (), [drill.reference], faulty, points, effort))
    for mutants, items, habit, many in _attempts(drill, plain, faulty):
        near = _near(points, best.point, many)
        for mutant in mutants if not found else ():
            if effort.left > 0:
                found += _agreeing(oracle, (mutant,), spellings(drill, mutant, habit), items, near, effort)
    found = found or list(_two_at_once(oracle, plain[:1], _near(points, best.point, PAIR_POINTS), effort))
    return _explaining_most(oracle, run, found)


def _attempts(drill: Drill, plain: list[_Wanted], faulty: list[_Wanted]) -> Iterator[_Attempt]:
    """What is tried one after the other, until something explains the answers."""
    yield drill.mutants, plain, (), ALL_POINTS
    yield drill.slips, plain, (), NEAR_POINTS
    for habit in drill.habits:
        yield (*drill.mutants, *drill.slips), plain, habit, BEST_POINTS
    yield drill.mutants, faulty, (), NEAR_POINTS


def _near(points: Sequence[Point], best: Point, many: int) -> list[Point]:
    """Some points: the one that fits best, and those nearest to the contract."""
    return [best, *(point for point in points if point.keywords != best.keywords)][:many]


def _answers(run: Run, reading: Reading, best: Fit) -> list[tuple[Case, Outcome]]:
    """The answers that a mistake has to explain; none where there are too few.

    Where people do as they like (inside a tie, at 0/0) the mistaken do so too: such cases count only where
    nothing else fails.
    """
    cases = run.cases
    pairs = [(at, reading.outcomes[at]) for at in _telling(run, best)]
    answered = [(at, got) for at, got in pairs if is_answer(cases[at], got)]
    unread = [at for at, got in pairs if _is_unread(run.replies[at], got) and "empty" not in cases[at].tags]
    if len(unread) > UNREAD * len(pairs):
        return []
    if all(best.passed[at] for at, _ in answered):
        return []  # what is right needs no mistake to explain it
    if any(not best.passed[at] and not cases[at].tags & EDGES for at, _ in answered):
        answered = [(at, got) for at, got in answered if not cases[at].tags & EDGES]
    return [(cases[at], got) for at, got in answered] if len(answered) >= ANSWERED * len(pairs) else []


def _telling(run: Run, best: Fit) -> list[int]:
    """The order of the cases in which a mistake is ruled out soonest: failing ones of middling size first, costly ones last."""

    def weight(at: int) -> tuple[bool, bool, bool, int]:
        rows = max((len(value) for value in run.cases[at].inputs.values() if isinstance(value, np.ndarray)), default=0)
        return "large" in run.cases[at].tags, rows > COSTLY, best.passed[at], abs(rows - TELLING)

    return sorted(range(len(run.cases)), key=weight)


def _is_unread(reply: Reply, outcome: Outcome) -> bool:
    return reply.status == "ok" and isinstance(outcome, NoAnswer) and outcome.fault != UNDECIDED


def _agreeing(
    oracle: Oracle,
    mutants: tuple[Mutant, ...],
    functions: Iterable[Callable[..., Any]],
    wanted: Sequence[_Wanted],
    points: Sequence[Point],
    effort: Effort,
) -> Iterator[Explanation]:
    """For each reading the first spelling and point that agree on every answer; none after the first reading."""
    for item in wanted:
        for function, point in product(functions, points):
            if effort.explains(oracle, function, point, item):
                yield Explanation(mutants, function, item.reading, point)
                return


def _two_at_once(
    oracle: Oracle, wanted: Sequence[_Wanted], points: Sequence[Point], effort: Effort
) -> Iterator[Explanation]:
    """Two mistakes in different places of the reference. Where a drill has traits, these tell mistakes apart for less."""
    drill = oracle.drill
    for first, second in combinations(drill.mutants, 2) if not drill.traits else ():
        if effort.left <= 0:
            return
        pairs = product((first.edits, *first.variants[:1]), (second.edits, *second.variants[:1]))
        made = (both(drill, *pair) for pair in pairs)
        yield from _agreeing(oracle, (first, second), filter(None, made), wanted, points, effort)


def _explaining_most(oracle: Oracle, run: Run, found: Sequence[Explanation]) -> list[Explanation]:
    """Those among several that agree with the most answers on all cases."""
    if len(found) < 2:
        return list(found)
    counts = [sum(agreement(oracle, run, item)) for item in found]
    return [item for item, count in zip(found, counts, strict=True) if count == max(counts)]


def agreement(oracle: Oracle, run: Run, found: Explanation) -> tuple[bool, ...]:
    """On which cases an explanation agrees with what came back."""
    pairs = zip(run.cases, found.reading.outcomes, strict=True)
    return tuple(oracle.agrees(found.function, found.point, case, got) for case, got in pairs)


def nearest(oracle: Oracle, best: Fit, run: Run) -> list[Diagnosis]:
    """The mistake that explains all but a few wrong answers, best those of one kind, which is named too."""
    points = _near(grid(oracle.drill, run.layout), best.point, BEST_POINTS)
    tried = _Tried(oracle, run, best, int(UNLIKE * len(run.cases)), _telling(run, best), Effort(EFFORT_FOR_MOST))
    chosen: tuple[tuple[bool, int], Mutant, list[int]] | None = None
    for mutant in (*oracle.drill.mutants, *oracle.drill.slips):
        for function, point in product(spellings(oracle.drill, mutant), points):
            missed = tried.missed(function, point)
            if missed is None or not tried.is_better(missed):
                continue
            rank = common_tag(run.cases, missed) is None, len(missed)
            if chosen is None or rank < chosen[0]:
                chosen = rank, mutant, missed
    return [] if chosen is None else _worded_nearest(chosen[1], run, chosen[2])


def _worded_nearest(mutant: Mutant, run: Run, missed: Sequence[int]) -> list[Diagnosis]:
    tag = common_tag(run.cases, missed)
    if tag is not None:
        return [Diagnosis(mutant.id, mutant.message, mutant.hint), *also_on(tag)]
    return [most_like(Diagnosis(mutant.id, mutant.message, mutant.hint))]


def most_like(found: Diagnosis) -> Diagnosis:
    """A mistake that does not explain all answers."""
    message = Text("最像这个错误：{what}", "most like this mistake: {what}").format(what=found.message)
    return replace(found, message=message)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What mistakes are measured against: the answers, failing ones first, and how many may remain unexplained."""

    oracle: Oracle
    run: Run
    best: Fit
    allowed: int
    order: Sequence[int]
    effort: Effort

    def missed(self, function: Callable[..., Any], point: Point) -> list[int] | None:
        """The cases on which a mistake disagrees; None where they are too many, or too many answers were looked at."""
        missed: list[int] = []
        for number, at in enumerate(self.order):
            if self.effort.spent(self.run.cases[at]):
                return None
            if not self.oracle.agrees(function, point, self.run.cases[at], self.best.reading.outcomes[at]):
                missed.append(at)
                if len(missed) > (DOUBTFUL if number < FIRST else self.allowed):
                    return None
        return missed

    def is_better(self, missed: Sequence[int]) -> bool:
        """Whether it explains most of what fails, and leaves much less unexplained than the reference does."""
        failing = [at for at, passed in enumerate(self.best.passed) if not passed]
        explained = len(failing) - sum(not self.best.passed[at] for at in missed)
        few = explained >= ALIKE * len(failing) or common_tag(self.run.cases, missed) is not None
        return few and explained >= MOST * len(failing) and explained > len(missed) and explained >= FEW
