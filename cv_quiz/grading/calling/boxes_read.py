"""Readers for functions that pick boxes: indices, masks, boxes, rows, decayed scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Kept, Picked
from cv_quiz.grading.calling.layout import reshape
from cv_quiz.grading.calling.reading import (
    UNDECIDED,
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
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from cv_quiz.grading.calling.reading import View

_BOX_WIDTH = frozenset({4})
_ROW_WIDTHS = frozenset({5, 6, 7})
_INDEX_KEYS = ("indices", "keep", "idx", "index", "keeps", "inds", "kept", "selected", "picked", "pick")
_BOX_KEYS = ("boxes", "bboxes", "dets", "box")
_SCORE_KEYS = ("scores", "score", "confidences", "conf")
# Where the four coordinates and the score stand in a row of one array.
_COLUMNS: dict[str, tuple[slice, int]] = {
    "class-score-first": (slice(2, 6), 1),
    "score-first": (slice(1, 5), 0),
    "class-first": (slice(1, 5), 5),
}


def _match(found: npt.NDArray[np.float64], known: Sequence[npt.NDArray[np.float64]], scores: Any) -> tuple[int, ...]:
    """For each row the input box it equals, each used once, the best score first; Unreadable if there is none."""
    order = np.argsort(-np.asarray(scores, dtype=float), kind="stable")
    for table in known:
        free, matched = list(order), []
        for row in found:
            same = [i for i in free if np.allclose(table[i], row, rtol=1e-5, atol=1e-6)]
            if not same:
                break
            free.remove(same[0])
            matched.append(int(same[0]))
        else:
            return tuple(matched)
    raise Unreadable("foreign-boxes")


def _known(view: View) -> list[npt.NDArray[np.float64]]:
    boxes = view.inputs["boxes"]
    return [reshape(boxes, form) for form in dict.fromkeys((view.layout.form, "xyxy"))]


def _box_and_score(
    table: npt.NDArray[np.float64], view: View
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    place, score = _COLUMNS.get(view.layout.packing, (slice(0, 4), 4))
    if table.shape[1] <= score:
        raise Unreadable("wrong-shape")
    return table[:, place], table[:, score]


def _mask(value: Any, view: View) -> tuple[int, ...]:
    made = array(value)
    if made.size == 0 and view.count == 0:
        return ()
    if made.shape != (view.count,) or not (made.dtype.kind == "b" or _zeros_and_ones(made)):
        raise Unreadable("no-mask")
    return tuple(int(index) for index in np.flatnonzero(made))


def _zeros_and_ones(made: npt.NDArray[Any]) -> bool:
    return made.dtype.kind in "iuf" and bool(np.isin(made, (0, 1)).all())


def _boxes(value: Any, view: View) -> tuple[int, ...]:
    return _match(rows(value, _BOX_WIDTH), _known(view), view.inputs["scores"])


def _whole_rows(value: Any, view: View) -> tuple[int, ...]:
    """Rows with their scores, which must be the input's own."""
    table = rows(value, _ROW_WIDTHS)
    if not len(table):
        return ()
    boxes, scores = _box_and_score(table, view)
    return _with_scores(boxes, scores, view)


def _with_scores(boxes: npt.NDArray[np.float64], scores: Any, view: View) -> tuple[int, ...]:
    given = array(scores).astype(float).reshape(-1)
    if len(given) != len(boxes):
        raise Unreadable("wrong-shape")
    own = np.asarray(view.inputs["scores"], dtype=float)
    known = [np.column_stack([table, own]) for table in _known(view)]
    return _match(np.column_stack([boxes, given]), known, own)


def _boxes_and_scores(value: Any, view: View) -> tuple[int, ...]:
    items = sequence(value)
    if len(items) not in {2, 3}:
        raise Unreadable("no-pair")
    table = rows(items[0], _BOX_WIDTH)
    return _with_scores(table, items[1], view) if len(table) else ()


def _among_more(value: Any, view: View) -> tuple[int, ...]:
    """Indices beside other things: the one part that is a flat sequence of integers, cut off at a count."""
    items = sequence(value)
    if not 2 <= len(items) <= 4 or all(whole(item) for item in items):
        raise Unreadable("no-sequence")
    found = None
    for item in items:
        if whole(item) and found is not None:
            found = found[: int(item)]
            continue
        try:
            found = indices(item, view.count) if found is None else found
        except Unreadable:
            continue
    if found is None:
        raise Unreadable("no-sequence")
    return found


def _one_group(value: Any) -> Any:
    if isinstance(value, dict) and len(value) <= 1:
        return next(iter(value.values()), [])
    items = sequence(value)
    if len(items) == 1 and isinstance(items[0], list | tuple | np.ndarray):
        return items[0]
    raise Unreadable("no-group")


def _kept(read: Callable[[Any, View], tuple[int, ...]], *, ordered: bool = True) -> Callable[[Any, View], Kept]:
    return lambda value, view: Kept(read(value, view), ordered)


def _set(value: Any, view: View) -> tuple[int, ...]:
    if not isinstance(value, set | frozenset):
        raise Unreadable("no-set")
    return indices(sorted(value), view.count)


def _plain(value: Any, view: View) -> tuple[int, ...]:
    return indices(value, view.count)


def _in_dict(value: Any, view: View) -> tuple[int, ...]:
    try:
        return indices(first_of(value, _INDEX_KEYS), view.count)
    except Unreadable:
        return _boxes(first_of(value, _BOX_KEYS), view)


def _complement(value: Any, view: View) -> tuple[int, ...]:
    gone = set(indices(value, view.count))
    scores = np.asarray(view.inputs["scores"], dtype=float)
    return tuple(sorted(set(range(view.count)) - gone, key=lambda index: -scores[index]))


