"""The search for the reading and the conventions under which answers agree with the reference.

Not every point of the grid is tried: a case that fails shows which changes put it right, and the axes are settled
one after the other, two together only where no single change helps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from cv_quiz.grading.fit import Fit, NoAnswer, Raised, Reading, by_weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.calling.reading import Reader
    from cv_quiz.grading.fit import Oracle, Outcome, Run
    from cv_quiz.grading.points import Choice, Space

# So many of the failing cases, the smallest, are asked which change puts them right: fewest conventions bear on them.
ASKED, ASKED_FOR_TWO = 10, 2
# So many points are looked at from all sides for one reading.
VISITS = 24
# Answers that are not all right are looked at under so many readings, and changes are made to so many axes.
READINGS, CHANGES = 3, 2


def find_fit(oracle: Oracle, run: Run, readers: Iterable[Reader], space: Space) -> Fit | None:
    """The reading and point at which the reference agrees with all answers of a run, nearest to the contract."""
    found: Fit | None = None
    order = by_weight(run.cases)
    for reader in sorted(readers, key=lambda reader: len(reader.adapted)):
        if found is not None and len(reader.adapted) >= _apart(found):
            break
        reading = _promising(reader, run, order, space.excuses)
        if reading is None:
            continue
        choice = _Search(oracle, space, [(run.cases[at], reading.outcomes[at]) for at in order]).find()
        if choice is not None:
            fit = Fit(reading, space.at(choice), (True,) * len(order))
            found = fit if found is None or _apart(fit) < _apart(found) else found
    return found


def _apart(fit: Fit) -> int:
    return len(fit.reading.reader.adapted) + len(fit.point.ids)


def _promising(reader: Reader, run: Run, order: Sequence[int], excuses: frozenset[str]) -> Reading | None:
    """A run as one reader reads it; None as soon as there is an outcome that no convention makes right."""
    outcomes: dict[int, Outcome] = {}
    for at in order:
        got, case = run.outcome(reader, at), run.cases[at]
        failed = isinstance(got, NoAnswer) or (isinstance(got, Raised) and not case.raises)
        if failed and not case.tags & excuses:
            return None
        outcomes[at] = got
    return Reading(reader, tuple(outcomes[at] for at in range(len(order))))


@dataclass(slots=True)
class _Search:
    """A search for one reading; `pairs` are the cases with their outcomes, the telling ones first."""

    oracle: Oracle
    space: Space
    pairs: Sequence[tuple[Case, Outcome]]
    known: dict[Choice, tuple[int, ...]] = field(default_factory=dict)
    visited: set[Choice] = field(default_factory=set)

    def find(self) -> Choice | None:
        """The choice at which everything agrees, with no difference that is not needed."""
        if self._agree_at_start():
            return self.space.start
        choice = self._from(self.space.start)
        return None if choice is None else self._plainest(choice)

    def _agree_at_start(self) -> bool:
        return all(self.agrees(self.space.start, at) for at in range(len(self.pairs)))

    def _from(self, choice: Choice) -> Choice | None:
        failing = self.failing(choice)
        if not failing:
            return choice
        self.visited.add(choice)
        asked = ([at for at in failing if not self._is_large(at)] or failing)[::-1][:ASKED]
        better = self._better(self.space.beside(choice), asked, len(failing))
        for step in better or self._better(self._two_at_once(choice, asked), asked, len(failing)):
            found = self._from(step) if len(self.visited) < VISITS else None
            if found is not None:
                return found
        return None

    def _better(self, steps: Iterable[Choice], asked: Sequence[int], most: int) -> list[Choice]:
        """The steps that put one of the asked cases right, and more right than wrong, the best first.

        Large cases are slow: where only they fail, the others are looked at before them.
        """
        better = []
        for step in steps:
            if step in self.visited or not (self._is_large(asked[0]) or any(self.agrees(step, at) for at in asked)):
                continue
            if self._fails_less(step, most):
                better.append(step)
        return sorted(better, key=lambda step: len(self.failing(step)))

    def _two_at_once(self, choice: Choice, asked: Sequence[int]) -> Iterator[Choice]:
        """The pairs of steps each of which changes what is right, on the cases where most steps do."""
        small = [at for at in asked if not self._is_large(at)]
        changing = [[step for step in self.space.beside(choice) if self._changes(choice, step, at)] for at in small]
        for steps in sorted(changing, key=len, reverse=True)[:ASKED_FOR_TWO]:
            yield from self.space.joined(choice, steps)

    def _changes(self, choice: Choice, step: Choice, at: int) -> bool:
        """Whether a step changes what is right on one case."""
        case, got = self.pairs[at]
        reference = self.oracle.drill.reference
        before, after = (self.oracle.expected(reference, self.space.at(point), case, got) for point in (choice, step))
        return not self.oracle.same(before, after)

    def _is_large(self, at: int) -> bool:
        return "large" in self.pairs[at][0].tags

    def _fails_less(self, choice: Choice, most: int) -> bool:
        """Whether fewer than so many cases fail; no more are looked at than it takes."""
        failing = (at for at in range(len(self.pairs)) if not self.agrees(choice, at))
        return sum(1 for _ in islice(failing, most)) < most

    def _plainest(self, choice: Choice) -> Choice:
        """The choice with every difference taken back that nothing depends on."""
        for plainer in self.space.back(choice):
            if not self.failing(plainer):
                return self._plainest(plainer)
        return choice

    def failing(self, choice: Choice) -> tuple[int, ...]:
        """The places of the pairs that do not agree."""
        if choice not in self.known:
            self.known[choice] = tuple(at for at in range(len(self.pairs)) if not self.agrees(choice, at))
        return self.known[choice]

    def agrees(self, choice: Choice, at: int) -> bool:
        """Whether one case comes out as the reference has it."""
        return self.oracle.agrees(self.oracle.drill.reference, self.space.at(choice), *self.pairs[at])


def best_fit(oracle: Oracle, run: Run, readings: Sequence[Reading], space: Space) -> Fit:
    """The reading and point that agree on most cases, without rare conventions; the nearest to the contract wins a draw."""
    most = max(reading.readable for reading in readings)
    ordered = sorted(readings, key=lambda reading: len(reading.reader.adapted))
    fits = [_fit(oracle, run, item, space, space.start) for item in ordered if item.readable == most]
    hopeful = sorted(fits, key=lambda fit: -fit.count)[:READINGS]
    return max((_climbed(oracle, run, fit, space) for fit in hopeful), key=lambda fit: fit.count)


def _fit(oracle: Oracle, run: Run, reading: Reading, space: Space, choice: Choice) -> Fit:
    point = space.at(choice)
    return Fit(reading, point, oracle.passed(point, run.cases, reading.outcomes))


def _climbed(oracle: Oracle, run: Run, fit: Fit, space: Space) -> Fit:
    """The fit with one convention after the other changed, as long as more cases agree."""
    choice = space.start
    for _ in range(CHANGES):
        steps = {step: _fit(oracle, run, fit.reading, space, step) for step in space.beside(choice, usual=True)}
        better = max(steps, key=lambda step: steps[step].count, default=choice)
        if better == choice or steps[better].count <= fit.count:
            break
        choice, fit = better, steps[better]
    return fit
