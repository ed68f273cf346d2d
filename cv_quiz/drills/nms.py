"""Non-maximum suppression."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from cv_quiz.drills._box_cases import edges, large_crowd
from cv_quiz.drills._boxes import PIXEL, as_boxes, crowd, distinct_scores, overlap, separate_boxes
from cv_quiz.drills._nms_mistakes import NMS_INSTEAD, NMS_MUTANTS
from cv_quiz.drills._nms_ways import NMS_SLIPS
from cv_quiz.drills._numpy import np
from cv_quiz.drills._overlap_mistakes import OVERLAP_MUTANTS
from cv_quiz.drills._overlap_numbers import FORMULA_MUTANTS, HABITS, NUMBER_MUTANTS
from cv_quiz.drills._overlap_slips import OVERLAP_SLIPS
from cv_quiz.drills.contract import Axis, Case, Drill, Large, Option, contract_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt


def nms(  # noqa: PLR0913 - one keyword for each convention
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    iou_threshold: float,
    *,
    pixel: float = 0.0,
    at_threshold: bool = False,
    at_zero: bool = False,
    rank: str = "score",
    ascending: bool = False,
    floor: float = float("-inf"),
    empty: float = 0.0,
    ties: Sequence[int] = (),
) -> list[int]:
    """Greedy non-maximum suppression.

    boxes: float array (n, 4), `xyxy`, continuous coordinates (a side is x2 - x1, no +1), x1 <= x2, y1 <= y2.
    scores: float array (n,). iou_threshold: in 0..1.
    Returns the indices of the kept boxes, best score first; any order inside a tie. A box is suppressed
    where its IoU with a kept box of better score is greater than the threshold; the IoU of two boxes without
    area (0/0) is 0. No boxes in, nothing out.
    The inputs stay unchanged. 500 boxes that do not touch each other take no more than 5 seconds.

    Source: Neubeck and Van Gool, Efficient Non-Maximum Suppression, ICPR 2006.
    """
    boxes, scores = as_boxes(boxes), np.asarray(scores, dtype=float).reshape(-1)
    keys = {"score": scores, "y2": boxes[:, 3], "input": -np.arange(len(boxes))}[rank]
    place = {index: position for position, index in enumerate(ties)}
    ranked = sorted(range(len(boxes)), key=lambda i: (-keys[i], place.get(i, len(boxes)), i))
    order = np.array([i for i in ranked if scores[i] >= floor], dtype=int)
    at_threshold = at_threshold or (at_zero and iou_threshold == 0)
    alive = np.ones(len(order), dtype=bool)
    keep = []
    for position, best in enumerate(order):
        if not alive[position]:
            continue
        keep.append(int(best))
        later = order[position + 1 :]
        ious = overlap(boxes[best], boxes[later], pixel, empty)
        suppressed = (ious > iou_threshold) | ((ious == iou_threshold) & at_threshold)
        alive[position + 1 :] &= ~suppressed
    return sorted(keep) if ascending else keep


_CONVENTIONS = (
    PIXEL,
    Axis("at_threshold", False, (
        Option("suppress-at-threshold", True, Text("IoU 恰好等于阈值时也抑制（≥ 而不是 >）", "IoU exactly at the threshold is suppressed too (>= for >)"),
               excuses="threshold-0"),  # with >= and a threshold of 0, boxes that do not touch: code goes both ways
    )),
    # >= with an eps in the union: the eps puts a tie below the threshold, unless the threshold is 0
    Axis("at_zero", False, (
        Option("suppress-at-threshold-with-eps", True, Text(
            "IoU 恰好等于阈值时也抑制（≥ 而不是 >），但并集加了一个很小的数，所以只在阈值为 0 时看得出来",
            "IoU exactly at the threshold is suppressed too (>= for >), but an eps is added to the union: it shows at a threshold of 0 only")),
    ), rare=True),
    Axis("rank", "score", (
        Option("no-scores-by-y2", "y2", Text("没有得分参数，按 y2 从大到小", "takes no scores, goes by y2 from the bottom up"), lacking="scores"),
        Option("no-scores-input-order", "input", Text("没有得分参数，按输入顺序", "takes no scores, goes by the order of the input"), lacking="scores"),
    )),
    Axis("ascending", False, (
        Option("ascending-indices", True, Text("结果按下标升序，而不是按得分", "returns indices in ascending order, not by score")),
    )),
    Axis("floor", -float("inf"), tuple(
        Option(f"score-threshold-{value}", value + more, Text(f"内置得分阈值 {value}", f"a score threshold of {value} is built in"),
               having="scores")
        for value in (0.5, 0.3, 0.25, 0.2, 0.1, 0.05) for more in (0.0, 1e-6)
    ), rare=True),
    Axis("iou_threshold", None, tuple(
        Option(f"iou-threshold-{value}", value, Text(f"IoU 阈值固定为 {value}", f"the IoU threshold is fixed at {value}"), lacking="iou_threshold")
        for value in (0.5, 0.3, 0.45, 0.4, 0.6, 0.7)
    )),
    Axis("empty", 0.0, (
        Option("zero-over-zero-suppresses", float("inf"), Text("两个面积为 0 的框会互相抑制（0/0）", "of two boxes without area one is suppressed (0/0)")),
    ), rare=True),
)  # fmt: skip


@cache
def _special() -> tuple[Case, ...]:
    return tuple(Case(name, inputs, tags) for name, inputs, tags in edges())


def _drawn(rng: np.random.Generator) -> Iterator[Case]:
    for number, threshold in enumerate((0.5, 0.3, 0.7, 0.4, 0.6, 0.2, 0.5, 0.3, 0.45)):
        boxes, scores = crowd(rng, 5 + number, threshold), distinct_scores(rng, 5 + number)
        yield Case(f"random-{number + 1}", {"boxes": boxes, "scores": scores, "iou_threshold": threshold})
    boxes, scores = large_crowd(rng, 80, 0.45), distinct_scores(rng, 80)
    yield Case("crowd", {"boxes": boxes, "scores": scores, "iou_threshold": 0.45}, frozenset({"many-boxes"}))
    yield Case("500-separate-boxes", _separate(rng, 500), frozenset({"large", "time-limit"}))


def _separate(rng: np.random.Generator, count: int) -> Mapping[str, Any]:
    scores = rng.permutation(np.linspace(0.05, 0.95, count))
    return {"boxes": separate_boxes(rng, count), "scores": scores, "iou_threshold": 0.5}


def _follow(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Mapping[str, Any]:
    """Among equal scores the answer's own order: what it kept comes first, in the order it was kept."""
    unique = len(set(inputs["scores"].tolist())) == len(inputs["scores"])
    return keywords if unique and "rank" not in keywords else {**keywords, "ties": got.indices}


