"""What the drills about boxes share: the overlap of two boxes, its conventions, and boxes to make cases of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Axis, Option
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt


def overlap(
    a: npt.NDArray[np.float64],
    b: npt.NDArray[np.float64],
    pixel: float = 0.0,
    empty: float = 0.0,
    eps: float = 0.0,
    smooth: float = 0.0,
) -> npt.NDArray[np.float64]:
    """Intersection over union of `xyxy` boxes (..., 4) that broadcast against each other; 0/0 is `empty`."""
    width = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0]) + pixel
    height = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1]) + pixel
    inter = np.maximum(width, 0.0) * np.maximum(height, 0.0)
    area_a = (a[..., 2] - a[..., 0] + pixel) * (a[..., 3] - a[..., 1] + pixel)
    area_b = (b[..., 2] - b[..., 0] + pixel) * (b[..., 3] - b[..., 1] + pixel)
    union = area_a + area_b - inter + eps
    return np.where(union == 0, empty, (inter + smooth) / np.where(union == 0, 1.0, union))


PLUS_ONE = Option(
    "plus-one",
    1.0,
    Text(
        zh="宽高按 x2 − x1 + 1 计算（坐标是像素下标，两端都算在内）",
        en="sides are x2 - x1 + 1 (coordinates are pixel indices, both ends included)",
    ),
)
PIXEL = Axis("pixel", 0.0, (PLUS_ONE,))
ZERO = Axis(
    "empty",
    0.0,
    (
        Option("zero-over-zero-is-1", 1.0, Text("0/0 得 1", "0/0 is 1")),
        Option("zero-over-zero-is-nan", float("nan"), Text("0/0 得 NaN", "0/0 is NaN")),
    ),
)
# (added to the denominator, added to the numerator)
EPS = Axis(
    "smoothing",
    (0.0, 0.0),
    tuple(
        Option(f"eps-{value:g}", (value, top), Text(f"分母加上了 {value:g}", f"{value:g} is added to the denominator"))
        for value in (1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-3, 1.0)
        for top in (0.0, value)
    ),
    rare=True,
)
DIGITS = Axis(
    "digits",
    15,
    tuple(
        Option(f"rounded-to-{count}", count, Text(f"结果四舍五入到 {count} 位小数", f"the result is rounded to {count} digits"))
        for count in (4, 5)
    ),
    rare=True,
)  # fmt: skip


def as_boxes(value: Any) -> npt.NDArray[np.float64]:
    """An array (n, 4) of float64; an empty list gives (0, 4)."""
    return np.asarray(value, dtype=float).reshape(-1, 4)


def pairwise(boxes: npt.NDArray[np.float64], pixel: float = 0.0) -> npt.NDArray[np.float64]:
    """The overlaps of all boxes (n, 4) with each other, (n, n)."""
    return overlap(boxes[:, None], boxes[None], pixel)


def random_boxes(rng: np.random.Generator, count: int, extent: float = 24.0) -> npt.NDArray[np.float64]:
    """Boxes (count, 4) whose numbers are quarters, so that they are exact in float32 too; sides of 2 and more."""
    corner = np.round(rng.uniform(-2.0, extent / 2, (count, 2)) * 4) / 4
    sides = np.round(rng.uniform(2.0, extent / 2, (count, 2)) * 4) / 4
    return np.concatenate([corner, corner + sides], axis=1)


def crowd(rng: np.random.Generator, count: int, threshold: float) -> npt.NDArray[np.float64]:
    """Random boxes, some of them near copies of others, no overlap of which lies close to the threshold."""
    while True:
        boxes = random_boxes(rng, count)
        for target in range(count // 3, count):
            if rng.random() < 0.6:
                moved = boxes[rng.integers(target)] + np.round(rng.uniform(-2.0, 2.0, 4) * 2) / 2
                if (moved[2:] - moved[:2] >= 1).all():
                    boxes[target] = moved
        if clear_of(boxes, threshold):
            return boxes


def clear_of(boxes: npt.NDArray[np.float64], threshold: float, margin: float = 2e-3) -> bool:
    """Whether no overlap lies within `margin` of the threshold, under either pixel convention."""
    return all(bool((np.abs(pairwise(boxes, pixel) - threshold) > margin).all()) for pixel in (0.0, 1.0))


def clear_pairs(boxes: Any, threshold: float, margin: float = 1e-3) -> Any:
    """Which overlaps of boxes (n, 4) are off the threshold under both pixel conventions, (n, n)."""
    plain, wider = (np.abs(pairwise(boxes, pixel) - threshold) > margin for pixel in (0.0, 1.0))
    return plain & wider


def distinct_scores(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Scores in 0.05..0.98 in random order, no two closer than 1/1024, exact in float32."""
    return rng.choice(np.arange(52, 1004, dtype=float), size=count, replace=False) / 1024


def explain_overlap(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], keywords: Mapping[str, Any]) -> Text:
    """The steps of one overlap in numbers."""
    pixel = keywords.get("pixel", 0.0)
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])
    width, height = np.maximum(high - low + pixel, 0.0)
    areas = [float(np.prod(box[2:] - box[:2] + pixel)) for box in (a, b)]
    union = sum(areas) - width * height
    return Text(
        "交集 {width:.4g} × {height:.4g} = {inter:.4g}，面积 {a:.4g} 和 {b:.4g}，并集 {union:.4g}",
        "intersection {width:.4g} x {height:.4g} = {inter:.4g}, areas {a:.4g} and {b:.4g}, union {union:.4g}",
    ).format(width=width, height=height, inter=width * height, a=areas[0], b=areas[1], union=union)


def timed_box_pair(rng: np.random.Generator, count: int) -> Mapping[str, Any]:
    """Two boxes: there is nothing that could grow."""
    del count
    box_a, box_b = random_boxes(rng, 2)
    return {"box_a": box_a, "box_b": box_b}


def separate_boxes(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Boxes on a grid that do not touch each other, in random order."""
    side = int(np.ceil(np.sqrt(count)))
    corner = np.stack(np.divmod(rng.permutation(side * side)[:count], side), axis=1) * 12.0
    return np.concatenate([corner, corner + 8.0], axis=1)
