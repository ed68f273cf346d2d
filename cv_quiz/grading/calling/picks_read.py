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
    boxes_and_scores,
    detections,
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
    in_group,
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
    first, second = _two(value, reverse=reverse)
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
    table = rows(value, ROW_WIDTHS, view)
    if not len(table):
        return Picked((), ())
    boxes, scores = box_and_score(table, view)
    return Picked(_matched_by_decay(boxes, view), _scores(scores))


def _matched_by_decay(boxes: npt.NDArray[np.float64], view: View) -> tuple[int, ...]:
    return match_rows(boxes, known_boxes(view), view.inputs["scores"])


def _boxes_and_decayed(value: Any, view: View) -> Picked:
    table, scores = boxes_and_scores(value, view)
    return _picked(_matched_by_decay(table, view), _scores(scores), view)


def _picks_among_more(value: Any, view: View) -> Picked:
    """Three parts: the indices are the first that is flat integers, the scores the first that is flat floats."""
    items = sequence(value)
    if len(items) != 3:
        raise Unreadable("no-sequence")
    found: tuple[int, ...] | None = None
    scores: tuple[float, ...] | None = None
    for item in items:
        made = array(item)
        if made.ndim == 1 and made.dtype.kind in "iu" and found is None:
            found = indices(item, view.count)
        elif made.ndim == 1 and made.dtype.kind == "f" and scores is None:
            scores = _scores(item)
    if scores is None:
        raise Unreadable("no-sequence")
    return _picked(found or (), scores, view)


def _picks_in_dict(value: Any, view: View) -> Picked:
    scores = _scores(first_of(value, SCORE_KEYS))
    try:
        found = indices(first_of(value, INDEX_KEYS), view.count)
    except Unreadable:
        found = _matched_by_decay(rows(first_of(value, BOX_KEYS), BOX_WIDTH, view), view)
    return _picked(found, scores, view)


def _pairs_of_both(value: Any, view: View) -> Picked:
    """[(index, score), ...]."""
    items = [sequence(item) for item in sequence(value)]
    if not all(len(item) == 2 and whole(item[0]) for item in items):
        raise Unreadable("no-pair")
    return _picked(indices([item[0] for item in items], view.count), tuple(float(item[1]) for item in items), view)


def _by_index(value: Any, view: View) -> Picked:
    """{index: score}, in the order of picking."""
    if not isinstance(value, dict) or not all(whole(index) for index in value):
        raise Unreadable("no-dict")
    return _picked(indices(list(value), view.count), _scores(list(value.values())), view)


def _dicts(value: Any, view: View) -> Picked:
    """A list of dicts, each a detection that was passed in, with its decayed score."""
    boxes, scores = detections(value, view)
    return Picked(_matched_by_decay(boxes, view), _scores(scores)) if len(boxes) else Picked((), ())


def _rows_and_indices(value: Any, view: View, *, reverse: bool = False) -> Picked:
    """(rows with decayed scores, indices): both say which boxes they are, and have to agree."""
    first, second = _two(value, reverse=reverse)
    found, table = indices(second, view.count), rows(first, ROW_WIDTHS, view)
    boxes, scores = box_and_score(table, view) if len(table) else (table[:, :4], table[:, 4])
    if len(found) != len(table) or not any(np.allclose(boxes, known[list(found)]) for known in known_boxes(view)):
        raise Unreadable("lengths-differ" if len(found) != len(table) else "foreign-boxes")
    return Picked(found, _scores(scores))


def _two(value: Any, *, reverse: bool = False) -> tuple[Any, Any]:
    """The two parts of a result; Unreadable where there are more or fewer."""
    items = sequence(value) if not isinstance(value, np.ndarray) else list(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    return (items[1], items[0]) if reverse else (items[0], items[1])


def _all_scores(value: Any, view: View) -> Picked:
    """Every box's decayed score in the order of the input: the picks are those at or above the threshold.

    A function that was given the threshold has to say itself what it dropped: by a score of 0 or less.
    """
    scores = _scores(value)
    if len(scores) != view.count:
        raise Unreadable("wrong-shape")
    limit = float(view.inputs["score_threshold"])
    least = limit if "score_threshold" in view.layout.lacks else min(limit, np.nextafter(0.0, 1.0))
    order = sorted(range(len(scores)), key=lambda index: -scores[index])
    found = tuple(index for index in order if scores[index] >= least)
    return Picked(found, tuple(scores[index] for index in found))


def _rows_in_place(value: Any, view: View) -> Picked:
    """The first rows of the array that was passed in, in its new order, with the decayed scores."""
    found = integers(value)
    place = next((at for at, slot in enumerate(view.layout.slots) if slot.role == "boxes" and not slot.keyword), None)
    if view.layout.packing != "dets" or place is None or found != tuple(range(len(found))):
        raise Unreadable("no-sequence")
    return _decayed_rows(rows(view.reply.arguments_after[place], ROW_WIDTHS, view)[: len(found)], view)


def _indices_only(value: Any, view: View) -> Picked:
    return Picked(indices(value, view.count), None)


def _boxes_only(value: Any, view: View) -> Picked:
    return Picked(_matched_by_decay(rows(value, BOX_WIDTH, view), view), None)


def _picked_float(value: Any, view: View) -> Picked:
    first, second = _two(value)
    return _picked(float_indices(first, view), _scores(second), view)


def _picked_positions(value: Any, view: View) -> Picked:
    first, second = _two(value)
    return _picked(positions(stable=True)(first, view), _scores(second), view)


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
    Reader(_pairs_of_both, ("returns-pairs",)),
    Reader(_picks_in_dict, ("returns-dict",)),
    Reader(_by_index, ("returns-dict",)),
    Reader(_dicts, ("returns-rows",)),
    Reader(_rows_and_indices, ("returns-rows-and-indices",)),
    Reader(lambda value, view: _rows_and_indices(value, view, reverse=True), ("returns-reversed", "returns-rows-and-indices")),
    Reader(in_group(_pair), ("returns-per-class",)),
    Reader(in_group(_decayed_rows), ("returns-per-class", "returns-rows")),
    Reader(_rows_in_place, ("in-place",)),
    Reader(_indices_only, ("returns-indices",)),
    Reader(_boxes_only, ("returns-boxes",)),
    Reader(_all_scores, ("returns-scores",)),
    Reader(_picked_float, fault="float-indices"),
    Reader(_picked_positions, fault="positions-in-sorted-order"),
    Reader(_picked_unordered, fault="other-order"),
)  # fmt: skip
