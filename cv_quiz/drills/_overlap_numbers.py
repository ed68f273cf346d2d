"""Mistakes that show in the overlap itself, though hardly in what a suppression keeps: edits of `_boxes.overlap`."""

from __future__ import annotations

from cv_quiz.drills.contract import Edit, Mutant
from cv_quiz.language import Text

INTER = "inter = np.maximum(width, 0.0) * np.maximum(height, 0.0)"
UNION = "union = area_a + area_b - inter + eps"
QUOTIENT = "(inter + smooth) / np.where(union == 0, 1.0, union)"
AREA_A = "area_a = (a[..., 2] - a[..., 0] + pixel) * (a[..., 3] - a[..., 1] + pixel)"
AREA_B = "area_b = (b[..., 2] - b[..., 0] + pixel) * (b[..., 3] - b[..., 1] + pixel)"
_WIDTH = "width = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0]) + pixel"
_HEIGHT = "height = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1]) + pixel"
_HULL = "((np.maximum(a[..., 2], b[..., 2]) - np.minimum(a[..., 0], b[..., 0]) + pixel) * (np.maximum(a[..., 3], b[..., 3]) - np.minimum(a[..., 1], b[..., 1]) + pixel))"
_A_HOLDS_B = "(inter > 0) & (a[..., 0] <= b[..., 0]) & (a[..., 1] <= b[..., 1]) & (a[..., 2] >= b[..., 2]) & (a[..., 3] >= b[..., 3])"
_B_HOLDS_A = "(inter > 0) & (b[..., 0] <= a[..., 0]) & (b[..., 1] <= a[..., 1]) & (b[..., 2] >= a[..., 2]) & (b[..., 3] >= a[..., 3])"
_ONE_HOLDS = "(inter > 0) & (inter == np.minimum(area_a, area_b))"
_UNION_HINT = Text("并集 = 面积之和 − 交集。", "Union = sum of the areas minus the intersection.")


def _quotient(*spellings: str) -> tuple[tuple[Edit, ...], ...]:
    return tuple(((QUOTIENT, spelling),) for spelling in spellings)


def _corner(box: str, other: str) -> str:
    """Whether a corner of one box lies inside the other."""
    sides = (f"(({other}[..., {low}] <= {box}[..., {edge}]) & ({box}[..., {edge}] <= {other}[..., {low + 2}]))"
             for low in (0, 1) for edge in (low, low + 2))  # fmt: skip
    left, right, top, bottom = sides
    return f"(({left} | {right}) & ({top} | {bottom}))"


_NO_CORNER = f"~{_corner('b', 'a')}"
_UPPER_LEFT = (
    "((a[..., 0] <= b[..., 0]) & (b[..., 0] <= a[..., 2]) & (a[..., 1] <= b[..., 1]) & (b[..., 1] <= a[..., 3]))"
)
_DISTANCE = (
    "((a[..., 0] + a[..., 2] - b[..., 0] - b[..., 2]) ** 2 + (a[..., 1] + a[..., 3] - b[..., 1] - b[..., 3]) ** 2) / 4"
)
_DIAGONAL = "((np.maximum(a[..., 2], b[..., 2]) - np.minimum(a[..., 0], b[..., 0])) ** 2 + (np.maximum(a[..., 3], b[..., 3]) - np.minimum(a[..., 1], b[..., 1])) ** 2)"
_ALONG_X = (
    "(np.maximum(width, 0.0) / np.maximum(np.maximum(a[..., 2], b[..., 2]) - np.minimum(a[..., 0], b[..., 0]), 1e-12))"
)
_ALONG_Y = (
    "(np.maximum(height, 0.0) / np.maximum(np.maximum(a[..., 3], b[..., 3]) - np.minimum(a[..., 1], b[..., 1]), 1e-12))"
)