def _explain(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Text | None:
    """The first place at which an answer leaves the greedy way, with the overlap that decides it."""
    expected = tuple(nms(**{**inputs, **keywords}))
    given = got.indices if got.ordered else tuple(sorted(got.indices, key=lambda i: -inputs["scores"][i]))
    pairs = [pair for pair in zip_longest(expected, given) if pair[0] != pair[1]]
    if not pairs:
        return None
    wanted, found = pairs[0]
    if wanted is not None and wanted not in given:
        return _overlap_of(wanted, expected, inputs, keywords, kept=True)
    if found is not None and found not in expected:
        return _overlap_of(found, expected, inputs, keywords, kept=False)
    return Text(
        "框 {a}（得分 {first:.4g}）应排在框 {b}（得分 {second:.4g}）之前",
        "box {a} (score {first:.4g}) comes before box {b} (score {second:.4g})",
    ).format(a=wanted, b=found, first=inputs["scores"][wanted or 0], second=inputs["scores"][found or 0])


def _overlap_of(
    box: int, expected: tuple[int, ...], inputs: Mapping[str, Any], keywords: Mapping[str, Any], *, kept: bool
) -> Text:
    boxes = as_boxes(inputs["boxes"])
    better = [i for i in expected if i != box and inputs["scores"][i] >= inputs["scores"][box]]
    if not better:
        return Text(
            "没有得分更高的框与框 {box} 重叠，它应当保留", "no better box stands against box {box}: it is kept"
        ).format(box=box)
    ious = overlap(boxes[box], boxes[better], keywords.get("pixel", 0.0))
    other, value = better[int(np.argmax(ious))], float(np.max(ious))
    text = Text(
        "框 {box} 应当保留：与已保留的更高分框的最大 IoU 是 {value:.4g}（框 {other}），不大于阈值 {limit:.4g}",
        "box {box} is kept: its largest IoU with a better kept box is {value:.4g} (box {other}), threshold {limit:.4g}",
    )
    if not kept:
        text = Text(
            "框 {box} 应被框 {other} 抑制：IoU 是 {value:.4g}，阈值 {limit:.4g}",
            "box {box} is suppressed by box {other}: their IoU is {value:.4g}, the threshold {limit:.4g}",
        )
    return text.format(box=box, other=other, value=value, limit=inputs["iou_threshold"])


_ALIASES = """
    py_cpu_nms py_nms cpu_nms nms_cpu py_nms_cpu non_max_suppression non_maximum_suppression non_max_suppress
    non_max_supression non_maximal_suppression non_max_suppression_fast nms_numpy numpy_nms nms_np np_nms hard_nms
    greedy_nms single_class_nms nms_single_class bbox_nms box_nms nms_boxes nms_bbox nms_fast fast_nms nms_python
    python_nms pure_python_nms nms_py batched_nms batch_nms multiclass_nms multi_class_nms nonmaxsuppression do_nms
    apply_nms run_nms my_nms nms_simple simple_nms standard_nms nms_vectorized nms_slow non_max_suppression_slow
    class_agnostic_nms nms_v1 nms_v2 suppress suppression nms_loop nms_numpy_vectorized nms_pure_python nms_naive
    naive_nms
"""

DRILL = Drill(
    name="nms",
    title=Text("非极大值抑制（NMS）", "Non-maximum suppression"),
    topic="detection",
    difficulty=2,
    takes={"boxes": "boxes", "scores": "scores", "iou_threshold": "iou_threshold"},
    gives="indices",
    code=(as_boxes, overlap, nms),
    statement=contract_of(
        nms,
        """贪心非极大值抑制。

boxes：浮点数组 (n, 4)，xyxy，连续坐标（边长是 x2 − x1，不加 1），x1 ≤ x2，y1 ≤ y2。
scores：浮点数组 (n,)。iou_threshold：0 到 1 之间。
返回被保留的框在输入中的下标，得分高的在前，得分相同的顺序任意。一个框与已保留的更高分框的 IoU
大于阈值时才被抑制；两个面积为 0 的框的 IoU（0/0）为 0。输入为空则输出为空。不得改变输入。500 个互不相交的框须在 5 秒内完成。""",
    ),
    special=_special,
    drawn=_drawn,
    mutants=(*NMS_MUTANTS, *OVERLAP_MUTANTS),
    slips=(*NMS_SLIPS, *NUMBER_MUTANTS, *FORMULA_MUTANTS, *OVERLAP_SLIPS),
    instead=NMS_INSTEAD,
    habits=HABITS[:2],
    conventions=_CONVENTIONS,
    aliases=tuple(_ALIASES.split()),
    classes=("NMS", "NonMaxSuppression", "NonMaximumSuppression"),
    looks_like=r"^(?!.*(soft|test|mask_|rotate|poly|merge|tf_|torch_?vision))(.*_)?(nms|non_?max\w*|nonmax\w*)(_.*|\d*)$",
    tags=("nms", "detection"),
    prerequisites=("iou",),
    hints=(
        Text("先按得分从高到低排序，保留第一个。", "Sort by score, best first, and keep the first one."),
        Text("计算它与其余各框的 IoU，去掉大于阈值的。", "Compute its IoU with all others and drop those above the threshold."),
        Text("对剩下的框重复，直到没有框。返回的是原始下标。", "Repeat with what is left. Return indices of the input."),
    ),
    probes=("between-two", "random-1", "random-2"),
    large=Large(_separate, (125, 250)),
    time_limit_case="500-separate-boxes",
    picture="boxes",
    rows=(("boxes", "scores"),),
    follow=_follow,
    explain=_explain,
)  # fmt: skip
