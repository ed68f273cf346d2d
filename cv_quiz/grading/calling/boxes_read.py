"""Readers for functions that say which boxes they keep: indices, masks, boxes, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Kept
from cv_quiz.grading.calling.layout import reshape
from cv_quiz.grading.calling.reading import (
    UNDECIDED,
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
    whole_floats,
)
from cv_quiz.grading.calling.records import SCORE_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from cv_quiz.grading.calling.reading import View

BOX_WIDTH = frozenset({4})
ROW_WIDTHS = frozenset({5, 6, 7})
INDEX_KEYS = ("indices", "keep", "idx", "index", "keeps", "inds", "kept", "selected", "picked", "pick")
BOX_KEYS = ("boxes", "bboxes", "dets", "box", "bbox")
SCORE_KEYS = ("scores", "score", "confidences", "conf")
# Where the four coordinates and the score stand in a row of one array.
_COLUMNS: dict[str, tuple[slice, int]] = {
    "class-score-first": (slice(2, 6), 1),
    "score-first": (slice(1, 5), 0),
    "class-first": (slice(1, 5), 5),
}


def match_rows(
    found: npt.NDArray[np.float64], known: Sequence[npt.NDArray[np.float64]], scores: Any
) -> tuple[int, ...]:
    """For each row the input box it equals, each used once, the best score first; Unreadable if there is none."""
    order = np.argsort(-np.asarray(scores, dtype=float), kind="stable")
    for table in known if len(found) <= len(order) else ():
        ranked = table[order]
        matched = _same_rows(found, ranked)
        if matched is None:
            matched = _one_by_one(_equal_rows(found, ranked))
        if matched is not None:
            return tuple(int(order[place]) for place in matched)
    raise Unreadable("foreign-boxes")


def _same_rows(found: npt.NDArray[np.float64], table: npt.NDArray[np.float64]) -> list[int] | None:
    """What `_one_by_one` gives where rows are equal to the last bit, as rows that were only picked are."""
    places: dict[bytes, list[int]] = {}
    for place in range(len(table) - 1, -1, -1):
        places.setdefault((table[place] + 0.0).tobytes(), []).append(place)  # -0.0 + 0.0 is 0.0
    matched = []
    for row in found + 0.0:
        free = places.get(row.tobytes())
        if not free:
            return None
        matched.append(free.pop())
    return matched


def _equal_rows(found: npt.NDArray[np.float64], table: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which rows (m, c) equal which rows (n, c): an array (m, n)."""
    near = np.abs(found[:, None] - table[None]) <= 1e-6 + 1e-5 * np.abs(table[None])
    return np.asarray(near.all(axis=2))


def _one_by_one(equal: npt.NDArray[np.bool_]) -> list[int] | None:
    """For each row the first equal one that is still free; None where a row has none."""
    free = np.ones(equal.shape[1], dtype=bool)
    matched = []
    for row in equal:
        places = np.flatnonzero(row & free)
        if not len(places):
            return None
        free[places[0]] = False
        matched.append(int(places[0]))
    return matched


def known_boxes(view: View) -> list[npt.NDArray[np.float64]]:
    """The boxes that were sent, in the form they were sent in, and as corners."""
    boxes = view.inputs["boxes"]
    return [reshape(boxes, form) for form in dict.fromkeys((view.layout.form, "xyxy"))]


