"""The ways in which people get the overlap of two boxes wrong, as edits of `_boxes.overlap`."""

from __future__ import annotations

from itertools import combinations

from cv_quiz.drills.contract import Edit, Mutant
from cv_quiz.language import Text

_ABS = "inter = np.abs(width) * np.abs(height)"
_INTER = "inter = np.maximum(width, 0.0) * np.maximum(height, 0.0)"
_UNION = "union = area_a + area_b - inter + eps"
_START = "    width = np.minimum("

MIXED_PIXEL = Mutant(
    "one-in-intersection-only",
    Text(
        zh="交集的宽高加了 1，面积却没有加：两种坐标约定混用，IoU 会偏大，甚至超过 1",
        en="the sides of the intersection have +1 but the areas have not: two conventions mixed, so IoU is too large",
    ),
    (("b[..., 0]) + pixel", "b[..., 0]) + 1.0"), ("b[..., 1]) + pixel", "b[..., 1]) + 1.0")),
    Text(zh="要么处处加 1，要么处处不加。", en="Add 1 everywhere or nowhere."),
)
AREAS_PIXEL = Mutant(
    "one-in-areas-only",
    Text(
        zh="面积的宽高加了 1，交集却没有加：两种坐标约定混用，IoU 会偏小",
        en="the sides of the boxes have +1 but the intersection has not: two conventions mixed, so IoU is too small",
    ),
    (("area_a = (", "a, b = a + [0, 0, 1, 1], b + [0, 0, 1, 1]\n    area_a = ("),),
    Text(zh="要么处处加 1，要么处处不加。", en="Add 1 everywhere or nowhere."),
)
NO_CLAMP = Mutant(
    "no-clamp",
    Text(
        zh="不相交时交集的宽高没有截断为 0：两个负数相乘成了正的“交集”",
        en="the sides of the intersection are not clamped at 0: two negative sides multiply to a positive intersection",
    ),
    ((_INTER, "inter = width * height"),),
    Text(zh="先对宽、高分别取 max(0, ·)，再相乘。", en="Take max(0, ...) of each side before you multiply."),
    variants=(((_INTER, "inter = np.maximum(width * height, 0.0)"),), ((_INTER, _ABS),)),
)
UNION_TWICE = Mutant(
    "union-counts-twice",
    Text(
        zh="并集没有减去交集：重叠部分在 area_a + area_b 中被算了两次",
        en="the union does not subtract the intersection: the shared part is counted twice in area_a + area_b",
    ),
    ((_UNION, "union = area_a + area_b + eps"),),
    Text(zh="并集 = 面积之和 − 交集。", en="Union = sum of the areas minus the intersection."),
)
BY_OTHER = Mutant(
    "divides-by-other-area",
    Text(
        zh="分母用了另一个框的面积，而不是并集：这不是 IoU",
        en="it divides by the area of the other box, not by the union: that is not IoU",
    ),
    ((_UNION, "union = area_b + eps"),),
    Text(zh="分母应是 area_a + area_b − 交集。", en="The denominator is area_a + area_b - intersection."),
)
BY_OWN = Mutant(
    "divides-by-own-area",
    Text(
        zh="分母用了第一个（被选中的）框自己的面积，而不是并集：这不是 IoU",
        en="it divides by the area of the first (picked) box, not by the union: that is not IoU",
    ),
    ((_UNION, "union = area_a + eps"),),
    Text(zh="分母应是 area_a + area_b − 交集。", en="The denominator is area_a + area_b - intersection."),
)
BY_SMALLER = Mutant(
    "divides-by-smaller-area",
    Text(
        zh="分母用了两框中较小的面积，而不是并集：内含的框会得到 1",
        en="it divides by the smaller area, not by the union: a box inside another gets 1",
    ),
    ((_UNION, "union = np.minimum(area_a, area_b) + eps"),),
    Text(zh="分母应是 area_a + area_b − 交集。", en="The denominator is area_a + area_b - intersection."),
)
BY_LARGER = Mutant(
    "divides-by-larger-area",
    Text(
        zh="分母用了两框中较大的面积，而不是并集",
        en="it divides by the larger area, not by the union",
    ),
    ((_UNION, "union = np.maximum(area_a, area_b) + eps"),),
    Text(zh="分母应是 area_a + area_b − 交集。", en="The denominator is area_a + area_b - intersection."),
)
DICE = Mutant(
    "dice-not-iou",
    Text(
        zh="算的是 Dice 系数 2·交集/(面积之和)，不是 IoU",
        en="this is the Dice coefficient, 2 * intersection / (sum of areas), not IoU",
    ),
    ((_UNION, "union = (area_a + area_b + eps) / 2"),),
    Text(zh="IoU = 交集 / 并集，分子不乘 2。", en="IoU = intersection / union, without the factor 2."),
)
TO_INTEGERS = Mutant(
    "cuts-to-integers",
    Text(
        zh="坐标被取整：小数丢失，0 到 1 之间的归一化框面积变成 0",
        en="coordinates are cut to whole numbers: fractions are lost, and normalised boxes in 0..1 shrink to nothing",
    ),
    ((_START, "    a, b = np.trunc(a), np.trunc(b)\n" + _START),),
    Text(zh="不要对坐标使用 int()，坐标是浮点数。", en="Do not call int() on coordinates: they are floats."),
    variants=(
        ((_START, "    a, b = np.round(a), np.round(b)\n" + _START),),
        ((_START, "    a, b = np.floor(a), np.floor(b)\n" + _START),),
    ),
)


