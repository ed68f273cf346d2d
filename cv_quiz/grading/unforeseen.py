"""Cases that nobody can know beforehand: drawn anew, and the fixed ones turned, moved and shuffled.

What makes a fixed case special stays: a turned, moved or shuffled overlap is the same overlap, a tie stays a tie.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from cv_quiz.drills.contract import Case, Drill

    Floats = npt.NDArray[np.float64]

# What a case is called after the one that it was made from or stands for.
VARIED, ANEW = "-varied", "-anew"
# So many fixed cases with the same tags are varied, and so many without any; so many are drawn.
OF_A_KIND, OF_NO_KIND, DRAWN = 2, 4, 5
# How far a case is moved at most.
FAR = 24
# Points have so many axes at most.
MOST_AXES = 8
# Numbers below this that are whole in units of 1/64 are moved: in single precision they stay what they are.
LARGEST, UNITS = 1 << 17, 64
# Cases of so many seeds are remembered.
REMEMBERED = 8


def seed_for(digest: bytes, seed: int) -> int:
    """The seed of the cases that follow from what was handed in, and from the user's seed."""
    return int.from_bytes(blake2b(digest + str(seed).encode(), digest_size=8).digest(), "big") % 1_000_000_000


def unforeseen(drill: Drill, seed: int) -> tuple[Case, ...]:
    """Cases of every kind: fixed ones, varied, and drawn ones."""
    key = (drill.name, id(drill), seed)
    cases = _UNFORESEEN.get(key)
    if cases is None:
        cases = (*_varied_ones(drill, seed), *_anew(drill, seed))
        for old in list(_UNFORESEEN)[: 1 - REMEMBERED]:
            _UNFORESEEN.pop(old, None)  # another thread may have been there before
        _UNFORESEEN[key] = cases
    return cases


_UNFORESEEN: dict[tuple[str, int, int], tuple[Case, ...]] = {}


def unforeseen_case(drill: Drill, name: str, seed: int) -> Case | None:
    """One of those cases by its name, None where there is none."""
    return next((case for case in unforeseen(drill, seed) if case.name == name), None)


def _anew(drill: Drill, seed: int) -> Iterator[Case]:
    """The first of the cases that a seed draws."""
    drawn = drill.drawn(np.random.default_rng(seed))
    return (replace(case, name=case.name + ANEW) for case in islice(drawn, DRAWN))


