"""Slips of the finger in the overlap of two boxes: a wrong index or sign. They are tried when no known mistake fits."""

from __future__ import annotations

from itertools import product
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


_PLACES = (
    (Text("面积", "the areas"), "ab"),
    (Text("第一个框的面积", "the area of the first box"), "a"),
    (Text("第二个框的面积", "the area of the second box"), "b"),
)


def _slips_of_areas() -> Iterator[Mutant]:
    """A wrong coordinate or sign in both areas, in the first, in the second."""
    for where, boxes in _PLACES:
        for place, name in enumerate(_NAMES):
            for other in range(4):
                if other != place:
                    edits = tuple(_area_edit(box, **{name: other}) for box in boxes)
                    yield _wrong_coordinate(where, name, _NAMES[other], edits)
        for slip, signs in _WRONG_SIGNS:
            yield _wrong_sign(where, slip, tuple(_area_edit(box, **signs) for box in boxes))


_WRONG_SIGNS: tuple[tuple[str, dict[str, str]], ...] = (
    ("x2 + x1", {"minus_x": "+"}),
    ("y2 + y1", {"minus_y": "+"}),
    ("x2 + x1, y2 + y1", {"minus_x": "+", "minus_y": "+"}),
    ("(x2 - x1) + (y2 - y1)", {"times": "+"}),
    ("(x2 - x1) / (y2 - y1)", {"times": "/"}),
    ("(x2 - x1) - (y2 - y1)", {"times": "-"}),
)


def _side(axis: int, **slip: object) -> str:
    right: dict[str, object] = {"a1": axis, "b1": axis, "a2": axis + 2, "b2": axis + 2}
    right |= {"high": "np.minimum", "low": "np.maximum", "minus": "-"}
    return _SIDE.format(**{**right, **slip})


def _slips_of_other_boxes() -> Iterator[Mutant]:
    """An area with one coordinate of the other box."""
    for box, other, where in (("a", "b", _PLACES[1][0]), ("b", "a", _PLACES[2][0])):
        for at, name in enumerate(_NAMES):
            text = Text("{where}里用了另一个框的 {name}", "{name} of the other box stands in {where}").format(
                where=where, name=name
            )
            edit = (
                f"area_{box} = " + _area(box),
                f"area_{box} = " + _area(box).replace(f"{box}[..., {at}]", f"{other}[..., {at}]"),
            )
            yield Mutant("wrong-coordinate", text, (edit,), _CHECK)


def _slips_of_intersection() -> Iterator[Mutant]:
    """A wrong coordinate in the intersection, of both boxes, of the first, of the second."""
    for axis, side in ((0, "width"), (1, "height")):
        for corner, right in (("1", axis), ("2", axis + 2)):
            for boxes, other in product((("a", "b"), ("a",), ("b",)), range(4)):
                if other != right:
                    places = {f"{box}{corner}": other for box in boxes}
                    edit = f"{side} = {_side(axis)}", f"{side} = {_side(axis, **places)}"
                    yield _wrong_coordinate(_SHARED, _NAMES[right], _NAMES[other], (edit,))


def _slips_of_one_box() -> Iterator[Mutant]:
    """A corner of the intersection that is a corner of one of the boxes."""
    for axis, side in ((0, "width"), (1, "height")):
        for at, best in ((axis + 2, "np.minimum"), (axis, "np.maximum")):
            both = f"{best}(a[..., {at}], b[..., {at}])"
            for box, zh, en in (("a", "第一个", "first"), ("b", "第二个", "second")):
                text = Text(
                    f"交集的 {_NAMES[at]} 只取了{zh}框的，没有与另一个框比较",
                    f"{_NAMES[at]} of the intersection is that of the {en} box alone: it is not compared with the other box's",
                )
                edit = f"{side} = {_side(axis)}", f"{side} = {_side(axis).replace(both, f'{box}[..., {at}]')}"
                yield Mutant("corner-of-one-box", text, (edit,), _CHECK)


