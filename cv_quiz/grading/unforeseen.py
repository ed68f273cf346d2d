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

from cv_quiz.grading.fit import oracle_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    names = {case.name for case in _fixed(drill)}
    drawn = (case for case in drill.cases(np.random.default_rng(seed)) if case.name not in names)
    return (replace(case, name=case.name + ANEW) for case in islice(drawn, DRAWN))


def _fixed(drill: Drill) -> tuple[Case, ...]:
    """The small cases that are the same for every seed."""
    known = _FIXED.get(drill.name)
    if known is None or known[0] is not drill:
        others = {case.name: case for case in drill.cases(np.random.default_rng(1))}
        fixed = [case for case in oracle_for(drill, seed=0).cases if _same(case, others[case.name])]
        known = _FIXED[drill.name] = drill, tuple(case for case in fixed if "large" not in case.tags)
    return known[1]


_FIXED: dict[str, tuple[Drill, tuple[Case, ...]]] = {}


def _same(one: Case, other: Case) -> bool:
    return all(np.array_equal(value, other.inputs[name]) for name, value in one.inputs.items())


def _varied_ones(drill: Drill, seed: int) -> Iterator[Case]:
    """Some fixed cases of every kind turned, moved and shuffled, where that makes other cases of them.

    All are turned alike, so that they miss together what they find together.
    """
    rng = np.random.default_rng(seed)
    turn = _Turn.drawn(rng)
    fixed = _fixed(drill)
    taken: Counter[frozenset[str]] = Counter()
    for case in (fixed[at] for at in rng.permutation(len(fixed))):
        kind = _kind(case)
        if taken[kind] == (OF_A_KIND if kind else OF_NO_KIND):
            continue
        made = _varied(drill, case, turn, rng)
        if not _same(case, made):
            taken[kind] += 1
            yield made


def _kind(case: Case) -> frozenset[str]:
    return frozenset(tag for tag in case.tags if not tag.startswith("needs:"))


def _varied(drill: Drill, case: Case, turn: _Turn, rng: np.random.Generator) -> Case:
    inputs = _shuffled(drill, turn.swapped(drill, case.inputs), rng)
    return replace(case, name=case.name + VARIED, inputs=_moved(drill, inputs, turn, rng))


@dataclass(frozen=True, slots=True)
class _Turn:
    """Which axes change places, which are mirrored, and whether two boxes change places."""

    axes: tuple[int, ...]
    signs: tuple[float, ...]
    swap: bool

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Turn:
        """Any turn."""
        axes, signs = rng.permutation(MOST_AXES), rng.choice([-1.0, 1.0], MOST_AXES)
        return cls(tuple(axes.tolist()), tuple(signs.tolist()), bool(rng.random() < 0.5))

    def swapped(self, drill: Drill, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """Two boxes, or two sets of them, in the other order."""
        pair = [name for name, kind in drill.takes.items() if kind in {"box", "boxes"}]
        if len(pair) != 2 or not self.swap:
            return inputs
        return {**inputs, pair[0]: inputs[pair[1]], pair[1]: inputs[pair[0]]}


def _shuffled(drill: Drill, inputs: Mapping[str, Any], rng: np.random.Generator) -> Mapping[str, Any]:
    """The rows in another order. Centroids keep theirs: it decides ties."""
    changed = dict(inputs)
    for group in drill.rows:
        if "init" not in group:
            order = rng.permutation(len(inputs[group[0]]))
            changed |= {name: inputs[name][order] for name in group}
    return changed


def _moved(drill: Drill, inputs: Mapping[str, Any], turn: _Turn, rng: np.random.Generator) -> Mapping[str, Any]:
    boxes = [name for name, kind in drill.takes.items() if kind in {"box", "boxes"}]
    points = [name for name, kind in drill.takes.items() if kind in {"points", "init"} and inputs[name] is not None]
    tables = [_corners(inputs[name]) for name in boxes] + [np.asarray(inputs[name], dtype=float) for name in points]
    if not sum(table.size for table in tables):
        return inputs
    moved = _transformed(tables, turn, rng)
    changed = {name: _boxes(table, np.shape(inputs[name])) for name, table in zip(boxes, moved, strict=False)}
    return {**inputs, **changed, **dict(zip(points, moved[len(boxes) :], strict=True))}


def _transformed(tables: Sequence[Floats], turn: _Turn, rng: np.random.Generator) -> list[Floats]:
    """Points (n, d) with axes swapped, mirrored and moved: as far as single precision stays exact."""
    everything = np.concatenate(tables)
    width = everything.shape[1]
    axes, signs = [axis for axis in turn.axes if axis < width], np.array(turn.signs[:width])
    low, high, far = everything.min(), everything.max(), np.floor(rng.uniform(0, FAR, width))
    if low >= 0 and high <= 1:
        shift = np.where(signs < 0, 1.0, 0.0)
    elif low < 0:
        signs, shift = np.ones(width), -far
    else:
        shift = np.where(signs < 0, np.ceil(high), 0.0) + far
    if not _exact(everything * signs, shift):
        signs, shift = np.ones(width), np.zeros(width)
    return [(table * signs + shift)[:, axes] for table in tables]


def _exact(values: Floats, shift: Floats) -> bool:
    moved = (values + shift).astype(np.float32).astype(float)
    return bool((moved - shift == values).all() and (values.astype(np.float32) == values).all())


def _corners(boxes: Any) -> Floats:
    return np.asarray(boxes, dtype=float).reshape(-1, 2)


def _boxes(corners: Floats, shape: tuple[int, ...]) -> Floats:
    """Boxes from corners, of which mirroring may have swapped the two."""
    pairs = corners.reshape(-1, 2, 2)
    boxes = np.concatenate([pairs.min(axis=1), pairs.max(axis=1)], axis=1)
    return np.asarray(boxes, dtype=float).reshape(shape)