NUMBER_MUTANTS = (
    Mutant(
        "one-side-not-clamped",
        Text("只有一个方向截断为 0：另一个方向不相交时得到负的交集", "only one side is clamped at 0: the intersection turns negative"),
        ((INTER, "inter = np.maximum(width, 0.0) * height"),),
        Text("宽和高都要取 max(0, ·)。", "Take max(0, ...) of both sides."),
        variants=(((INTER, "inter = width * np.maximum(height, 0.0)"),),),
    ),
    Mutant(
        "apart-on-both-axes-only",
        Text("只有两个方向都不相交时才当作不相交：一个方向分开就够了", "boxes count as separate only where they are apart on both axes: one axis is enough"),
        ((INTER, "inter = np.where((width <= 0) & (height <= 0), 0.0, width * height)"),),
        Text("宽或高不大于 0 就返回 0：用 or，不用 and。", "Return 0 where the width or the height is not positive: or, not and."),
    ),
    Mutant(
        "separate-test-reversed",
        Text("“不相交就返回 0”的条件写反了：相交的框得到 0", "the test for separate boxes is the wrong way round: boxes that overlap get 0"),
        ((INTER, "inter = np.where((width > 0) & (height > 0), 0.0, width * height)"),),
        Text("宽或高不大于 0 时才返回 0。", "Return 0 where the width or the height is not positive."),
        variants=(
            ((INTER, "inter = np.where((width > 0) | (height > 0), 0.0, width * height)"),),
            ((INTER, "inter = np.where((width > 0) & (height > 0), 0.0, np.abs(width * height))"),),
        ),
    ),
    Mutant(
        "rounded",
        Text("结果只保留了几位小数，精度不够", "the result is rounded to a few digits: too few are left"),
        ((QUOTIENT, f"np.round({QUOTIENT}, 2)"),),
        Text("不要对结果使用 round()。", "Do not round the result."),
        variants=_quotient(*(f"np.round({QUOTIENT}, {digits})" for digits in (1, 3)), *(f"np.floor({QUOTIENT} * {10**n}) / {10**n}" for n in (1, 2, 3, 4))),
    ),
    Mutant(
        "half-precision",
        Text("数存成了 float16：只剩三位有效数字", "numbers are kept in float16: only three digits are left"),
        ((QUOTIENT, f"({QUOTIENT}).astype(np.float16).astype(float)"),),
        Text("用 float（float64）或 float32。", "Use float (float64) or float32."),
        variants=((("    width = np.minimum(", "    a, b = a.astype(np.float16).astype(float), b.astype(np.float16).astype(float)\n    width = np.minimum("),),),
    ),
    Mutant(
        "whole-number-division",
        Text("结果被取整（整除 // 或整数数组）：只会是 0 或 1", "the result is cut to a whole number (by // or an integer array): it can only be 0 or 1"),
        ((QUOTIENT, f"np.floor({QUOTIENT})"),),
        Text("用 / 而不是 //，结果数组用 float。", "Divide with /, not with //, and keep the result in a float array."),
        variants=_quotient(f"np.round({QUOTIENT})"),
    ),
    Mutant(
        "enclosing-box-as-union",
        Text("分母用了外接框的面积，而不是并集：外接框还包括两个框之外的部分", "it divides by the area of the enclosing box, which is more than the union of the two boxes"),
        ((UNION, f"union = {_HULL} + eps"),),
        _UNION_HINT,
    ),
    Mutant(
        "nested-is-special",
        Text("一个框在另一个之内时单独返回了 1（或 0）：这种情形同样是交集 / 并集", "a box inside another is given 1 (or 0) as a special case: it is intersection / union there too"),
        ((QUOTIENT, f"np.where({_A_HOLDS_B}, 1.0, {QUOTIENT})"),),
        Text("去掉这个特例。", "Take the special case out."),
        variants=_quotient(*(f"np.where({which}, {value}, {QUOTIENT})" for value in (1.0, 0.0) for which in (_A_HOLDS_B, _B_HOLDS_A, _ONE_HOLDS) if (value, which) != (1.0, _A_HOLDS_B))),
    ),
    Mutant(
        "looks-at-corners",
        Text("只有一个框的角点落在另一个框内才算相交：十字交叉或内含的框得到 0", "boxes count as overlapping only where a corner of one lies inside the other: crosses (or nested boxes) get 0"),
        ((QUOTIENT, f"np.where({_NO_CORNER}, 0.0, {QUOTIENT})"),),
        Text("用 min(x2) − max(x1) 和 min(y2) − max(y1) 判断。", "Go by min(x2) - max(x1) and min(y2) - max(y1)."),
        variants=_quotient(
            f"np.where(~{_corner('a', 'b')}, 0.0, {QUOTIENT})",
            f"np.where(~{_corner('b', 'a')} & ~{_corner('a', 'b')}, 0.0, {QUOTIENT})",
            f"np.where(~{_UPPER_LEFT}, 0.0, {QUOTIENT})",
        ),
    ),
    Mutant(
        "first-box-upper-left",
        Text("交集的宽写成了第一个框的 x2 减第二个框的 x1：只有第一个框在左上方时才对", "the intersection runs from the second box's corner to the first's: right only if the first box is the upper-left one"),
        ((_WIDTH, "width = a[..., 2] - b[..., 0] + pixel"), (_HEIGHT, "height = a[..., 3] - b[..., 1] + pixel")),
        Text("用 min(x2) − max(x1)。", "Use min(x2) - max(x1)."),
        variants=(((_WIDTH, "width = b[..., 2] - a[..., 0] + pixel"), (_HEIGHT, "height = b[..., 3] - a[..., 1] + pixel")),),
    ),
    Mutant(
        "union-at-least-one",
        Text("并集被限制为至少 1：归一化的框的并集小于 1，结果偏小", "the union is raised to at least 1: the union of normalised boxes is smaller than that"),
        ((UNION, "union = np.maximum(area_a + area_b - inter, 1.0) + eps"),),
        Text("只在并集等于 0 时单独处理。", "Treat a union of exactly 0 only."),
    ),
    Mutant(
        "small-overlap-dropped",
        Text("面积小于 1 的交集被当作 0：归一化的框几乎都会受影响", "an intersection of less than 1 is taken for none: with normalised boxes that is every one"),
        ((INTER, INTER + "\n    inter = np.where(inter < 1, 0.0, inter)"),),
        Text("不要按面积丢弃交集。", "Do not drop an intersection for its size."),
        variants=(((INTER, "inter = np.where((width < 1) | (height < 1), 0.0, width * height)"),),),
    ),
    Mutant(
        "sides-clipped-to-one",
        Text("交集的宽高被截断到 0 到 1 之间，上限 1 是多余的", "the sides of the intersection are clipped to 0..1: there is no upper limit"),
        ((INTER, "inter = np.clip(width, 0.0, 1.0) * np.clip(height, 0.0, 1.0)"),),
        Text("用 np.maximum(·, 0) 或 np.clip(·, 0, None)。", "Use np.maximum(..., 0) or np.clip(..., 0, None)."),
    ),
    Mutant(
        "small-values-dropped",
        Text("小于某个值（如 0.5）的 IoU 被改成了 0", "values below some limit (such as 0.5) are set to 0"),
        ((QUOTIENT, f"np.where({QUOTIENT} < 0.5, 0.0, {QUOTIENT})"),),
        Text("原样返回，阈值是以后的事。", "Return the value as it is; thresholds come later."),
        variants=_quotient(*(f"np.where({QUOTIENT} < {limit}, 0.0, {QUOTIENT})" for limit in (0.1, 0.2, 0.3))),
    ),
    Mutant(
        "separate-is-one",
        Text("不相交的框得到了 1，应为 0", "boxes that do not overlap get 1 where 0 is right"),
        ((QUOTIENT, f"np.where(inter == 0, 1.0, {QUOTIENT})"),),
        Text("结果的初始值用 0，而不是 1。", "Start from 0, not from 1."),
    ),
)  # fmt: skip

