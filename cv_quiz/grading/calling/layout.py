"""One way to call a function: which value goes into which parameter, and in which form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from cv_quiz.grading.calling.records import named, record
from cv_quiz.grading.calling.vocabulary import COLUMNS, EXTRA_VALUES, LIMITS
from cv_quiz.grading.exchange import Call

if TYPE_CHECKING:
    from cv_quiz.grading.calling.names import Slot

Inputs: TypeAlias = Mapping[str, Any]
Floats: TypeAlias = npt.NDArray[np.float64]

BOX_ROLES = frozenset({"boxes", "boxes_a", "boxes_b", "box", "box_a", "box_b"})
# Ways to hand over a whole batch of one image, whose results come back with one more axis.
BATCHES = frozenset({"batch", "list-of-one"})
PREDICTIONS = frozenset({"prediction", "prediction-columns"})
_LARGEST_SIDE = 512  # pixels


class Unsupplied(Exception):  # noqa: N818 - a reason to try another layout, no error
    """A parameter for which there is no value to pass."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a function is called.

    `form` is the way boxes are written, `container` what they are passed in, `packing` which columns one
    array holds. `axes` tells how tables lie: `as-is`, `turned` with a column for each box or point, or as
    a batch of one. `given` are the values of extra roles
    that are not the usual ones. `adapted` names what differs from the drill's contract; `lacks` the inputs
    not passed.
    """

    function: str
    owner: str = ""
    slots: tuple[Slot, ...] = ()
    init_slots: tuple[Slot, ...] = ()
    attributes: tuple[str, ...] = ()
    form: str = "xyxy"
    container: str = "array"
    packing: str = "separate"
    axes: str = "as-is"
    given: tuple[tuple[str, Any], ...] = ()
    lacks: frozenset[str] = frozenset()
    adapted: tuple[str, ...] = ()

    @property
    def batched(self) -> bool:
        """Whether the input goes in as a batch of one, so that the result may come out as one."""
        return self.axes in BATCHES or self.packing in PREDICTIONS

    @property
    def unlifted(self) -> Layout:
        """The same way to call with every limit at the function's own default."""

        def left(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
            return tuple(slot for slot in slots if not (slot.default and slot.role in LIMITS))

        adapted = tuple(item for item in self.adapted if item != "limits-lifted")
        return replace(self, slots=left(self.slots), init_slots=left(self.init_slots), adapted=adapted)

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
        values = [(slot, self._value(slot, inputs)) for slot in slots]
        return (
            tuple(value for slot, value in values if not slot.keyword),
            {slot.name: value for slot, value in values if slot.keyword},
        )

    def _value(self, slot: Slot, inputs: Inputs) -> Any:
        role = slot.role
        if role.startswith("number"):
            both = np.concatenate([reshape(inputs[name], self.form) for name in inputs])
            return float(both[int(role.removeprefix("number"))])
        if role in COLUMNS:
            return contained(reshape(inputs["boxes"], self.form)[:, COLUMNS.index(role)], self.container)
        value = self._own_value(role, inputs) if role in inputs else self._extra(role, inputs)
        return value if slot.factor == 1.0 else value * slot.factor

    def _own_value(self, role: str, inputs: Inputs) -> Any:
        value = inputs[role]
        if role in BOX_ROLES:
            if self.container == "named-dicts":
                return named(value, self.form)
            if self.packing in {"pairs", "detection-dicts"}:
                return self._detections(inputs)
            value = reshape(value, self.form)
            if self.packing != "separate" and role == "boxes":
                value = pack(value, inputs["scores"], self.packing)
        if self.axes != "as-is" and isinstance(value, np.ndarray):
            return laid(value, self.axes)
        if self.container in {"row-first", "row-second"}:
            place = ("row-first", "row-second").index(self.container)
            return contained(value, "rows" if list(inputs)[place] == role else "array")
        return contained(value, self.container)

    def _detections(self, inputs: Inputs) -> list[Any]:
        """Each box with its score: a pair, or a dict."""
        written, scores = reshape(inputs["boxes"], self.form).tolist(), np.asarray(inputs["scores"], float).tolist()
        if self.packing == "pairs":
            return [(tuple(box), score) for box, score in zip(written, scores, strict=True)]
        rows = zip(inputs["boxes"], scores, written, strict=True)
        return [record(box, score, own, self.form) for box, score, own in rows]

    def _extra(self, role: str, inputs: Inputs) -> Any:
        """A harmless value for a parameter that the contract does not have."""
        first = next(iter(inputs.values()))
        if role in {"area_a", "area_b"}:
            return self._area(role, inputs)
        if role == "classes":
            return laid(contained(np.zeros(len(first), dtype=np.int64), self.container), self.axes)
        if role == "image":
            return _blank(first)
        if role in {"point_count", "point_size"}:
            return first.shape[0 if role == "point_count" else 1]
        values = {name: values[0] for name, values in EXTRA_VALUES.items()} | {"form": self.form} | dict(self.given)
        if role not in values:
            raise Unsupplied(role)
        return values[role]

    def _area(self, role: str, inputs: Inputs) -> Any:
        """The area of one box as a number, or as an array where the box goes in as one."""
        place = ("area_a", "area_b").index(role)
        box = inputs[list(inputs)[place]]
        area = np.prod(box[..., 2:] - box[..., :2], axis=-1)
        in_rows = self.container in {"rows", ("row-first", "row-second")[place]}
        return float(area) if area.ndim == 0 and not in_rows else area.reshape(-1)


def _blank(boxes: Floats) -> npt.NDArray[np.uint8]:
    """A black image that the boxes (n, 4) lie in, of a size that can be sent with every call."""
    right, bottom = np.clip(boxes[:, 2:].max(axis=0, initial=0.0), 1, _LARGEST_SIDE)
    return np.zeros((int(np.ceil(bottom)), int(np.ceil(right)), 3), dtype=np.uint8)


def reshape(boxes: Any, form: str) -> Floats:
    """A copy of `xyxy` boxes (..., 4) in another form."""
    if form == "xyxy":
        return np.array(boxes, dtype=float)
    x1, y1, x2, y2 = np.moveaxis(np.asarray(boxes, dtype=float), -1, 0)
    columns = {
        "xywh": (x1, y1, x2 - x1, y2 - y1),
        "cxcywh": ((x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1),
        "yxyx": (y1, x1, y2, x2),
        "xxyy": (x1, x2, y1, y2),
        "x2y2x1y1": (x2, y2, x1, y1),
    }[form]
    return np.stack(columns, axis=-1)


def pack(boxes: Floats, scores: Any, packing: str) -> Floats:
    """Boxes (n, 4) and scores in one array, in the columns people use; classes are all zero."""
    score = np.asarray(scores, dtype=float).reshape(-1, 1)
    zero, one = np.zeros_like(score), np.ones_like(score)
    table = np.concatenate(
        {
            "dets": [boxes, score],
            "dets-with-class": [boxes, score, zero],
            "dets-objectness-class": [boxes, score, one, zero],
            "class-score-first": [zero, score, boxes],
            "score-first": [score, boxes],
            "class-first": [zero, boxes, score],
            "boxes-only": [boxes],
            "prediction": [boxes, score, one],
            "prediction-columns": [boxes, score],
        }[packing],
        axis=1,
    )
    return {"prediction": table[None], "prediction-columns": table.T[None]}.get(packing, table)


def laid(value: Any, axes: str) -> Any:
    """A fresh copy of an array with its axes as they are wanted."""
    match axes:
        case "batch":
            return value[None].copy()
        case "list-of-one":
            return [value.copy()]
        case "turned":
            return np.ascontiguousarray(value.T)
    return value


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
        case "dicts":
            wrapped = dict(zip(COLUMNS, value.tolist(), strict=True))
        case "corners":
            wrapped = [tuple(value[:2].tolist()), tuple(value[2:].tolist())]
        case _:
            wrapped = value.tolist()
    return wrapped
