"""When two outputs count as equal. Answers are the canonical form an output was read into; nothing here does I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Numbers are equal where |got - expected| <= absolute + relative * |expected|."""

    relative: float = 1e-5
    absolute: float = 1e-8


@dataclass(frozen=True, slots=True)
class Kept:
    """Which inputs were kept. Without `ordered` (a mask, a set) only membership counts."""

    indices: tuple[int, ...]
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Picked:
    """Inputs in the order of picking, with the score each had when picked; None where a part was not returned."""

    indices: tuple[int, ...] | None
    scores: tuple[float, ...] | None
    ordered: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Centroids (k, d) and one label per point; None where a part was not returned."""

    centroids: Array | None
    labels: tuple[int, ...] | None


Answer: TypeAlias = Kept | Picked | Clusters | float | Array


def same(expected: Answer, got: Answer, tolerance: Tolerance) -> bool:
    """Whether `got` is the expected answer: same kind, same members, numbers within the tolerance."""
    match expected, got:
        case Kept(), Kept():
            return _same_members(expected.indices, got.indices, ordered=expected.ordered and got.ordered)
        case Picked(), Picked():
            return _same_picks(expected, got, tolerance)
        case Clusters(), Clusters():
            return _same_clusters(expected, got, tolerance)
        case ((float() | np.ndarray()), (float() | np.ndarray())):
            return close(expected, got, tolerance)
    return False


def close(expected: float | Array, got: float | Array, tolerance: Tolerance) -> bool:
    """Whether two arrays of one shape agree everywhere. NaN equals NaN only: it is no wildcard."""
    wanted, given = np.asarray(expected, dtype=float), np.asarray(got, dtype=float)
    if wanted.shape != given.shape:
        return False
    with np.errstate(invalid="ignore"):
        near = np.abs(given - wanted) <= tolerance.absolute + tolerance.relative * np.abs(wanted)
    return bool((near & np.isfinite(given) | (given == wanted) | (np.isnan(given) & np.isnan(wanted))).all())


def _same_members(expected: tuple[int, ...], got: tuple[int, ...], *, ordered: bool) -> bool:
    return expected == got if ordered else sorted(expected) == sorted(got)


def _same_picks(expected: Picked, got: Picked, tolerance: Tolerance) -> bool:
    ordered = expected.ordered and got.ordered
    if expected.indices is not None and got.indices is not None:
        if not _same_members(expected.indices, got.indices, ordered=ordered):
            return False
        expected, got = (expected, got) if ordered else (_by_index(expected), _by_index(got))
    if expected.scores is None or got.scores is None:
        return True
    return close(np.asarray(expected.scores), np.asarray(got.scores), tolerance)


def _by_index(picked: Picked) -> Picked:
    if picked.indices is None or picked.scores is None:
        return picked
    pairs = sorted(zip(picked.indices, picked.scores, strict=True))
    return Picked(tuple(index for index, _ in pairs), tuple(score for _, score in pairs))


def _same_clusters(expected: Clusters, got: Clusters, tolerance: Tolerance) -> bool:
    if expected.labels is not None and got.labels is not None and expected.labels != got.labels:
        return False
    if expected.centroids is None or got.centroids is None:
        return True
    return close(expected.centroids, got.centroids, tolerance)