def _slips_of_operations() -> Iterator[Mutant]:
    """A wrong sign or operation in the intersection, one side used twice or alone."""
    for axis, side in ((0, "width"), (1, "height")):
        slip = f"min({_NAMES[axis + 2]}) + max({_NAMES[axis]})"
        yield _wrong_sign(_SHARED, slip, ((f"{side} = {_side(axis)}", f"{side} = {_side(axis, minus='+')}"),))
        yield _wrong_sign(_SHARED, f"{side} * {side}", ((_PRODUCT, f"np.maximum({side}, 0.0) ** 2"),))
    for slip, wrong in (
        ("max(1, width) * max(1, height)", _PRODUCT.replace("0.0", "1.0")),
        ("max(1, width)", _PRODUCT.replace("(width, 0.0)", "(width, 1.0)")),
        ("max(1, height)", _PRODUCT.replace("(height, 0.0)", "(height, 1.0)")),
        ("(max(width, 0) * max(height, 0)) ** 2", f"({_PRODUCT}) ** 2"),
        ("max(width, 0)", "np.maximum(width, 0.0)"),
        ("max(height, 0)", "np.maximum(height, 0.0)"),
        ("max(0, max(width, height))", "np.maximum(np.maximum(width, height), 0.0)"),
        ("min(0, width) * min(0, height)", _PRODUCT.replace("maximum", "minimum")),
    ):
        yield _wrong_sign(_SHARED, slip, ((_PRODUCT, wrong),))


_SHARED = Text("交集", "the intersection")
_PRODUCT = "np.maximum(width, 0.0) * np.maximum(height, 0.0)"


def _wrong_coordinate(where: Text, right: str, wrong: str, edits: tuple[Edit, ...]) -> Mutant:
    text = Text(
        "{where}里用错了坐标：该用 {right} 的地方写成了 {wrong}",
        "a wrong coordinate in {where}: {wrong} stands where {right} belongs",
    )
    return Mutant("wrong-coordinate", text.format(where=where, right=right, wrong=wrong), edits, _CHECK)


def _wrong_sign(where: Text, slip: str, edits: tuple[Edit, ...]) -> Mutant:
    text = Text("{where}里的运算错了：{slip}", "a wrong operation in {where}: {slip}").format(where=where, slip=slip)
    return Mutant("wrong-operation", text, edits, _CHECK)


def _slips_of_pixels() -> Iterator[Mutant]:
    """+1 in some places and not in others."""
    everywhere = Text("处处加 1，或处处不加。", "Add 1 everywhere or nowhere.")
    places = (
        (Text("只有宽加了 1，高没有加", "only widths have +1, heights have not"), "x", "wab"),
        (Text("只有高加了 1，宽没有加", "only heights have +1, widths have not"), "y", "hab"),
        (Text("交集只有宽加了 1，别处都没有加", "only the width of the intersection has +1, nothing else"), "x", "w"),
        (Text("交集只有高加了 1，别处都没有加", "only the height of the intersection has +1, nothing else"), "y", "h"),
        (Text("只有第一个框的面积加了 1", "only the area of the first box has +1"), "xy", "a"),
        (Text("只有第二个框的面积加了 1", "only the area of the second box has +1"), "xy", "b"),
        (Text("第二个框的面积没有加 1，别处都加了", "the area of the second box lacks the +1 that everything else has"), "xy", "wha"),
        (Text("第一个框的面积没有加 1，别处都加了", "the area of the first box lacks the +1 that everything else has"), "xy", "whb"),
    )  # fmt: skip
    for text, axes, where in places:
        yield Mutant("one-in-some-places-only", text, tuple(_pixel_edits(axes, where)), everywhere)
    for axis, side, name in ((0, "width", "宽"), (1, "height", "高")):
        text = Text(
            f"别处都加了 1，交集的{name}没有加", f"everything has +1 but the {side} of the intersection has not"
        )
        yield Mutant(
            "one-is-missing",
            text,
            ((f"{side} = {_side(axis)}", f"{side} = {_side(axis).replace(' + pixel', '')}"),),
            everywhere,
        )
        for box, zh, en in (("a", "第一个", "first"), ("b", "第二个", "second")):
            factor = _area(box).split(" * ")[axis]
            text = Text(
                f"别处都加了 1，{zh}框面积里的{name}没有加",
                f"everything has +1 but the {side} in the area of the {en} box has not",
            )
            yield Mutant(
                "one-is-missing",
                text,
                (
                    (
                        f"area_{box} = {_area(box)}",
                        f"area_{box} = {_area(box).replace(factor, factor.replace(' + pixel', ''))}",
                    ),
                ),
                everywhere,
            )
    text = Text("宽高减了 1，应为 x2 − x1", "sides are x2 - x1 - 1 where x2 - x1 is meant")
    minus = tuple((old, new.replace("+ 1.0", "- 1.0")) for old, new in _pixel_edits("xy", "whab"))
    yield Mutant("minus-one", text, minus, Text("宽是 x2 − x1。", "The width is x2 - x1."))