def _swapped(*names: str) -> tuple[Edit, ...]:
    """Edits that take the smaller for the larger, or the other way round, in some coordinates of the intersection."""
    first = {name: "minimum" if (name in names) == (name[1] == "1") else "maximum" for name in ("x1", "y1", "x2", "y2")}
    return tuple(
        (
            f"{side} = np.minimum(a[..., {at}], b[..., {at}]) - np.maximum(",
            f"{side} = np.{first[axis + '2']}(a[..., {at}], b[..., {at}]) - np.{first[axis + '1']}(",
        )
        for axis, side, at in (("x", "width", 2), ("y", "height", 3))
        if {axis + "1", axis + "2"} & set(names)
    )


def _rare(names: tuple[str, ...]) -> tuple[bool, bool]:
    """Those that fewer people mix up last: the lower-right corner copied from the upper-left one is the commonest."""
    return len({name[1] for name in names}) > 1, "x1" in names


CORNERS_SWAPPED = Mutant(
    "corners-swapped",
    Text(
        zh="交集的角上 max 和 min 取反了：左上角应取较大者，右下角应取较小者",
        en="max and min are swapped in the corners of the intersection: take the larger upper-left and the smaller lower-right corner",
    ),
    _swapped("x1", "y1", "x2", "y2"),
    Text(
        zh="画两个相交的框，看交集的左上角是哪一个。",
        en="Draw two crossing boxes and look whose corner starts the shared part.",
    ),
    variants=tuple(
        _swapped(*names)
        for count in (2, 1, 3)
        for names in sorted(combinations(("x1", "y1", "x2", "y2"), count), key=_rare)
    ),
)
_A_HEIGHT, _B_HEIGHT = "(a[..., 3] - a[..., 1] + pixel)", "(b[..., 3] - b[..., 1] + pixel)"
_A_WIDTH, _B_WIDTH = "area_a = (a[..., 2] - a[..., 0]", "area_b = (b[..., 2] - b[..., 0]"
AXES_MIXED = Mutant(
    "axes-mixed",
    Text(
        zh="x 与 y 混用：宽应由 x1、x2 得出，高应由 y1、y2 得出",
        en="x and y are mixed up: the width comes from x1 and x2, the height from y1 and y2",
    ),
    ((_A_HEIGHT, "(a[..., 2] - a[..., 0] + pixel)"), (_B_HEIGHT, "(b[..., 2] - b[..., 0] + pixel)")),
    Text(zh="检查每个下标：0、2 是 x，1、3 是 y。", en="Check every index: 0 and 2 are x, 1 and 3 are y."),
    variants=(
        ((_A_HEIGHT, "(a[..., 2] - a[..., 0] + pixel)"),),
        ((_B_HEIGHT, "(b[..., 2] - b[..., 0] + pixel)"),),
        (("height = np.minimum(a[..., 3], b[..., 3])", "height = np.minimum(a[..., 2], b[..., 2])"),),
        (("np.maximum(a[..., 1], b[..., 1]) + pixel", "np.maximum(a[..., 0], b[..., 0]) + pixel"),),
        (("np.maximum(a[..., 0], b[..., 0]) + pixel", "np.maximum(a[..., 1], b[..., 1]) + pixel"),),
        (
            ("height = np.minimum(a[..., 3], b[..., 3])", "height = np.minimum(a[..., 2], b[..., 2])"),
            ("np.maximum(a[..., 1], b[..., 1]) + pixel", "np.maximum(a[..., 0], b[..., 0]) + pixel"),
        ),
        (
            (_A_WIDTH, "area_a = (a[..., 2] - a[..., 1]"),
            (_B_WIDTH, "area_b = (b[..., 2] - b[..., 1]"),
            (_A_HEIGHT, "(a[..., 3] - a[..., 0] + pixel)"),
            (_B_HEIGHT, "(b[..., 3] - b[..., 0] + pixel)"),
        ),
        (
            (_A_WIDTH, "area_a = (a[..., 1] - a[..., 0]"),
            (_B_WIDTH, "area_b = (b[..., 1] - b[..., 0]"),
            (_A_HEIGHT, "(a[..., 3] - a[..., 2] + pixel)"),
            (_B_HEIGHT, "(b[..., 3] - b[..., 2] + pixel)"),
        ),
    ),
)
AS_SIDES = Mutant(
    "reads-corners-as-sides",
    Text(
        zh="面积用了 x2·y2：把右下角坐标当成了宽和高（输入是 xyxy，不是 xywh）",
        en="areas are x2 * y2: the lower-right corner is taken for width and height (the input is xyxy, not xywh)",
    ),
    (
        (_A_WIDTH, "area_a = (a[..., 2]"),
        (_A_HEIGHT, "(a[..., 3] + pixel)"),
        (_B_WIDTH, "area_b = (b[..., 2]"),
        (_B_HEIGHT, "(b[..., 3] + pixel)"),
    ),
    Text(zh="xyxy 的宽是 x2 − x1。", en="The width of an xyxy box is x2 - x1."),
)
OWN_AREA_TWICE = Mutant(
    "same-area-twice",
    Text(zh="并集里把同一个框的面积用了两次", en="the union takes the area of one box twice"),
    (("area_a + area_b - inter", "area_a + area_a - inter"),),
    Text(zh="检查两个面积变量是否用的是不同的框。", en="Check that the two areas are those of two boxes."),
    variants=((("area_a + area_b - inter", "area_b + area_b - inter"),),),
)
ADDS_INTERSECTION = Mutant(
    "union-sign",
    Text(
        zh="并集中交集的符号或倍数错了：应减去一次交集",
        en="the union has the intersection with a wrong sign or factor: subtract it once",
    ),
    (("area_b - inter", "area_b + inter"),),
    Text(zh="并集 = 面积之和 − 交集。", en="Union = sum of the areas minus the intersection."),
    variants=((("area_b - inter", "area_b - 2 * inter"),),),
)

