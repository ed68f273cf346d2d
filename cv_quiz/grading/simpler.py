"""Simpler inputs than a given one: fewer rows, rounder numbers, less room between. The simplest come first."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.grading.peculiar import BOXES, POINTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    Inputs = Mapping[str, Any]
    Floats = npt.NDArray[np.float64]

# As many rows of one group are tried together at first; more are taken away one by one.
FEW = 3
# The coordinates that a picture on a screen needs at most.
SIZES = (2, 3, 4, 5, 6, 8, 10)
_PLAIN_NUMBERS: dict[str, tuple[float, ...]] = {
    "iou_threshold": (0.5,),
    "sigma": (0.5, 1.0),
    "score_threshold": (0.1, 0.01),
}


def half_the_rows(groups: Sequence[Sequence[str]], inputs: Inputs) -> Iterator[Inputs]:
    """Either half of a group with many rows."""
    counts = [len(inputs[group[0]]) for group in groups]
    for number, count in enumerate(counts):
        rows: list[Sequence[int]] = [range(each) for each in counts]
        for half in (range(count // 2), range(count // 2, count)) if count > 2 * FEW else ():
            yield _with_rows(groups, inputs, [*rows[:number], half, *rows[number + 1 :]])


def few_rows(groups: Sequence[Sequence[str]], inputs: Inputs) -> Iterator[Inputs]:
    """All choices of a few rows, the fewest first."""
    sizes = product(*(range(1, min(len(inputs[group[0]]), FEW) + 1) for group in groups))
    whole = tuple(len(inputs[group[0]]) for group in groups)
    for chosen in sorted((counts for counts in sizes if counts != whole), key=sum):
        each = [combinations(range(len(inputs[group[0]])), count) for group, count in zip(groups, chosen, strict=True)]
        for rows in product(*each):
            yield _with_rows(groups, inputs, rows)


def one_row_less(groups: Sequence[Sequence[str]], inputs: Inputs) -> Iterator[Inputs]:
    """Each row of each group left out in turn, the last one first."""
    for number, group in enumerate(groups):
        count = len(inputs[group[0]])
        for out in range(count - 1, -1, -1) if count > 1 else ():
            rows = [range(len(inputs[other[0]])) for other in groups]
            kept = [at for at in range(count) if at != out]
            yield _with_rows(groups, inputs, [*rows[:number], kept, *rows[number + 1 :]])


def _with_rows(groups: Sequence[Sequence[str]], inputs: Inputs, rows: Sequence[Sequence[int]]) -> Inputs:
    fewer = {name: inputs[name][list(at)] for group, at in zip(groups, rows, strict=True) for name in group}
    if "init" in fewer and "k" in inputs:
        fewer["k"] = len(fewer["init"])
    return {**inputs, **fewer}


def plain_scores(inputs: Inputs) -> Iterator[Inputs]:
    """Scores 0.9, 0.8, ... in the order of the old ones, or at least of one digit; equal ones stay equal."""
    if "scores" not in inputs or len(inputs["scores"]) > 8:
        return
    values = sorted(set(inputs["scores"].tolist()), reverse=True)
    named = {value: round(0.9 - 0.1 * place, 1) for place, value in enumerate(values)}
    yield {**inputs, "scores": np.array([named[value] for value in inputs["scores"].tolist()])}
    limits = {name: round(value, 1) or value for name, value in inputs.items() if name in _PLAIN_NUMBERS}
    yield {**inputs, **limits, "scores": np.round(inputs["scores"], 1)}


def plain_numbers(inputs: Inputs) -> Iterator[Inputs]:
    """Thresholds and the like as a textbook would choose them."""
    for name, values in _PLAIN_NUMBERS.items():
        for value in values if name in inputs and inputs[name] not in values else ():
            yield {**inputs, name: value}


def small_coordinates(inputs: Inputs) -> Iterator[Inputs]:
    """The same arrangement on a grid of small whole numbers, the smallest grid first; then with simple fractions."""
    table = _coordinates(inputs)
    if not table.size:
        return
    corner = table.min(axis=0)
    extent = float((table - corner).max()) or 1.0
    for size in SIZES:
        if max(len(np.unique(column)) for column in table.T) <= size + 1:
            yield from _about_zero(_changed(inputs, _ranks(table)), inputs)
        yield from _about_zero(_changed(inputs, _rounded(corner, size / extent)), inputs)
    yield _changed(inputs, _rounded(np.floor(corner)))
    yield _changed(inputs, _rounded(np.zeros_like(corner)))
    tenths = _changed(inputs, _rounded(np.floor(corner), 1.0, 10))
    if extent <= 1:
        yield tenths
    yield from (_changed(inputs, _rounded(corner, size / extent, 2)) for size in SIZES[:3])
    yield tenths


def _ranks(table: Floats) -> Callable[[Floats], Floats]:
    """Every coordinate becomes its place among those of its axis."""
    values = [np.unique(column) for column in table.T]
    return lambda part: np.stack(
        [np.searchsorted(known, column) for known, column in zip(values, part.T, strict=True)], axis=1
    )


def _rounded(origin: Floats, scale: float = 1.0, parts: int = 1) -> Callable[[Floats], Floats]:
    """Every coordinate is counted from an origin, scaled, and rounded to a whole number of `1 / parts`."""
    return lambda part: np.round((part - origin) * scale * parts) / parts


def _about_zero(simpler: Inputs, inputs: Inputs) -> Iterator[Inputs]:
    """The input itself; and moved so that some coordinates are negative, where some of the old ones were."""
    yield simpler
    if (_coordinates(inputs) < 0).any():
        middle = np.full(len(_coordinates(simpler).T), _coordinates(simpler).max() // 2 + 1)
        yield _changed(simpler, _rounded(middle))


def narrower(inputs: Inputs) -> Iterator[Inputs]:
    """Everything beyond a place moved nearer by one, for each place on each axis: whole numbers only."""
    table = _coordinates(inputs)
    if not table.size or (table != np.round(table)).any():
        return
    for axis, column in enumerate(table.T):
        for place in sorted({-0.5, *np.unique(column)[:-1]}):
            yield _changed(inputs, _closing(axis, place))


def _closing(axis: int, place: float) -> Callable[[Floats], Floats]:
    return lambda part: part - (part > place) * (np.arange(part.shape[1]) == axis)


def _coordinates(inputs: Inputs) -> Floats:
    """All corners or points, one a row: (n, 2) for boxes, (n, d) for points."""
    return np.concatenate([_by_axis(name, inputs[name]) for name in (*BOXES, *POINTS) if inputs.get(name) is not None])


def _by_axis(name: str, table: Any) -> Floats:
    found: Floats = np.asarray(table, dtype=float)
    return found.reshape(-1, 2 if name in BOXES else found.shape[-1])


def _changed(inputs: Inputs, change: Callable[[Floats], Floats]) -> Inputs:
    """The input with all its coordinates changed, a table (m, d) at a time."""
    changed = dict(inputs)
    for name in (*BOXES, *POINTS):
        if inputs.get(name) is not None and inputs[name].size:
            changed[name] = change(_by_axis(name, inputs[name])).astype(float).reshape(inputs[name].shape)
    return changed