def _pixel_edits(axes: str, where: str) -> Iterator[Edit]:
    for axis, name, side in ((0, "x", "width"), (1, "y", "height")):
        if side[0] in where and name in axes:
            yield f"{side} = {_side(axis)}", f"{side} = {_side(axis).replace('+ pixel', '+ 1.0')}"
    for box in "ab":
        if box in where:
            first, second = _area(box).split(" * ")
            first = first.replace("+ pixel", "+ 1.0") if "x" in axes else first
            second = second.replace("+ pixel", "+ 1.0") if "y" in axes else second
            yield f"area_{box} = {_area(box)}", f"area_{box} = {first} * {second}"


_INTER = "inter = np.maximum(width, 0.0) * np.maximum(height, 0.0)"
_UNION = "union = area_a + area_b - inter + eps"
_UNION_HINT = Text("并集 = area_a + area_b − 交集。", "Union = area_a + area_b - intersection.")
_START = "    width = np.minimum("
_XYXY = Text("xyxy 的后两个数就是右下角。", "The last two numbers of an xyxy box are its lower-right corner.")


def _slips_of_formats() -> Iterator[Mutant]:
    """Coordinates taken for something else, or cut."""
    corners = "np.concatenate([{0}[..., :2], {0}[..., :2] + {0}[..., 2:]], axis=-1)"
    middles = "np.concatenate([{0}[..., :2] - {0}[..., 2:] / 2, {0}[..., :2] + {0}[..., 2:] / 2], axis=-1)"
    for made, name in ((corners, "(x, y, w, h)"), (middles, "(cx, cy, w, h)")):
        text = Text(
            "交集把框当成 {name} 来算，面积却按 xyxy 算", "the intersection takes the boxes for {name}, the areas take them for xyxy"
        ).format(name=name)  # fmt: skip
        change = f"    whole_a, whole_b = a, b\n    a, b = {made.format('a')}, {made.format('b')}\n" + _START
        back = "    a, b = whole_a, whole_b\n    area_a = ("
        yield Mutant("formats-mixed", text, ((_START, change), ("    area_a = (", back)), _XYXY)
        for box, zh, en in (("a", "第一个", "first"), ("b", "第二个", "second")):
            text = Text(
                f"{zh}框被当成 {name} 来算，另一个按 xyxy 算",
                f"the {en} box is taken for {name}, the other one for xyxy",
            )
            edit = _START, f"    {box} = {made.format(box)}\n" + _START
            yield Mutant("formats-mixed", text, (edit,), _XYXY)
    for change, zh, en in (
        ("np.clip({0}, 0.0, 1.0)", "坐标被截断到 0 到 1 之间", "coordinates are clipped to 0..1"),
        ("np.mod({0}, 256)", "坐标存成了 8 位整数：大于 255 的溢出", "coordinates are kept in 8 bits: more than 255 wraps round"),
        ("np.mod(np.trunc({0}), 256)", "坐标存成了 8 位整数：大于 255 的溢出", "coordinates are kept in 8 bits: more than 255 wraps round"),
    ):  # fmt: skip
        edit = _START, f"    a, b = {change.format('a')}, {change.format('b')}\n" + _START
        yield Mutant(
            "coordinates-cut", Text(zh, en), (edit,), Text("坐标保持为浮点数。", "Keep coordinates as floats.")
        )


