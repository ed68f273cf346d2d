"""The overlaps of all boxes of one set with all of another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cv_quiz.drills._boxes import DIGITS, EPS, PIXEL, ZERO, as_boxes, explain_overlap, overlap, random_boxes
from cv_quiz.drills._matrix_mistakes import MATRIX_INSTEAD, MATRIX_MUTANTS
from cv_quiz.drills._numpy import np
from cv_quiz.drills._overlap_mistakes import OVERLAP_MUTANTS
from cv_quiz.drills._overlap_numbers import FORMULA_MUTANTS, HABITS, NUMBER_MUTANTS
from cv_quiz.drills._overlap_slips import OVERLAP_SLIPS
from cv_quiz.drills.contract import Case, Drill, Large, contract_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt


def iou_matrix(
    boxes_a: npt.NDArray[np.float64],
    boxes_b: npt.NDArray[np.float64],
    *,
    pixel: float = 0.0,
    empty: float = 0.0,
    smoothing: tuple[float, float] = (0.0, 0.0),
    digits: int = 15,
) -> npt.NDArray[np.float64]:
    """Intersection over union of every box of one set with every box of another.

    boxes_a: float array (n, 4), boxes_b: float array (m, 4), `xyxy`, continuous coordinates (a side is
    x2 - x1, no +1), x1 <= x2, y1 <= y2.
    Returns a float array (n, m): row i, column j holds the IoU of boxes_a[i] and boxes_b[j]; 0/0 is 0.
    Relative tolerance 1e-5 on boxes of area 1e-4 and more. Either set may be empty.

    Source: Jaccard, The distribution of the flora in the alpine zone, New Phytologist 1912.
    """
    rows, columns = as_boxes(boxes_a), as_boxes(boxes_b)
    table = overlap(rows[:, None], columns[None], pixel, empty, *smoothing)
    return np.round(table, digits)


def _case(name: str, boxes_a: Any, boxes_b: Any, *tags: str) -> Case:
    return Case(name, {"boxes_a": as_boxes(boxes_a), "boxes_b": as_boxes(boxes_b)}, frozenset(tags))


@cache
def _special() -> tuple[Case, ...]:
    some = [[0, 0, 4, 4], [2, 1, 6, 5], [9, 8, 12, 14]]
    return (
        _case("one-and-one", [[0, 0, 4, 4]], [[2, 1, 6, 5]], "single"),
        _case("two-and-three", some[:2], [[1, 1, 3, 3], [0, 0, 4, 4], [8, 8, 10, 15]], "shapes"),
        _case("three-and-two", some, [[1, 1, 3, 3], [5, 4, 10, 11]], "shapes"),
        _case("with-itself", some, some, "duplicates"),
        _case("one-and-many", [[1, 1, 5, 7]], [*some, [0, 3, 7, 9], [5, 0, 11, 5]], "shapes"),
        _case("many-and-one", [*some, [0, 3, 7, 9], [5, 0, 11, 5]], [[1, 1, 5, 7]], "shapes"),
        _case("four-and-four", [*some, [0, 3, 7, 9]], [[1, 0, 5, 6], [3, 3, 9, 9], [10, 7, 13, 12], [2, 2, 4, 8]]),
        _case("first-set-empty", [], some, "empty", "shapes"),
        _case("second-set-empty", some, [], "empty", "shapes"),
        _case("both-sets-empty", [], [], "empty"),
        _case("all-apart", [[0, 0, 4, 4], [0, 20, 3, 25]], [[9, 8, 12, 14], [30, 8, 34, 12]], "disjoint"),
        _case("apart-in-one-axis", [[0, 0, 4, 4], [10, 0, 14, 4]], [[1, 7, 3, 9], [6, 1, 9, 3]], "disjoint"),
        _case("touching", [[0, 0, 4, 4]], [[4, 0, 8, 4], [4, 4, 8, 8], [0, 4, 4, 9]], "touching"),
        _case("nested", [[0, 0, 8, 6], [0, 0, 16, 16]], [[2, 1, 4, 5], [3, 3, 5, 4]], "nested"),
        _case("normalised", [[0.125, 0.25, 0.625, 0.75], [0.0, 0.0, 0.5, 0.5]],
              [[0.375, 0.5, 0.875, 0.9375], [0.25, 0.125, 0.75, 0.625]], "fraction"),
        _case("fractions", [[0.5, 0.75, 3.25, 2.5]], [[1.75, 1.25, 4.5, 3.75], [0.25, 0.5, 2.75, 1.75]], "fraction"),
        _case("area-of-1e-4", [[0.0, 0.0, 0.01, 0.01]], [[0.005, 0.0, 0.015, 0.01], [0.0, 0.0025, 0.01, 0.0125]], "small"),
        _case("negative-corners", [[-5, -6, 1, 2], [-9, -8, -3, -2]], [[-3, -2, 4, 5], [-6, -7, -1, -4]], "negative"),
        _case("one-without-area", [[3, 3, 3, 7], [20, 20, 25, 25]], [[1, 1, 6, 6], [2, 2, 4, 9]], "no-area"),
        _case("one-without-area-in-front", [[0, 0, 8, 8]], [[2, 2, 2, 6], [3, 1, 6, 5]], "no-area"),
        _case("both-without-area", [[3, 3, 3, 3], [0, 0, 5, 5]], [[3, 3, 3, 3], [1, 2, 4, 2]], "no-area", "0/0"),
        _case("wide-and-tall", [[0, 3, 12, 5], [0, 0, 100, 2]], [[5, 0, 8, 9], [40, -30, 43, 50]], "negative"),
        _case("nearly-the-same", [[0, 0, 8, 8], [10, 10, 14, 18]], [[0, 0, 8, 7], [10, 10, 14, 17.5], [1, 0, 8, 8]]),
        _case("far-away", [[80000, 60000, 80004, 60004]], [[80002, 60001, 80006, 60005], [79999, 60000, 80002, 60003]], "large-coordinates"),
        _case("thousands", [[1000, 2000, 1400, 2600]], [[1200, 2300, 1500, 2900], [900, 1900, 1100, 2100]]),
    )  # fmt: skip


def _drawn(rng: np.random.Generator) -> Iterator[Case]:
    for number, (rows, columns) in enumerate(((2, 3), (3, 2), (5, 5), (6, 3))):
        boxes = random_boxes(rng, rows, extent=12.0), random_boxes(rng, columns, extent=12.0)
        yield _case(f"random-{number + 1}", *boxes)
    for number in range(10):
        rows, columns = rng.integers(1, 5, size=2)
        yield _case(f"scattered-{number + 1}", *_scattered(rng, rows, columns), "disjoint")
    boxes = random_boxes(rng, 40, extent=60.0), random_boxes(rng, 70, extent=60.0)
    yield _case("40-and-70", *boxes, "many-boxes", "shapes")


def _scattered(rng: np.random.Generator, rows: int, columns: int) -> tuple[Any, Any]:
    """Two sets of boxes on a grid, no two of which touch each other."""
    place = np.stack(np.divmod(rng.permutation(25)[: rows + columns], 5), axis=1) * 16.0
    corner = place + rng.integers(0, 4, size=place.shape)
    boxes = np.concatenate([corner, corner + rng.integers(2, 10, size=place.shape)], axis=1)
    return boxes[:rows], boxes[rows:]


def _many(rng: np.random.Generator, count: int) -> Mapping[str, Any]:
    return {"boxes_a": random_boxes(rng, count), "boxes_b": random_boxes(rng, count)}


def _explain(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Text | None:
    expected = iou_matrix(**{**inputs, **keywords})
    if np.shape(got) != expected.shape:
        return Text("形状应为 {wanted}，得到的是 {found}", "the shape is {wanted}, not {found}").format(
            wanted=expected.shape, found=np.shape(got)
        )
    wrong = np.argwhere(~np.isclose(got, expected, rtol=1e-5, atol=1e-8))
    if not len(wrong):
        return None
    row, column = (int(place) for place in wrong[0])
    place = Text("第 {row} 行第 {column} 列：", "row {row}, column {column}: ").format(row=row, column=column)
    found = explain_overlap(inputs["boxes_a"][row], inputs["boxes_b"][column], keywords)
    return Text(place.zh + found.zh, place.en + found.en)


_ALIASES = """
    pairwise_iou bbox_overlaps box_iou bbox_iou iou_pairwise compute_iou_matrix iou_mat compute_overlaps np_box_iou boxes_iou
    batch_iou bboxes_iou box_iou_matrix pairwise_box_iou compute_ious calc_ious bbox_iou_matrix get_iou_matrix box_iou_numpy
    iou_batch overlaps bbox_overlap box_overlaps pairwise_overlap cross_iou calculate_iou_matrix calc_iou_matrix ious
    calc_iou_individual jaccard_matrix multi_iou iou_many vectorized_iou iou_vectorized batched_iou