# Other formulas altogether.
FORMULA_MUTANTS = (
    Mutant(
        "generalised-iou",
        Text("算的是 GIoU（或 DIoU）：不相交的框得到负数，要求的是普通的 IoU", "this is the generalised (or distance) IoU, negative for separate boxes; plain IoU is asked"),
        ((QUOTIENT, f"{QUOTIENT} - ({_HULL} - union) / np.where({_HULL} == 0, 1.0, {_HULL})"),),
        Text("返回交集 / 并集，后面不再减。", "Return intersection / union and subtract nothing from it."),
        variants=_quotient(f"{QUOTIENT} - {_DISTANCE} / np.where({_DIAGONAL} == 0, 1.0, {_DIAGONAL})"),
    ),
    Mutant(
        "not-divided",
        Text("返回的是交集的面积，没有除以并集", "it returns the area of the intersection: the division by the union is missing"),
        ((QUOTIENT, "inter"),),
        Text("return 交集 / 并集。", "Return intersection / union."),
    ),
    Mutant(
        "returns-union",
        Text("返回的是并集的面积，而不是交集 / 并集", "it returns the area of the union, not intersection / union"),
        ((QUOTIENT, "union"),),
        Text("return 交集 / 并集。", "Return intersection / union."),
    ),
    Mutant(
        "subtracts-the-union",
        Text("返回的是交集减去并集：应当相除", "it returns intersection minus union where it has to divide"),
        ((QUOTIENT, "inter - union"),),
        Text("return 交集 / 并集。", "Return intersection / union."),
        variants=_quotient("np.where(inter == 0, 0.0, inter - union)", "np.where((width < 0) | (height < 0), 0.0, inter - union)"),
    ),
    Mutant(
        "upside-down",
        Text("除反了：用并集除以了交集", "the division is upside down: union / intersection"),
        ((QUOTIENT, "np.where(inter == 0, 0.0, union / np.where(inter == 0, 1.0, inter))"),),
        Text("return 交集 / 并集。", "Return intersection / union."),
    ),
    Mutant(
        "parentheses-missing",
        Text("分母缺少括号：交集先除以第一个面积，其余的又加减在商上", "parentheses are missing around the denominator: only its first part divides, the rest is added to the quotient"),
        ((QUOTIENT, "np.where(inter == 0, 0.0, inter / np.where(area_a == 0, 1.0, area_a) + area_b - inter)"),),
        Text("写成 inter / (area_a + area_b - inter)。", "Write inter / (area_a + area_b - inter)."),
        variants=_quotient(
            "inter / np.where(area_a == 0, 1.0, area_a) + area_b - inter",
            "inter / np.where(area_a + area_b == 0, 1.0, area_a + area_b) - inter",
        ),
    ),
    Mutant(
        "half-perimeter",
        Text("面积写成了宽 + 高，应为宽 × 高", "the area is width + height where width * height is meant"),
        tuple((area, area.replace(") * (", ") + (")) for area in (AREA_A, AREA_B)),
        Text("面积是宽乘以高。", "An area is width times height."),
        variants=((*((area, area.replace(") * (", ") + (")) for area in (AREA_A, AREA_B)), (INTER, "inter = np.where((width <= 0) | (height <= 0), 0.0, width + height)")),),
    ),
    Mutant(
        "sides-added",
        Text("交集写成了宽 + 高，应为宽 × 高", "the sides of the intersection are added where they have to be multiplied"),
        ((INTER, "inter = np.maximum(width, 0.0) + np.maximum(height, 0.0)"),),
        Text("交集的面积是宽乘以高。", "The area of the intersection is width times height."),
        variants=(((INTER, "inter = np.where((width <= 0) | (height <= 0), 0.0, width + height)"),),),
    ),
    Mutant(
        "position-ignored",
        Text("交集取了较小的宽和较小的高，没有看两个框的位置", "the intersection is the smaller width times the smaller height: where the boxes lie is not looked at"),
        ((INTER, "inter = np.minimum(a[..., 2] - a[..., 0], b[..., 2] - b[..., 0]) * np.minimum(a[..., 3] - a[..., 1], b[..., 3] - b[..., 1])"),),
        Text("宽是 min(x2) − max(x1)。", "The width is min(x2) - max(x1)."),
    ),
    Mutant(
        "each-axis-on-its-own",
        Text("在 x 和 y 方向分别算了一维的 IoU（或只算了一个方向），应当用面积算", "IoU is taken along x and y separately (or along one of them); it has to be taken of the areas"),
        ((QUOTIENT, f"({_ALONG_X} + {_ALONG_Y}) / 2"),),
        Text("先算交集和并集的面积，最后只除一次。", "Work out the areas of intersection and union, and divide once."),
        variants=_quotient(_ALONG_X, _ALONG_Y),
    ),
    Mutant(
        "separate-is-negative",
        Text("不相交的框得到了 −1，应为 0", "boxes that do not overlap get -1 where 0 is right"),
        ((QUOTIENT, f"np.where(inter == 0, -1.0, {QUOTIENT})"),),
        Text("不相交时返回 0。", "Return 0 where they do not overlap."),
    ),
)  # fmt: skip

_GUARD = "np.where(union == 0, empty, "
# Nothing overlaps where the union is not positive, and an overlap lies in 0..1: right code may or may not say so.
HABITS: tuple[tuple[Edit, ...], ...] = (
    ((_GUARD, "np.where(union <= 0, empty, "),),
    ((_GUARD, "np.where(inter <= 0, 0.0, "),),
    ((_GUARD, "np.where((width <= 0) | (height <= 0), 0.0, "),),
    (("return np.where(", "return np.clip(np.where("), ("np.where(union == 0, 1.0, union))", "np.where(union == 0, 1.0, union)), 0.0, 1.0)")),
)  # fmt: skip