def _varied_ones(drill: Drill, seed: int) -> Iterator[Case]:
    """Some fixed cases of every kind turned, moved and shuffled, where that makes other cases of them.

    All are turned alike, so that they miss together what they find together.
    """
    rng = np.random.default_rng(seed)
    turn = _Turn.drawn(rng)
    patterns = _patterns(drill)
    taken: Counter[frozenset[str]] = Counter()
    for pattern in (patterns[at] for at in rng.permutation(len(patterns))):
        if taken[pattern.kind] == (OF_A_KIND if pattern.kind else OF_NO_KIND):
            continue
        inputs = _shuffled(drill, turn.inputs(pattern), rng)
        if not _same(pattern.case.inputs, inputs):
            taken[pattern.kind] += 1
            yield replace(pattern.case, name=pattern.case.name + VARIED, inputs=inputs)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(np.array_equal(value, other[name]) for name, value in one.items())


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A fixed case as it is varied.

    `points` (n, d) are all its coordinates, boxes as their two corners; `boxes` and `clouds` are the names of those
    inputs, in that order, and how many rows of `points` each has. `low` and `high` are the least and the largest
    number, `movable` says whether all stay exact when they are moved.
    """

    case: Case
    kind: frozenset[str]
    points: Floats
    boxes: Mapping[str, int]
    clouds: Mapping[str, int]
    low: float
    high: float
    movable: bool

    @classmethod
    def of(cls, drill: Drill, case: Case) -> _Pattern:
        """What a case of this drill consists of."""
        given = {name: case.inputs[name] for name in drill.takes if case.inputs[name] is not None}
        boxes = {name: np.reshape(given[name], (-1, 2)) for name in given if drill.takes[name] in {"box", "boxes"}}
        clouds = {name: given[name] for name in given if drill.takes[name] in {"points", "init"}}
        tables = [*boxes.values(), *clouds.values()]
        points = np.concatenate([np.asarray(table, dtype=float) for table in tables]) if tables else np.empty((0, 2))
        kind = frozenset(tag for tag in case.tags if ":" not in tag)
        low, high = (float(points.min()), float(points.max())) if points.size else (0.0, 0.0)
        exact = bool((points * UNITS == np.floor(points * UNITS)).all()) and max(-low, high) < LARGEST
        return cls(case, kind, points, _rows(boxes), _rows(clouds), low, high, exact)


def _rows(tables: Mapping[str, Any]) -> dict[str, int]:
    return {name: len(table) for name, table in tables.items()}


def _patterns(drill: Drill) -> tuple[_Pattern, ...]:
    """The small cases that are the same for every seed."""
    known = _PATTERNS.get(drill.name)
    if known is None or known[0] is not drill:
        small = [case for case in drill.special() if "large" not in case.tags]
        known = _PATTERNS[drill.name] = drill, tuple(_Pattern.of(drill, case) for case in small)
    return known[1]


_PATTERNS: dict[str, tuple[Drill, tuple[_Pattern, ...]]] = {}


@dataclass(frozen=True, slots=True)
class _Turn:
    """Which axes change places, which are mirrored, how far all is moved, and whether two boxes change places."""

    axes: tuple[int, ...]
    signs: Floats
    far: Floats
    swap: bool

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Turn:
        """Any turn."""
        axes, signs = rng.permutation(MOST_AXES), rng.choice([-1.0, 1.0], MOST_AXES)
        return cls(tuple(axes.tolist()), signs, np.floor(rng.uniform(0, FAR, MOST_AXES)), bool(rng.random() < 0.5))

    def inputs(self, pattern: _Pattern) -> Mapping[str, Any]:
        """The inputs of a case, turned."""
        if not pattern.points.size:
            return pattern.case.inputs
        inputs, at = dict(pattern.case.inputs), 0
        moved = self._moved(pattern)
        for name, rows in pattern.boxes.items():
            inputs[name] = _boxes(moved[at : at + rows], np.shape(inputs[name]))
            at += rows
        for name, rows in pattern.clouds.items():
            inputs[name] = moved[at : at + rows].astype(inputs[name].dtype)
            at += rows
        return self._swapped(pattern, inputs)

    def _moved(self, pattern: _Pattern) -> Floats:
        """The points with axes swapped, mirrored and moved, as far as single precision stays exact."""
        points, width = pattern.points, pattern.points.shape[1]
        axes = [axis for axis in self.axes if axis < width]
        if not pattern.movable:
            return points[:, axes]
        signs, far = self.signs[:width], self.far[:width]
        if pattern.low < 0:
            return (points - far)[:, axes]
        shift = (
            np.where(signs < 0, 1.0, 0.0)
            if pattern.high <= 1
            else np.where(signs < 0, np.ceil(pattern.high), 0.0) + far
        )
        return (points * signs + shift)[:, axes]

    def _swapped(self, pattern: _Pattern, inputs: dict[str, Any]) -> Mapping[str, Any]:
        """Two boxes, or two sets of them, in the other order."""
        if len(pattern.boxes) != 2 or not self.swap:
            return inputs
        one, other = pattern.boxes
        return {**inputs, one: inputs[other], other: inputs[one]}


def _shuffled(drill: Drill, inputs: Mapping[str, Any], rng: np.random.Generator) -> Mapping[str, Any]:
    """The rows in another order. Centroids keep theirs: it decides ties."""
    changed = dict(inputs)
    for group in drill.rows:
        if "init" not in group:
            order = rng.permutation(len(inputs[group[0]]))
            changed |= {name: inputs[name][order] for name in group}
    return changed


def _boxes(corners: Floats, shape: tuple[int, ...]) -> Floats:
    """Boxes from corners, of which mirroring may have swapped the two."""
    pairs = corners.reshape(-1, 2, 2)
    boxes = np.concatenate([np.minimum(pairs[:, 0], pairs[:, 1]), np.maximum(pairs[:, 0], pairs[:, 1])], axis=1)
    return boxes.reshape(shape)
