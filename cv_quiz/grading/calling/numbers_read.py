"""Readers for functions that return a number or a table of numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.grading.calling.reading import Reader, Unreadable, array, first_of, number, sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from cv_quiz.comparison import Answer
    from cv_quiz.grading.calling.reading import View


# So many axes has a table.
TABLE = 2
IOU_KEYS = ("iou", "IoU", "IOU", "score", "value", "jaccard", "overlap")


def _number(value: Any, _view: View | None = None) -> float:
    if value is None:
        raise Unreadable("returned-nothing")
    if number(value):
        return float(value)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "iuf":
        return float(value)
    raise Unreadable("no-number")


def _only_one(value: Any, _view: View, *, table: bool) -> float:
    """The number that a flat array holds, or a table."""
    made = array(value)
    if made.size != 1 or made.ndim == 0 or (made.ndim >= TABLE) is not table or made.dtype.kind == "b":
        raise Unreadable("no-number")
    return float(made.reshape(()))


def _in_dict(value: Any, _view: View) -> float:
    return _number(first_of(value, IOU_KEYS))


def _first(value: Any, _view: View) -> float:
    items = sequence(value)
    if len(items) < 2:
        raise Unreadable("no-number")
    return _number(items[0])


def _table(value: Any, view: View) -> npt.NDArray[np.float64]:
    made = array(value)
    made = made[0] if view.layout.batched and made.ndim == 3 and len(made) == 1 else made
    if made.size == 0 and 0 in _shape(view):
        return np.zeros(_shape(view))
    if made.ndim != 2 or made.dtype.kind == "b":
        raise Unreadable("wrong-shape")
    return made.astype(float)


def _first_table(value: Any, view: View) -> npt.NDArray[np.float64]:
    """The first of several results, where it is a table itself."""
    items = sequence(value)
    if len(items) < 2 or np.ndim(items[0]) != 2 or np.ndim(items[1]) == 1:
        raise Unreadable("wrong-shape")
    return _table(items[0], view)


def _shape(view: View) -> tuple[int, int]:
    first, second = view.inputs.values()
    return len(first), len(second)


def _transposed(value: Any, view: View) -> npt.NDArray[np.float64]:
    made = array(value)
    if made.ndim != 2:
        raise Unreadable("wrong-shape")
    return np.zeros(_shape(view)) if made.size == 0 else made.astype(float).T


def _flat(value: Any, view: View) -> npt.NDArray[np.float64]:
    made = array(value)
    if made.ndim == 2 or made.size != _shape(view)[0] * _shape(view)[1]:
        raise Unreadable("wrong-shape")
    return made.astype(float).reshape(_shape(view))


def _changed(read: Callable[[Any, View], Answer], change: Callable[[Any], Any]) -> Callable[[Any, View], Answer]:
    """The reading of a result that was scaled or turned round on its way."""

    def changed(value: Any, view: View) -> Answer:
        answer = change(read(value, view))
        return float(answer) if np.ndim(answer) == 0 else np.asarray(answer, dtype=float)

    return changed


def _faults(read: Callable[[Any, View], Answer]) -> tuple[Reader, ...]:
    return (
        Reader(_changed(read, lambda x: x / 100), fault="percent"),
        Reader(_changed(read, lambda x: 1 - x), fault="distance"),
        Reader(_changed(read, lambda x: -x), fault="negated"),
        Reader(_changed(read, lambda x: x * 2), fault="factor"),
        Reader(_changed(read, lambda x: x / 2), fault="factor"),
        Reader(_changed(read, np.square), fault="square-root"),
        Reader(_changed(read, lambda x: np.sqrt(np.maximum(x, 0))), fault="squared"),
    )


SCALAR = (
    Reader(_number),
    Reader(partial(_only_one, table=False), ("array-of-one",)),
    Reader(partial(_only_one, table=True), ("table-of-one",)),
    Reader(_first, ("returns-more",)),
    Reader(_in_dict, ("returns-dict",)),
    *_faults(_number),
)
MATRIX = (
    Reader(_table),
    Reader(_first_table, ("returns-more",)),
    Reader(_transposed, fault="transposed"),
    Reader(_flat, fault="flattened"),
    *_faults(_table),
)