def _float_indices(value: Any, view: View) -> tuple[int, ...]:
    made = array(value)
    if made.size == 0:
        return ()
    if made.ndim != 1 or made.dtype.kind != "f" or not np.equal(np.mod(made, 1), 0).all():
        raise Unreadable("no-sequence")
    return indices(made.astype(np.int64), view.count)


def _from_one(value: Any, view: View) -> tuple[int, ...]:
    return indices([index - 1 for index in integers(value)], view.count)


def _positions(*, stable: bool) -> Callable[[Any, View], tuple[int, ...]]:
    def read(value: Any, view: View) -> tuple[int, ...]:
        scores = np.asarray(view.inputs["scores"], dtype=float)
        order = np.argsort(-scores, kind="stable") if stable else np.argsort(scores, kind="stable")[::-1]
        return tuple(int(order[place]) for place in indices(value, view.count))

    return read


def _cut_boxes(value: Any, view: View) -> tuple[int, ...]:
    found, known = np.trunc(rows(value, _BOX_WIDTH)), [np.trunc(table) for table in _known(view)]
    if len(np.unique(known[0], axis=0)) < len(np.unique(view.inputs["boxes"], axis=0)):
        raise Unreadable(UNDECIDED)
    return _match(found, known, view.inputs["scores"])


def _own_scores(value: Any, view: View) -> tuple[int, ...]:
    """The scores of what was kept, matched back; only where no two inputs share a score."""
    own = np.asarray(view.inputs["scores"], dtype=float)
    given = array(value).astype(float)
    if given.ndim != 1 or len(set(own)) != len(own):
        raise Unreadable("wrong-shape")
    return _match(given[:, None], [own[:, None]], own)


def _column(value: Any, view: View) -> tuple[int, ...]:
    made = array(value)
    if made.ndim != 2 or 1 not in made.shape:
        raise Unreadable("wrong-shape")
    return indices(made.reshape(-1), view.count)


INDICES = (
    Reader(_kept(_plain)),
    Reader(_kept(_set, ordered=False), ("returns-set",)),
    Reader(_kept(_mask, ordered=False), ("returns-mask",)),
    Reader(_kept(_boxes), ("returns-boxes",)),
    Reader(_kept(_whole_rows), ("returns-rows",)),
    Reader(_kept(_boxes_and_scores), ("returns-boxes-and-scores",)),
    Reader(_kept(_among_more), ("returns-more",)),
    Reader(_kept(_in_dict), ("returns-dict",)),
    Reader(_kept(lambda value, view: _plain(_one_group(value), view)), ("returns-per-class",)),
    Reader(_kept(lambda value, view: _boxes(_one_group(value), view)), ("returns-per-class", "returns-boxes")),
    Reader(_kept(lambda value, view: _whole_rows(_one_group(value), view)), ("returns-per-class", "returns-rows")),
    Reader(_kept(_positions(stable=True)), fault="positions-in-sorted-order"),
    Reader(_kept(_positions(stable=False)), fault="positions-in-sorted-order"),
    Reader(_kept(_complement), fault="returns-the-suppressed"),
    Reader(_kept(_float_indices), fault="float-indices"),
    Reader(_kept(_column), fault="column-of-indices"),
    Reader(_kept(_from_one), fault="indices-from-one"),
    Reader(_kept(_plain, ordered=False), fault="other-order"),
    Reader(_kept(_boxes, ordered=False), fault="other-order"),
    Reader(_kept(_whole_rows, ordered=False), fault="other-order"),
    Reader(_kept(_cut_boxes), fault="cuts-returned-boxes"),
    Reader(_kept(_own_scores), fault="returns-scores-only"),
)


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
    table = rows(value, _ROW_WIDTHS)
    if not len(table):
        return Picked((), ())
    boxes, scores = _box_and_score(table, view)
    return Picked(_matched_by_decay(boxes, view), _scores(scores))


def _matched_by_decay(boxes: npt.NDArray[np.float64], view: View) -> tuple[int, ...]:
    return _match(boxes, _known(view), view.inputs["scores"])


def _boxes_and_decayed(value: Any, view: View) -> Picked:
    items = sequence(value)
    if len(items) not in {2, 3}:
        raise Unreadable("no-pair")
    table = rows(items[0], _BOX_WIDTH)
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
    scores = _scores(first_of(value, _SCORE_KEYS))
    try:
        found = indices(first_of(value, _INDEX_KEYS), view.count)
    except Unreadable:
        found = _matched_by_decay(rows(first_of(value, _BOX_KEYS), _BOX_WIDTH), view)
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


def _indices_only(value: Any, view: View) -> Picked:
    return Picked(indices(value, view.count), None)


def _boxes_only(value: Any, view: View) -> Picked:
    return Picked(_matched_by_decay(rows(value, _BOX_WIDTH), view), None)


def _picked_float(value: Any, view: View) -> Picked:
    items = sequence(value) if not isinstance(value, np.ndarray) else list(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    return _picked(_float_indices(items[0], view), _scores(items[1]), view)


def _picked_positions(value: Any, view: View) -> Picked:
    items = sequence(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    return _picked(_positions(stable=True)(items[0], view), _scores(items[1]), view)


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
    Reader(_indices_only, ("returns-indices",)),
    Reader(_boxes_only, ("returns-boxes",)),
    Reader(_all_scores, ("returns-scores",)),
    Reader(_picked_float, fault="float-indices"),
    Reader(_picked_positions, fault="positions-in-sorted-order"),
    Reader(_picked_unordered, fault="other-order"),
)  # fmt: skip
