"""Intersection over union of two boxes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cv_quiz.drills._boxes import DIGITS, EPS, PIXEL, ZERO, explain_overlap, overlap, random_boxes, timed_box_pair
from cv_quiz.drills._matrix_mistakes import SCALAR_INSTEAD
from cv_quiz.drills._numpy import np
from cv_quiz.drills._overlap_mistakes import OVERLAP_MUTANTS
from cv_quiz.drills._overlap_numbers import FORMULA_MUTANTS, HABITS, NUMBER_MUTANTS
from cv_quiz.drills._overlap_slips import OVERLAP_SLIPS
from cv_quiz.drills.contract import Case, Drill, Large, contract_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt


def iou(
    box_a: npt.NDArray[np.float64],
    box_b: npt.NDArray[np.float64],
    *,
    pixel: float = 0.0,
    empty: float = 0.0,
    smoothing: tuple[float, float] = (0.0, 0.0),
    digits: int = 15,
) -> float:
    """Intersection over union of two boxes.

    box_a, box_b: float arrays (4,), `xyxy`, continuous coordinates (a side is x2 - x1, no +1),
    x1 <= x2, y1 <= y2.
    Returns a scalar in 0..1; 0/0 (two boxes without area) is 0. Relative tolerance 1e-5 on boxes of area
    1e-4 and more.

    Source: Jaccard, The distribution of the flora in the alpine zone, New Phytologist 1912.
    """
    first, second = np.asarray(box_a, dtype=float), np.asarray(box_b, dtype=float)
    return round(float(overlap(first, second, pixel, empty, *smoothing)), digits)


def _case(name: str, box_a: Any, box_b: Any, *tags: str) -> Case:
    boxes = {"box_a": np.asarray(box_a, dtype=float), "box_b": np.asarray(box_b, dtype=float)}
    return Case(name, boxes, frozenset(tags))


@cache
def _special() -> tuple[Case, ...]:
    return (
        _case("identical", [1, 2, 5, 8], [1, 2, 5, 8], "duplicates"),
        _case("crossing", [0, 0, 4, 4], [2, 1, 6, 5]),
        _case("crossing-turned-round", [2, 1, 6, 5], [0, 0, 4, 4]),
        _case("crossing-from-below", [0, 3, 7, 9], [5, 0, 11, 5]),
        _case("nested", [0, 0, 8, 6], [2, 1, 4, 5], "nested"),
        _case("nested-turned-round", [2, 1, 4, 5], [0, 0, 8, 6], "nested"),
        _case("apart-in-x", [0, 0, 4, 4], [6, 1, 9, 3], "disjoint"),
        _case("apart-in-y", [0, 0, 4, 4], [1, 7, 3, 9], "disjoint"),
        _case("apart-in-both", [0, 0, 4, 4], [9, 8, 12, 14], "disjoint"),
        _case("apart-in-both-turned-round", [9, 8, 12, 14], [0, 0, 4, 4], "disjoint"),
        _case("apart-crosswise", [9, 0, 12, 4], [0, 8, 4, 14], "disjoint"),
        _case("touching-side", [0, 0, 4, 4], [4, 0, 8, 4], "touching"),
        _case("touching-corner", [0, 0, 4, 4], [4, 4, 8, 8], "touching"),
        _case("cross", [0, 3, 12, 5], [5, 0, 8, 9]),
        _case("normalised", [0.125, 0.25, 0.625, 0.75], [0.375, 0.5, 0.875, 0.9375], "fraction"),
        _case("normalised-apart", [0.125, 0.125, 0.25, 0.25], [0.5, 0.5, 0.75, 0.875], "fraction", "disjoint"),
        _case("fractions", [0.5, 0.75, 3.25, 2.5], [1.75, 1.25, 4.5, 3.75], "fraction"),
        _case("area-of-1e-4", [0.0, 0.0, 0.01, 0.01], [0.005, 0.0, 0.015, 0.01], "small"),
        _case("negative-corners", [-5, -6, 1, 2], [-3, -2, 4, 5], "negative"),
        _case("all-negative", [-9, -8, -3, -2], [-6, -7, -1, -4], "negative"),
        _case("one-without-area", [3, 3, 3, 7], [1, 1, 6, 6], "no-area"),
        _case("other-without-area", [1, 1, 6, 6], [2, 4, 5, 4], "no-area"),
        _case("both-without-area", [3, 3, 3, 3], [3, 3, 3, 3], "no-area", "0/0"),
        _case("two-lines", [1, 2, 1, 6], [4, 5, 8, 5], "no-area", "0/0"),
        _case("wide-and-tall", [0, 0, 100, 2], [40, -30, 43, 50], "negative"),
        _case("nearly-the-same", [0, 0, 8, 8], [0, 0, 8, 7]),
        _case("far-away", [80000, 60000, 80004, 60004], [80002, 60001, 80006, 60005], "large-coordinates"),
        _case("thousands", [1000, 2000, 1400, 2600], [1200, 2300, 1500, 2900]),
    )


def _drawn(rng: np.random.Generator) -> Iterator[Case]:
    for number in range(10):
        box_a, box_b = random_boxes(rng, 2, extent=16.0 if number < 7 else 40.0)
        yield _case(f"random-{number + 1}", box_a, box_b)


def _explain(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Text:
    del got
    return explain_overlap(inputs["box_a"], inputs["box_b"], keywords)


_ALIASES = """
    bb_intersection_over_union bbox_iou get_iou intersection_over_union compute_iou calc_iou calculate_iou box_iou
    iou_score cal_iou bb_iou iou_box iou_bbox iou_of iou_of_boxes bbox_intersection_over_union bboxes_iou jaccard jaccard_index
    jaccard_overlap compute_overlap calculate_intersection_over_union calc_intersection_over_union get_intersection_over_union
    bounding_box_iou iou_2d overlap_ratio iou_numpy iou_np np_iou iou_xyxy iou_boxes rect_iou iou_rect IoU my_iou
    compute_intersection_over_union bb_overlap box_overlap iou_single single_iou two_box_iou iou_score_boxes
