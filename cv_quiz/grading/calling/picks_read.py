"""Readers for functions that pick boxes and give each a new score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Picked
from cv_quiz.grading.calling.boxes_read import (
    BOX_KEYS,
    BOX_WIDTH,
    INDEX_KEYS,
    ROW_WIDTHS,
    SCORE_KEYS,
    box_and_score,
    float_indices,
    known_boxes,
    match_rows,
    positions,
)
from cv_quiz.grading.calling.reading import (
    Reader,
    Unreadable,
    array,
    first_of,
    indices,
    integers,
    rows,
    sequence,
    whole,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    from cv_quiz.grading.calling.reading import View


def _scores(value: Any) -> tuple[float, ...]:
    made = array(value)
    if made.ndim != 1 and made.size:
        raise Unreadable("wrong-shape")
    return tuple(float(item) for item in made.reshape(-1))


def _pair(value: Any, view: View, *, reverse: bool = False, whole_length: bool = False) -> Picked:
    items = sequence(value) if not isinstance(value, np.ndarray) else list(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    first, second = reversed(items) if reverse else items
    return _picked(indices(first, view.count), _scores(second), view, whole_length=whole_length)


def _picked(found: tuple[int, ...], scores: tuple[float, ...], view: View, *, whole_length: bool = False) -> Picked:
    if whole_length:
        if len(scores) != view.count:
            raise Unreadable("wrong-shape")
        scores = tuple(scores[index] for index in found)
    if len(scores) != len(found):
        raise Unreadable("lengths-differ")
    return Picked(found, scores)


def _decayed_rows(value: Any, view: View) -> Picked:
    table = rows(value, ROW_WIDTHS)
    if not len(table):
        return Picked((), ())
    boxes, scores = box_and_score(table, view)
    return Picked(_matched_by_decay(boxes, view), _scores(scores))


def _matched_by_decay(boxes: npt.NDArray[np.float64], view: View) -> tuple[int, ...]:
    return match_rows(boxes, known_boxes(view), view.inputs["scores"])


def _boxes_and_decayed(value: Any, view: View) -> Picked:
    items = sequence(value)
    if len(items) not in {2, 3}:
        raise Unreadable("no-pair")
    table = rows(items[0], BOX_WIDTH)
    return _picked(_matched_by_decay(table, view), _scores(items[1]), view)


def _picks_among_more(value: Any, view: View) -> Picked:
    """Three parts, one of them flat integers and one flat floats as long: indices, scores and the boxes."""
    items = sequence(value)
    if len(items) != 3:
        raise Unreadable("no-sequence")
    found: tuple[int, ...] | None = None
    scores: tuple[float, ...] | None = None
    for item in items:
        made = array(item)
        if made.ndim == 1 and made.dtype.kind in "iu":
            found = indices(item, view.count)
        elif made.ndim == 1:
            scores = _scores(item)
    if scores is None:
        raise Unreadable("no-sequence")
    return _picked(found or (), scores, view)


def _picks_in_dict(value: Any, view: View) -> Picked:
    scores = _scores(first_of(value, SCORE_KEYS))
    try:
        found = indices(first_of(value, INDEX_KEYS), view.count)
    except Unreadable:
        found = _matched_by_decay(rows(first_of(value, BOX_KEYS), BOX_WIDTH), view)
    return _picked(found, scores, view)


def _pairs_of_both(value: Any, view: View) -> Picked:
    """[(index, score), ...]."""
    items = [sequence(item) for item in sequence(value)]
    if not all(len(item) == 2 and whole(item[0]) for item in items):
        raise Unreadable("no-pair")
    return _picked(indices([item[0] for item in items], view.count), tuple(float(item[1]) for item in items), view)


def _all_scores(value: Any, view: View) -> Picked:
    """Every box's decayed score in the order of the input: the picks are those at or above the threshold."""
    scores = _scores(value)
    if len(scores) != view.count:
        raise Unreadable("wrong-shape")
    limit = float(view.inputs["score_threshold"])
    order = sorted(range(len(scores)), key=lambda index: -scores[index])
    found = tuple(index for index in order if scores[index] >= limit)
    return Picked(found, tuple(scores[index] for index in found))


def _decayed_in_place(value: Any, view: View) -> Picked:
    """Indices, with the decayed scores in the array that was passed in."""
    place = next((at for at, slot in enumerate(view.layout.slots) if slot.role == "scores" and not slot.keyword), None)
    if place is None or place >= len(view.reply.arguments_after):
        raise Unreadable("no-sequence")
    after = _scores(view.reply.arguments_after[place])
    before = np.asarray(view.inputs["scores"], dtype=float)
    if len(after) != len(before) or np.allclose(after, before):
        raise Unreadable("no-sequence")
    return _picked(indices(value, view.count), after, view, whole_length=True)


def _rows_in_place(value: Any, view: View) -> Picked:
    """The first rows of the array that was passed in, in its new order, with the decayed scores."""
    found = integers(value)
    place = next((at for at, slot in enumerate(view.layout.slots) if slot.role == "boxes" and not slot.keyword), None)
    if view.layout.packing != "dets" or place is None or found != tuple(range(len(found))):
        raise Unreadable("no-sequence")
    return _decayed_rows(rows(view.reply.arguments_after[place], ROW_WIDTHS)[: len(found)], view)


def _indices_only(value: Any, view: View) -> Picked:
    return Picked(indices(value, view.count), None)


def _boxes_only(value: Any, view: View) -> Picked:
    return Picked(_matched_by_decay(rows(value, BOX_WIDTH), view), None)


def _picked_float(value: Any, view: View) -> Picked:
    items = sequence(value) if not isinstance(value, np.ndarray) else list(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    return _picked(float_indices(items[0], view), _scores(items[1]), view)


def _picked_positions(value: Any, view: View) -> Picked:
    items = sequence(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    return _picked(positions(stable=True)(items[0], view), _scores(items[1]), view)


def _picked_unordered(value: Any, view: View) -> Picked:
    pair = _pair(value, view)
    return Picked(pair.indices, pair.scores, ordered=False)


PICKS = (
    Reader(_pair),
    Reader(lambda value, view: _pair(value, view, reverse=True), ("returns-reversed",)),
    Reader(lambda value, view: _pair(value, view, whole_length=True), ("scores-in-input-order",)),
    Reader(lambda value, view: _pair(value, view, reverse=True, whole_length=True), ("returns-reversed", "scores-in-input-order")),
    Reader(_picks_among_more, ("returns-more",)),
    Reader(_boxes_and_decayed, ("returns-boxes-and-scores",)),
    Reader(_decayed_rows, ("returns-rows",)),
    Reader(_pairs_of_both, ("returns-rows",)),
    Reader(_picks_in_dict, ("returns-dict",)),
    Reader(_decayed_in_place, ("returns-indices", "in-place")),
    Reader(_rows_in_place, ("in-place",)),
    Reader(_indices_only, ("returns-indices",)),
    Reader(_boxes_only, ("returns-boxes",)),
    Reader(_all_scores, ("returns-scores",)),
    Reader(_picked_float, fault="float-indices"),
    Reader(_picked_positions, fault="positions-in-sorted-order"),
    Reader(_picked_unordered, fault="other-order"),
)  # fmt: skip
