"""One way to call a function: which value goes into which parameter, and in which form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from cv_quiz.grading.calling.names import COLUMNS
from cv_quiz.grading.exchange import Call

if TYPE_CHECKING:
    from cv_quiz.grading.calling.names import Slot

Inputs: TypeAlias = Mapping[str, Any]
Floats: TypeAlias = npt.NDArray[np.float64]

BOX_ROLES = frozenset({"boxes", "boxes_a", "boxes_b", "box", "box_a", "box_b"})
# Large enough never to cut a result off, small enough for any integer type.
MANY = 100_000


class Unsupplied(Exception):  # noqa: N818 - a reason to try another layout, no error
    """A parameter for which there is no value to pass."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a function is called.

    `form` is the way boxes are written, `container` what they are passed in, `packing` which columns one
    array holds. `adapted` names what differs from the drill's contract; `lacks` the inputs not passed.
    """

    function: str
    owner: str = ""
    slots: tuple[Slot, ...] = ()
    init_slots: tuple[Slot, ...] = ()
    attributes: tuple[str, ...] = ()
    form: str = "xyxy"
    container: str = "array"
    packing: str = "separate"
    method: Any = None
    lacks: frozenset[str] = frozenset()
    adapted: tuple[str, ...] = ()

    def call(self, inputs: Inputs, seed: int = 0) -> Call:
        """The call for one input; Unsupplied where a parameter cannot be filled."""
        args, kwargs = self._arguments(self.slots, inputs)
        init_args, init_kwargs = self._arguments(self.init_slots, inputs)
        return Call(
            function=self.function,
            args=args,
            kwargs=kwargs,
            owner=self.owner,
            init_args=init_args,
            init_kwargs=init_kwargs,
            attributes=self.attributes,
            tensors=self.container == "tensors",
            seed=seed,
        )

    def _arguments(self, slots: Sequence[Slot], inputs: Inputs) -> tuple[tuple[Any, ...], dict[str, Any]]:
        values = [(slot, self._value(slot.role, inputs)) for slot in slots]
        return (
            tuple(value for slot, value in values if not slot.keyword),
            {slot.name: value for slot, value in values if slot.keyword},
        )

    def _value(self, role: str, inputs: Inputs) -> Any:
        if role.startswith("number"):
            both = np.concatenate([reshape(inputs[name], self.form) for name in inputs])
            return float(both[int(role.removeprefix("number"))])
        if role in COLUMNS:
            return contained(reshape(inputs["boxes"], self.form)[:, COLUMNS.index(role)], self.container)
        if role in inputs:
            return self._own_value(role, inputs)
        if role in {"area_a", "area_b"}:
            return self._area(role, inputs)
        return _extra(role, inputs, self.method, self.form)

    def _area(self, role: str, inputs: Inputs) -> Any:
        """The area of one box as a number, or as an array where the box goes in as one."""
        place = ("area_a", "area_b").index(role)
        box = inputs[list(inputs)[place]]
        area = np.prod(box[..., 2:] - box[..., :2], axis=-1)
        in_rows = self.container in {"rows", ("row-first", "row-second")[place]}
        return float(area) if area.ndim == 0 and not in_rows else area.reshape(-1)

    def _own_value(self, role: str, inputs: Inputs) -> Any:
        value = inputs[role]
        if role in BOX_ROLES:
            value = reshape(value, self.form)
            if self.packing != "separate" and role == "boxes":
                value = pack(value, inputs["scores"], self.packing)
            if self.packing in {"pairs", "detection-dicts"}:
                return [_record(row, self.packing) for row in value]
        if self.container in {"row-first", "row-second"}:
            place = ("row-first", "row-second").index(self.container)
            return contained(value, "rows" if list(inputs)[place] == role else "array")
        return contained(value, self.container)


def reshape(boxes: Any, form: str) -> Floats:
    """A copy of `xyxy` boxes (..., 4) in another form."""
    x1, y1, x2, y2 = np.moveaxis(np.asarray(boxes, dtype=float), -1, 0)
    columns = {
        "xyxy": (x1, y1, x2, y2),
        "xywh": (x1, y1, x2 - x1, y2 - y1),
        "cxcywh": ((x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1),
        "yxyx": (y1, x1, y2, x2),
        "xxyy": (x1, x2, y1, y2),
    }[form]
    return np.stack(columns, axis=-1)


def pack(boxes: Floats, scores: Any, packing: str) -> Floats:
    """Boxes (n, 4) and scores in one array, in the columns people use; classes are all zero."""
    score = np.asarray(scores, dtype=float).reshape(-1, 1)
    zero = np.zeros_like(score)
    return np.concatenate(
        {
            "dets": [boxes, score],
            "pairs": [boxes, score],
            "detection-dicts": [boxes, score],
            "dets-with-class": [boxes, score, zero],
            "dets-objectness-class": [boxes, score, np.ones_like(score), zero],
            "class-score-first": [zero, score, boxes],
            "score-first": [score, boxes],
            "class-first": [zero, boxes, score],
            "boxes-only": [boxes],
        }[packing],
        axis=1,
    )


def contained(value: Any, container: str) -> Any:
    """A fresh copy of a value in the container wanted; numbers stay numbers."""
    if not isinstance(value, np.ndarray):
        return value
    match container:
        case "array" | "tensors":
            wrapped: Any = value.copy()
        case "rows":
            wrapped = value.reshape(1, -1).copy() if value.ndim == 1 else value.copy()
        case "tuples":
            wrapped = tuple(value.tolist()) if value.ndim == 1 else [tuple(row) for row in value.tolist()]
        case "dicts" | "short-dicts":
            wrapped = dict(zip(_KEYS[container], value.tolist(), strict=True))
        case "corners":
            wrapped = [tuple(value[:2].tolist()), tuple(value[2:].tolist())]
        case _:
            wrapped = value.tolist()
    return wrapped


_KEYS = {"dicts": ("x1", "y1", "x2", "y2"), "short-dicts": ("xmin", "ymin", "xmax", "ymax")}


def _record(row: Floats, packing: str) -> Any:
    """One detection as a pair, or as a dict that has every key people look for."""
    box, score = row[:4].tolist(), float(row[4])
    if packing == "pairs":
        return tuple(box), score
    keys: dict[str, Any] = dict.fromkeys(("bbox", "box"), box)
    keys |= dict.fromkeys(("score", "confidence", "conf", "prob"), score)
    return keys | dict.fromkeys(("class", "label", "class_id", "category"), 0)


def _extra(role: str, inputs: Inputs, method: Any, form: str) -> Any:
    """A harmless value for a parameter that the contract does not have."""
    if role == "classes":
        return np.zeros(len(inputs["boxes"]), dtype=np.int64)
    values = {
        "max_output": MANY,
        "score_floor": 0.0,
        "mode": "Union",
        "form": form if method is None else method,
        "method": "gaussian" if method is None else method,
        "nt": 0.3,
        "max_iter": 300,
        "tolerance": 0.0,
        "seed": 0,
        "ignored": 0,
    }
    if role not in values:
        raise Unsupplied(role)
    return values[role]