"""

DRILL = Drill(
    name="iou",
    title=Text("两个框的 IoU（交并比）", "IoU of two boxes"),
    topic="detection",
    difficulty=1,
    takes={"box_a": "box", "box_b": "box"},
    gives="scalar",
    code=(overlap, iou),
    statement=contract_of(
        iou,
        """两个框的交并比。

box_a、box_b：浮点数组 (4,)，xyxy，连续坐标（边长是 x2 − x1，不加 1），x1 ≤ x2，y1 ≤ y2。
返回 0 到 1 之间的一个数；0/0（两个框的面积都为 0）为 0。面积不小于 1e-4 的框，相对误差不超过 1e-5。""",
    ),
    special=_special,
    drawn=_drawn,
    mutants=(*OVERLAP_MUTANTS, *NUMBER_MUTANTS, *FORMULA_MUTANTS),
    slips=OVERLAP_SLIPS,
    instead=SCALAR_INSTEAD,
    habits=HABITS,
    conventions=(PIXEL, ZERO, EPS, DIGITS),
    aliases=tuple(_ALIASES.split()),
    looks_like=r"^(?!.*(matrix|pairwise|overlaps|batch|all|mean|giou|diou|ciou|loss|mask|metric|test|nms|distance|score|threshold))"
    r"(.*_)?(iou|intersection_over_union|jaccard)(_.*|\d*)$",
    tags=("iou", "detection"),
    hints=(
        Text(
            "交集的左上角取两个左上角的较大者。", "The shared part starts at the larger of the two upper-left corners."
        ),
        Text("宽和高先截断为 0，再相乘。", "Clamp width and height at 0 before you multiply."),
        Text(
            "并集 = 面积之和 − 交集；并集为 0 时返回 0。",
            "Union = sum of the areas minus the intersection; return 0 where it is 0.",
        ),
    ),
    probes=("crossing", "cross", "random-1"),
    large=Large(timed_box_pair, (1,)),
    picture="boxes",
    explain=_explain,
)
