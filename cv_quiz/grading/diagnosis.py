"""Which known mistake explains wrong answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from cv_quiz.grading.calling.reading import UNDECIDED
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import Fit, NoAnswer, Oracle, Reading, Run, by_weight, grid
from cv_quiz.grading.generic import MOST, is_answer, output_fault
from cv_quiz.grading.variants import spellings
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cv_quiz.drills.contract import Case, Mutant
    from cv_quiz.grading.calling.reading import Reader
    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.fit import Outcome, Point

# A mistake that does not explain everything is named where it explains at least this share.
ALIKE = 0.8
# With so many conventions, the nearest to the contract, are such mistakes combined.
NEAR_POINTS = 4


@dataclass(frozen=True, slots=True)
class Explanation:
    """A mistake, or a fault of the output, under which the answers come out as they are."""

    mutant: Mutant | None
    function: Callable[..., Any]
    reading: Reading
    point: Point

    @property
    def ids(self) -> tuple[str, ...]:
        """What distinguishes one explanation from another."""
        return tuple(filter(None, (self.mutant.id if self.mutant else "", self.reading.reader.fault)))

    def diagnoses(self) -> list[Diagnosis]:
        """The mistake in words, and that of the output where there is one."""
        found = [Diagnosis(self.mutant.id, self.mutant.message, self.mutant.hint)] if self.mutant else []
        return [*found, *([output_fault(self.reading.reader.fault)] if self.reading.reader.fault else [])]


def explanations(oracle: Oracle, run: Run, readings: Sequence[Reading], failing: Sequence[Case]) -> list[Explanation]:
    """The mistakes that explain all answers there are, of the simplest kind that explains them.

    First faults of the output alone, then mistakes, then slips, then a mistake and a fault of the output together.
    """
    drill = oracle.drill
    answers = {reading.reader: _answers(run, reading, failing) for reading in readings}
    plain = [reading for reading in readings if not reading.reader.fault]
    faulty = [reading for reading in readings if reading.reader.fault]
    points = grid(drill, run.layout, mistakes=True)
    found = list(_agreeing(oracle, (None, [drill.reference]), faulty, answers, points))
    for mutants, wanted in ((drill.mutants, plain), (drill.slips, plain), (drill.mutants, faulty)):
        for mutant in mutants if not found else ():
            found += _agreeing(oracle, (mutant, spellings(drill, mutant)), wanted, answers, points)
    return found


def _answers(run: Run, reading: Reading, failing: Sequence[Case]) -> list[tuple[Case, Outcome]]:
    """The answers that a mistake has to explain, the telling ones first; none where there are too few.

    Inside a tie everybody is free to choose, the mistaken too, so that ties count only where nothing else fails.
    """
    order = by_weight(run.cases)
    pairs = [(run.cases[at], reading.outcomes[at]) for at in order]
    answered = [(case, got) for case, got in pairs if is_answer(case, got)]
    if any(_is_unread(run.replies[at], reading.outcomes[at]) and "empty" not in run.cases[at].tags for at in order):
        return []
    if any("ties" not in case.tags for case in failing):
        answered = [(case, got) for case, got in answered if "ties" not in case.tags]
    return answered if len(answered) >= MOST * len(pairs) else []


def _is_unread(reply: Reply, outcome: Outcome) -> bool:
    return reply.status == "ok" and isinstance(outcome, NoAnswer) and outcome.fault != UNDECIDED


def _agreeing(
    oracle: Oracle,
    mistake: tuple[Mutant | None, Sequence[Callable[..., Any]]],
    readings: Sequence[Reading],
    answers: Mapping[Reader, Sequence[tuple[Case, Outcome]]],
    points: Sequence[Point],
) -> Iterator[Explanation]:
    """The first reading and point at which one spelling of a mistake agrees on every answer."""
    mutant, functions = mistake
    for reading in readings:
        wanted = answers[reading.reader]
        for function, point in product(functions, points) if wanted else ():
            if all(oracle.agrees(function, point, case, got) for case, got in wanted):
                yield Explanation(mutant, function, reading, point)
                return


def nearest(oracle: Oracle, best: Fit, run: Run) -> Diagnosis | None:
    """The mistake that agrees with most answers, where it explains much more than the reference does."""
    points = grid(oracle.drill, run.layout, mistakes=True)[:NEAR_POINTS]
    pairs = list(zip(run.cases, best.reading.outcomes, strict=True))
    failing = [pair for pair, passed in zip(pairs, best.passed, strict=True) if not passed]
    passing = [pair for pair, passed in zip(pairs, best.passed, strict=True) if passed]
    chosen, least = None, min(len(failing), int((1 - ALIKE) * len(pairs)) + 1)
    for mutant in oracle.drill.mutants:
        for function, point in product(spellings(oracle.drill, mutant), points):
            tried = _Tried(oracle, function, point)
            misses = tried.misses(failing, int((1 - ALIKE) * len(failing)))
            misses += tried.misses(passing, least - misses)
            if misses < least:
                chosen, least = mutant, misses
    if chosen is None:
        return None
    message = Text("最像这个错误：{what}", "most like this mistake: {what}").format(what=chosen.message)
    return Diagnosis(chosen.id, message, chosen.hint)


@dataclass(frozen=True, slots=True)
class _Tried:
    """One spelling of a mistake at one point of the grid."""

    oracle: Oracle
    function: Callable[..., Any]
    point: Point

    def misses(self, pairs: Sequence[tuple[Case, Outcome]], allowed: int) -> int:
        """On how many cases it disagrees; counted no further than one more than allowed, then as many as there are."""
        missed = 0
        for case, got in pairs:
            missed += not self.oracle.agrees(self.function, self.point, case, got)
            if missed > allowed:
                return len(pairs) + allowed
        return missed