CLIPS_NEGATIVE = Mutant(
    "clips-negative-coordinates",
    Text(
        "负坐标被截断为 0：画面之外的部分丢失了",
        "negative coordinates are cut off at 0: the part outside the image is lost",
    ),
    ((_START, "    a, b = np.maximum(a, 0.0), np.maximum(b, 0.0)\n" + _START),),
    Text("只对交集的宽高取 max(0, ·)，不对坐标取。", "Clamp the sides of the intersection, not the coordinates."),
    variants=(
        ((_START, "    a, b = np.abs(a), np.abs(b)\n" + _START),),
        (
            ("np.maximum(a[..., 0], b[..., 0]) + pixel", "np.maximum(np.maximum(a[..., 0], b[..., 0]), 0.0) + pixel"),
            ("np.maximum(a[..., 1], b[..., 1]) + pixel", "np.maximum(np.maximum(a[..., 1], b[..., 1]), 0.0) + pixel"),
        ),
    ),
)

# Every drill that needs the overlap of boxes can go wrong in these ways.
OVERLAP_MUTANTS = (
    MIXED_PIXEL, AREAS_PIXEL, NO_CLAMP, UNION_TWICE, BY_OTHER, BY_OWN, BY_SMALLER, BY_LARGER, DICE, TO_INTEGERS,
    CORNERS_SWAPPED, AXES_MIXED, AS_SIDES, OWN_AREA_TWICE, ADDS_INTERSECTION, CLIPS_NEGATIVE,
)  # fmt: skip
