"""Boxes and detections as dicts: under every key that people look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# A key says which coordinate it holds. Only `x` and `y` do not say whether they are a corner or the centre.
_KEYS = {
    "left": ("x1", "xmin", "x_min", "xMin", "left", "Left", "bb_left"),
    "top": ("y1", "ymin", "y_min", "yMin", "top", "Top", "bb_top"),
    "right": ("x2", "xmax", "x_max", "xMax", "right", "Right"),
    "bottom": ("y2", "ymax", "y_max", "yMax", "bottom", "Bottom"),
    "width": ("w", "width", "Width", "bb_width"),
    "height": ("h", "height", "Height", "bb_height"),
    "centre_x": ("cx", "xc", "x_center", "center_x"),
    "centre_y": ("cy", "yc", "y_center", "center_y"),
}
# Forms under which such a dict differs.
NAMED_FORMS = frozenset({"xyxy", "cxcywh"})
SCORE_NAMES = ("score", "confidence", "conf", "prob")
_CLASS_NAMES = ("class", "label", "class_id", "category")


def named(box: Sequence[float], form: str) -> dict[str, float]:
    """A dict of the box (x1, y1, x2, y2); `x` and `y` are its centre where the form has one, else its corner."""
    left, top, right, bottom = (float(number) for number in box)
    values = {
        "left": left,
        "top": top,
        "right": right,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
        "centre_x": (left + right) / 2,
        "centre_y": (top + bottom) / 2,
    }
    made = {key: values[what] for what, keys in _KEYS.items() for key in keys}
    x, y = ("centre_x", "centre_y") if form == "cxcywh" else ("left", "top")
    return made | {"x": values[x], "y": values[y]}


def record(box: Sequence[float], score: float, written: list[float], form: str) -> dict[str, Any]:
    """One detection as a dict. `written` is the box (x1, y1, x2, y2) in the form."""
    made: dict[str, Any] = {**named(box, form), "bbox": written, "box": written}
    made |= dict.fromkeys(SCORE_NAMES, score)
    return made | dict.fromkeys(_CLASS_NAMES, 0)
