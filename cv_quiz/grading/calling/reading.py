"""What the readers of results share: what a reader is, why a result cannot be read, and the plain conversions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cv_quiz.comparison import Answer
    from cv_quiz.grading.calling.layout import Layout
    from cv_quiz.grading.exchange import Reply


# Every integer below it is a float of its own.
_LARGEST = 2.0**53
# The fault of a result that a reader cannot decide on, though it might well be read.
UNDECIDED = "undecided"


class Unreadable(Exception):  # noqa: N818 - one reader passing the result on to the next, no error
    """A result that this reader cannot read; `fault` is an id in the catalogue of faults."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class View:
    """A reply together with what was sent."""

    reply: Reply
    inputs: Mapping[str, Any]
    layout: Layout

    @property
    def turned(self) -> bool:
        """Whether tables went in with a column for each box or point, and so come out."""
        return self.layout.axes == "turned"

    @property
    def count(self) -> int:
        """How many boxes or points were sent."""
        first = next(iter(self.inputs.values()))
        return len(first)


@dataclass(frozen=True, slots=True)
class Reader:
    """One way to read a result. With a `fault` the reading explains a mistake and is never accepted."""

    read: Callable[[Any, View], Answer]
    adapted: tuple[str, ...] = ()
    fault: str = ""


def whole(value: Any) -> bool:
    """Whether a value is an integer of any kind; True and False are not."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool | np.bool_)


def number(value: Any) -> bool:
    """Whether a value is one real number."""
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool | np.bool_)


def array(value: Any) -> npt.NDArray[Any]:
    """A value as an array of numbers; Unreadable where it is ragged, text, or no array at all."""
    if value is None:
        raise Unreadable("returned-nothing")
    try:
        made = np.asarray(value)
    except (ValueError, TypeError) as error:
        raise Unreadable("ragged") from error
    if made.dtype.kind not in "biuf":
        raise Unreadable("no-numbers")
    return made


def integers(value: Any) -> tuple[int, ...]:
    """A flat sequence of integers; Unreadable for floats, masks and other shapes."""
    if value is None:
        raise Unreadable("returned-nothing")
    if isinstance(value, list | tuple):
        flat = [item.item() if isinstance(item, np.ndarray) and item.ndim == 0 else item for item in value]
        if all(whole(item) for item in flat):
            return tuple(int(item) for item in flat)
    if isinstance(value, str | bytes | set | frozenset) or number(value):
        raise Unreadable("no-sequence")
    made = array(value)
    if made.size == 0 and made.ndim <= 2:
        return ()
    if made.ndim != 1:
        raise Unreadable("wrong-shape")
    if made.dtype.kind == "f":
        raise Unreadable("float-indices")
    if made.dtype.kind == "b":
        raise Unreadable("mask")
    return tuple(int(item) for item in made)


def whole_floats(value: Any) -> tuple[int, ...]:
    """A flat array of floats without fractions as integers; Unreadable where one is NaN, infinite or huge."""
    made = array(value)
    if made.ndim != 1 or made.dtype.kind != "f" or not (np.abs(made) < _LARGEST).all() or (made % 1 != 0).any():
        raise Unreadable("no-sequence")
    return tuple(int(item) for item in made)


def indices(value: Any, count: int) -> tuple[int, ...]:
    """Integers that are all in 0..count-1."""
    found = integers(value)
    if any(not 0 <= index < count for index in found):
        raise Unreadable("out-of-range")
    return found


def rows(value: Any, widths: frozenset[int], view: View) -> npt.NDArray[np.float64]:
    """A table of numbers with one of the widths; anything empty has no rows."""
    if isinstance(value, list | tuple) and value and all(_is_pair(item) for item in value):
        value = [[*np.ravel(item[0]), item[1]] for item in value]
    made = array(value).astype(float)
    made = made.T if view.turned else made
    if made.size == 0:
        return np.zeros((0, min(widths)))
    if made.ndim != 2 or made.shape[1] not in widths:
        raise Unreadable("wrong-shape")
    return made


def _is_pair(item: Any) -> bool:
    """A box with its score: ((x1, y1, x2, y2), score)."""
    return isinstance(item, list | tuple) and len(item) == 2 and np.size(item[0]) == 4 and number(item[1])


def first_of(value: Any, keys: tuple[str, ...]) -> Any:
    """The value of the first key a dict has; Unreadable where there is none."""
    if not isinstance(value, dict):
        raise Unreadable("no-dict")
    for key in keys:
        if key in value:
            return value[key]
    raise Unreadable("no-such-key")


def only_group(value: Any, view: View) -> Any:
    """What a dict or list of one group holds; from a batch, the result for its one image."""
    if view.layout.batched:
        if isinstance(value, np.ndarray) and value.ndim > 1 and len(value) == 1:
            return value[0]
        if isinstance(value, list | tuple) and len(value) == 1 and value[0] is None:
            return []
    if isinstance(value, dict) and len(value) <= 1:
        return next(iter(value.values()), [])
    items = sequence(value)
    if len(items) == 1 and isinstance(items[0], list | tuple | np.ndarray):
        return items[0]
    raise Unreadable("no-group")


def in_group(read: Callable[[Any, View], Answer]) -> Callable[[Any, View], Answer]:
    """A reader of what the only group holds."""
    return lambda value, view: read(only_group(value, view), view)


def sequence(value: Any) -> list[Any]:
    """The items of a list or tuple; Unreadable for anything else."""
    if value is None:
        raise Unreadable("returned-nothing")
    if not isinstance(value, list | tuple):
        raise Unreadable("no-sequence")
    return list(value)