def box_and_score(
    table: npt.NDArray[np.float64], view: View
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The coordinates and the score of each row, wherever the packing has them."""
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
    return match_rows(rows(value, BOX_WIDTH, view), known_boxes(view), view.inputs["scores"])


def _whole_rows(value: Any, view: View) -> tuple[int, ...]:
    """Rows with their scores, which must be the input's own."""
    table = rows(value, ROW_WIDTHS, view)
    if not len(table):
        return ()
    boxes, scores = box_and_score(table, view)
    return _with_scores(boxes, scores, view)


def _with_scores(boxes: npt.NDArray[np.float64], scores: Any, view: View) -> tuple[int, ...]:
    given = array(scores).astype(float).reshape(-1)
    if len(given) != len(boxes):
        raise Unreadable("wrong-shape")
    own = np.asarray(view.inputs["scores"], dtype=float)
    known = [np.column_stack([table, own]) for table in known_boxes(view)]
    return match_rows(np.column_stack([boxes, given]), known, own)


def boxes_and_scores(value: Any, view: View) -> tuple[npt.NDArray[np.float64], Any]:
    """Boxes (k, 4) and a flat row of scores among two to four parts; scores come as floats where boxes do not lead."""
    items = sequence(value)
    if not 2 <= len(items) <= 4:
        raise Unreadable("no-pair")
    if np.ndim(items[0]) == 2 or len(items) == 2:
        return rows(items[0], BOX_WIDTH, view), items[1]
    tables = [item for item in items if np.ndim(item) == 2]
    flat = [item for item in items if np.ndim(item) == 1 and np.asarray(item).dtype.kind == "f"]
    if not tables or not flat:
        raise Unreadable("no-pair")
    return rows(tables[0], BOX_WIDTH, view), flat[0]


def _boxes_and_scores(value: Any, view: View) -> tuple[int, ...]:
    table, scores = boxes_and_scores(value, view)
    return _with_scores(table, scores, view) if len(table) else ()


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


def detections(value: Any, view: View) -> tuple[npt.NDArray[np.float64], list[Any]]:
    """The boxes (k, 4) and the scores of a list of dicts.

    Where they are the dicts that were passed in, one key has the decayed scores and the others what they were: lower
    ones are decayed.
    """
    items = sequence(value)
    boxes = rows([first_of(item, BOX_KEYS) for item in items], BOX_WIDTH, view)
    keys = [key for key in SCORE_NAMES if items and all(key in item for item in items)]
    if not keys:
        return boxes, [first_of(item, SCORE_KEYS) for item in items]
    return boxes, min(([item[key] for item in items] for key in keys), key=sum)


def _dict_rows(value: Any, view: View) -> tuple[int, ...]:
    """A list of dicts, each a detection that was passed in."""
    boxes, scores = detections(value, view)
    return _with_scores(boxes, scores, view) if len(boxes) else ()


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
        return indices(first_of(value, INDEX_KEYS), view.count)
    except Unreadable:
        return _boxes(first_of(value, BOX_KEYS), view)


def _complement(value: Any, view: View) -> tuple[int, ...]:
    gone = set(indices(value, view.count))
    scores = np.asarray(view.inputs["scores"], dtype=float)
    return tuple(sorted(set(range(view.count)) - gone, key=lambda index: -scores[index]))


def float_indices(value: Any, view: View) -> tuple[int, ...]:
    """Indices that came as floats."""
    return () if array(value).size == 0 else indices(whole_floats(value), view.count)


def _from_one(value: Any, view: View) -> tuple[int, ...]:
    return indices([index - 1 for index in integers(value)], view.count)


def positions(*, stable: bool) -> Callable[[Any, View], tuple[int, ...]]:
    """A reader of places in the order of the scores, equal ones in their own order or reversed."""

    def read(value: Any, view: View) -> tuple[int, ...]:
        scores = np.asarray(view.inputs["scores"], dtype=float)
        order = np.argsort(-scores, kind="stable") if stable else np.argsort(scores, kind="stable")[::-1]
        return tuple(int(order[place]) for place in indices(value, view.count))

    return read


def _cut_boxes(value: Any, view: View) -> tuple[int, ...]:
    found, known = np.trunc(rows(value, BOX_WIDTH, view)), [np.trunc(table) for table in known_boxes(view)]
    if len(np.unique(known[0], axis=0)) < len(np.unique(view.inputs["boxes"], axis=0)):
        raise Unreadable(UNDECIDED)
    return match_rows(found, known, view.inputs["scores"])


def _own_scores(value: Any, view: View) -> tuple[int, ...]:
    """The scores of what was kept, matched back; only where no two inputs share a score."""
    own = np.asarray(view.inputs["scores"], dtype=float)
    given = array(value).astype(float)
    if given.ndim != 1 or len(set(own)) != len(own):
        raise Unreadable("wrong-shape")
    return match_rows(given[:, None], [own[:, None]], own)


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
    Reader(_kept(_dict_rows), ("returns-rows",)),
    Reader(in_group(_kept(_plain)), ("returns-per-class",)),
    Reader(in_group(_kept(_boxes)), ("returns-per-class", "returns-boxes")),
    Reader(in_group(_kept(_whole_rows)), ("returns-per-class", "returns-rows")),
    Reader(_kept(positions(stable=True)), fault="positions-in-sorted-order"),
    Reader(_kept(positions(stable=False)), fault="positions-in-sorted-order"),
    Reader(_kept(_complement), fault="returns-the-suppressed"),
    Reader(_kept(float_indices), fault="float-indices"),
    Reader(_kept(_column), fault="column-of-indices"),
    Reader(_kept(_from_one), fault="indices-from-one"),
    Reader(_kept(_plain, ordered=False), fault="other-order"),
    Reader(_kept(_boxes, ordered=False), fault="other-order"),
    Reader(_kept(_whole_rows, ordered=False), fault="other-order"),
    Reader(_kept(_cut_boxes), fault="cuts-returned-boxes"),
    Reader(_kept(_own_scores), fault="returns-scores-only"),
)