def _slips_of_types() -> Iterator[Mutant]:
    """Numbers cut on the way, each box scaled by itself."""
    for cut, zh, en in (
        ("np.trunc({0})", "取整", "cut to whole numbers"),
        ("np.round({0})", "四舍五入到整数", "rounded to whole numbers"),
    ):
        areas = tuple((f"area_{box} = {_area(box)}", f"area_{box} = " + cut.format(_area(box))) for box in "ab")
        inter = (_INTER, "inter = " + cut.format(_INTER.removeprefix("inter = ")))
        hint = Text("面积是浮点数，不要用 int。", "Areas are floats: leave out int.")
        yield Mutant(
            "areas-cut-to-integers",
            Text(
                f"面积（和交集）被{zh}了：小数丢失了", f"the areas (and the intersection) are {en}: fractions are lost"
            ),
            (*areas, inter),
            hint,
            variants=(areas,),
        )
        yield Mutant(
            "areas-cut-to-integers",
            Text(f"交集的面积被{zh}了：小数丢失了", f"the area of the intersection is {en}: fractions are lost"),
            (inter,),
            hint,
        )
    text = Text(
        "用 float16 计算：只剩三位有效数字，大的面积会溢出",
        "it computes in float16: only three digits are left, and large areas overflow",
    )
    edit = _START, "    a, b = a.astype(np.float16), b.astype(np.float16)\n" + _START
    yield Mutant(
        "half-precision", text, (edit,), Text("用 float（float64）或 float32。", "Use float (float64) or float32.")
    )
    own = "    a, b = a / np.maximum(np.abs(a).max({0}), 1e-12), b / np.maximum(np.abs(b).max({0}), 1e-12)\n" + _START
    text = Text(
        "两边的框各自除以自己的最大坐标：缩放不同，不能再比较",
        "each side is scaled by its own largest coordinate: in different scales boxes cannot be compared",
    )
    spelled = tuple(((_START, own.format(axes)),) for axes in ("", "axis=-1, keepdims=True"))
    yield Mutant(
        "scaled-apart",
        text,
        spelled[0],
        Text("两边用同样的缩放，或都不缩放。", "Scale both alike, or neither."),
        variants=spelled[1:],
    )


def _slips_of_unions() -> Iterator[Mutant]:
    """Denominators that are no union."""
    for union, zh, en in (
        ("area_a * area_b", "两个面积的乘积", "the product of the two areas"),
        ("np.sqrt(area_a * area_b)", "两个面积的几何平均", "the geometric mean of the two areas"),
        ("(area_a + area_b - inter) / 2", "并集的一半", "half of the union"),
        ("(area_a + area_b - inter) * 2", "并集的两倍", "twice the union"),
        ("np.abs(area_a - area_b)", "两个面积之差", "the difference of the two areas"),
        ("area_a - inter", "第一个框中除去交集的部分", "the first area without the intersection"),
        ("area_b - inter", "第二个框中除去交集的部分", "the second area without the intersection"),
        ("area_a + inter", "第一个面积与交集之和", "the first area plus the intersection"),
        ("area_b + inter", "第二个面积与交集之和", "the second area plus the intersection"),
        ("area_a + area_b - inter + 1.0", "并集加 1（小框的 IoU 会变得很小）", "the union plus 1 (which makes small boxes overlap too little)"),
        ("inter", "交集自己（结果只会是 0 或 1）", "the intersection itself (the result can only be 0 or 1)"),
    ):  # fmt: skip
        text = Text(f"分母用了{zh}，应为并集", f"it divides by {en}, not by the union")
        yield Mutant("divides-by-something-else", text, ((_UNION, f"union = {union} + eps"),), _UNION_HINT)


ALWAYS_ZERO = Mutant(
    "overlap-always-zero",
    Text("每一对框的 IoU 都是 0", "every IoU comes out as 0"),
    ((_INTER, "inter = 0.0 * (width + height)"),),
    Text(
        "取两个相交的框，打印交集的宽、高和面积，看哪一步、哪个 if 得出了 0。",
        "Take two boxes that cross, print width, height and area of the intersection, and see which step or if gives 0.",
    ),
)

OVERLAP_SLIPS = (
    ALWAYS_ZERO,
    *_slips_of_unions(),
    *_slips_of_pixels(),
    *_slips_of_formats(),
    *_slips_of_types(),
    *_slips_of_areas(),
    *_slips_of_other_boxes(),
    *_slips_of_one_box(),
    *_slips_of_intersection(),
    *_slips_of_operations(),
)
