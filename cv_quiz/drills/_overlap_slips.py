"""Slips of the finger in the overlap of two boxes: a wrong index or sign. They are tried when no known mistake fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.drills.contract import Mutant
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cv_quiz.drills.contract import Edit

_AREA = "({box}[..., {x2}] {minus_x} {box}[..., {x1}] + pixel) {times} ({box}[..., {y2}] {minus_y} {box}[..., {y1}] + pixel)"
_SIDE = "{high}(a[..., {a2}], b[..., {b2}]) {minus} {low}(a[..., {a1}], b[..., {b1}]) + pixel"
_RIGHT_AREA = {"x1": 0, "y1": 1, "x2": 2, "y2": 3, "minus_x": "-", "minus_y": "-", "times": "*"}
_NAMES = ("x1", "y1", "x2", "y2")
_CHECK = Text("逐个检查下标和符号。", "Check the indices and signs one by one.")


def _area_edit(box: str, **slip: object) -> Edit:
    return f"area_{box} = " + _area(box), f"area_{box} = " + _area(box, **slip)


def _area(box: str, **slip: object) -> str:
    return _AREA.format(box=box, **{**_RIGHT_AREA, **slip})


def _slips_of_areas() -> Iterator[Mutant]:
    """A wrong coordinate or sign in both areas, in the first, in the second."""
    places = (
        (Text("面积", "the areas"), "ab"),
        (Text("第一个框的面积", "the area of the first box"), "a"),
        (Text("第二个框的面积", "the area of the second box"), "b"),
    )
    for where, boxes in places:
        for place, name in enumerate(_NAMES):
            for other in range(4):
                if other != place:
                    edits = tuple(_area_edit(box, **{name: other}) for box in boxes)
                    yield _wrong_coordinate(where, name, _NAMES[other], edits)
        for key, sign in (("minus_x", "+"), ("minus_y", "+"), ("times", "+"), ("times", "/")):
            yield _wrong_sign(where, tuple(_area_edit(box, **{key: sign}) for box in boxes))


def _side(axis: int, **slip: object) -> str:
    right: dict[str, object] = {"a1": axis, "b1": axis, "a2": axis + 2, "b2": axis + 2}
    right |= {"high": "np.minimum", "low": "np.maximum", "minus": "-"}
    return _SIDE.format(**{**right, **slip})


def _slips_of_intersection() -> Iterator[Mutant]:
    """A wrong coordinate of both boxes, of the first, of the second; a wrong sign; one side used twice."""
    where = Text("交集", "the intersection")
    for axis, side in ((0, "width"), (1, "height")):
        for corner, right in (("1", axis), ("2", axis + 2)):
            for boxes in (("a", "b"), ("a",), ("b",)):
                for other in range(4):
                    if other != right:
                        slip = {f"{box}{corner}": other for box in boxes}
                        edit = f"{side} = {_side(axis)}", f"{side} = {_side(axis, **slip)}"
                        yield _wrong_coordinate(where, _NAMES[right], _NAMES[other], (edit,))
        yield _wrong_sign(where, ((f"{side} = {_side(axis)}", f"{side} = {_side(axis, minus='+')}"),))
    product = "np.maximum(width, 0.0) * np.maximum(height, 0.0)"
    for twice in ("width", "height"):
        yield _wrong_coordinate(where, "x, y", twice, ((product, f"np.maximum({twice}, 0.0) ** 2"),))
    for wrong in (
        product.replace("*", "+"),
        product.replace("0.0", "1.0"),
        product.replace("(width, 0.0)", "(width, 1.0)"),
    ):
        yield _wrong_sign(where, ((product, wrong),))


def _wrong_coordinate(where: Text, right: str, wrong: str, edits: tuple[Edit, ...]) -> Mutant:
    text = Text(
        "{where}的计算里有一处坐标错了（{right} 写成了 {wrong}）",
        "{where}: a wrong coordinate ({wrong} in the place of {right})",
    )
    return Mutant("wrong-coordinate", text.format(where=where, right=right, wrong=wrong), edits, _CHECK)


def _wrong_sign(where: Text, edits: tuple[Edit, ...]) -> Mutant:
    text = Text("{where}的计算里有一处运算或符号错了", "{where}: a wrong operation or sign").format(where=where)
    return Mutant("wrong-operation", text, edits, _CHECK)


OVERLAP_SLIPS = (*_slips_of_areas(), *_slips_of_intersection())