"""

DRILL = Drill(
    name="iou_matrix",
    title=Text("两组框的 IoU 矩阵", "IoU of all pairs of boxes"),
    topic="detection",
    difficulty=2,
    takes={"boxes_a": "boxes", "boxes_b": "boxes"},
    gives="matrix",
    code=(as_boxes, overlap, iou_matrix),
    statement=contract_of(
        iou_matrix,
        """两组框两两之间的交并比。

boxes_a：浮点数组 (n, 4)，boxes_b：浮点数组 (m, 4)，xyxy，连续坐标（边长是 x2 − x1，不加 1），x1 ≤ x2，y1 ≤ y2。
返回浮点数组 (n, m)：第 i 行第 j 列是 boxes_a[i] 与 boxes_b[j] 的 IoU；0/0 为 0。
面积不小于 1e-4 的框，相对误差不超过 1e-5。任何一组都可以为空。""",
    ),
    special=_special,
    drawn=_drawn,
    mutants=(*OVERLAP_MUTANTS, *NUMBER_MUTANTS, *MATRIX_MUTANTS),
    slips=(*FORMULA_MUTANTS, *OVERLAP_SLIPS),
    instead=MATRIX_INSTEAD,
    habits=HABITS,
    conventions=(PIXEL, ZERO, EPS, DIGITS),
    aliases=tuple(_ALIASES.split()),
    looks_like=r"^(?!.*(mean|giou|diou|ciou|loss|mask|metric|test|nms))"
    r"((.*_)?(matrix|pairwise|batch|all|cross)(_.*)?_(iou|overlap)s?(_.*)?|(.*_)?(iou|overlap)s?_(.*_)?(matrix|mat|pairwise|batch|all|many|cross)"
    r"|(.*_)?(ious|iou_?(calc|calculator|computer)|(bbox|box|boxes)_overlaps?))$",
    tags=("iou", "detection", "broadcasting"),
    prerequisites=("iou",),
    hints=(
        Text(
            "用 boxes_a[:, None, :] 和 boxes_b[None, :, :] 广播。",
            "Broadcast boxes_a[:, None, :] with boxes_b[None, :, :].",
        ),
        Text(
            "左上角取 maximum，右下角取 minimum，宽高截断为 0。",
            "Maximum of the upper-left corners, minimum of the lower-right, sides clamped at 0.",
        ),
        Text(
            "并集 = area_a[:, None] + area_b[None, :] − 交集。",
            "Union = area_a[:, None] + area_b[None, :] - intersection.",
        ),
    ),
    probes=("three-and-two", "random-1", "random-4"),
    large=Large(_many, (32, 64, 130)),
    picture="boxes",
    rows=(("boxes_a",), ("boxes_b",)),
    explain=_explain,
)
