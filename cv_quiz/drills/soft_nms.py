"""Soft non-maximum suppression."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cv_quiz.drills._box_cases import edges, large_crowd
from cv_quiz.drills._boxes import PIXEL, as_boxes, crowd, distinct_scores, overlap, pairwise, separate_boxes
from cv_quiz.drills._numpy import np
from cv_quiz.drills._overlap_mistakes import OVERLAP_MUTANTS
from cv_quiz.drills._overlap_numbers import FORMULA_MUTANTS, HABITS, NUMBER_MUTANTS
from cv_quiz.drills._overlap_slips import OVERLAP_SLIPS
from cv_quiz.drills._soft_nms_mistakes import SOFT_MUTANTS
from cv_quiz.drills._soft_nms_ways import SOFT_SLIPS
from cv_quiz.drills.contract import Axis, Case, Drill, Large, Option, contract_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt


def soft_nms(  # noqa: PLR0913 - one keyword for each convention
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    sigma: float,
    score_threshold: float,
    *,
    pixel: float = 0.0,
    above: bool = False,
    decay: str = "gaussian",
    nt: float = 0.3,
    ascending: bool = False,
    unchecked: str = "",
    smoothing: tuple[float, float] = (0.0, 0.0),
    empty: float = 0.0,
    ties: Sequence[int] = (),
) -> tuple[list[int], list[float]]:
    """Soft non-maximum suppression with Gaussian decay.

    boxes: float array (n, 4), `xyxy`, continuous coordinates (a side is x2 - x1, no +1), x1 <= x2, y1 <= y2.
    scores: float array (n,). sigma: width of the decay. score_threshold: least score that is kept.
    Returns (indices, scores) in the order of picking: indices of the input, and the decayed score each box
    had when it was picked; any order inside a tie. Each round picks the box with the highest current score
    and multiplies the scores of all boxes that are left by exp(-IoU^2 / sigma); a box is kept while its
    score is at or above the threshold. No boxes in, nothing out.

    Source: Bodla et al., Soft-NMS - Improving Object Detection With One Line of Code, ICCV 2017.
    """
    boxes, current = as_boxes(boxes), np.array(scores, dtype=float).reshape(-1)
    place = {index: position for position, index in enumerate(ties)}
    left = list(range(len(boxes)))
    indices, kept = [], []
    while left:
        best = min(left, key=lambda i: (-current[i], place.get(i, len(boxes)), i))
        if not unchecked and (current[best] < score_threshold or (above and current[best] == score_threshold)):
            break
        left.remove(best)
        indices.append(best)
        kept.append(float(current[best]))
        ious = overlap(boxes[best], boxes[left], pixel, empty, *smoothing)
        weights = np.exp(-(ious**2) / sigma)
        if decay != "gaussian":
            weights = np.where(ious > nt, 1 - ious if decay == "linear" else 0.0, 1.0)
        current[left] = current[left] * weights
        if unchecked:
            decayed = (ious != 0) | (unchecked == "first")
            enough = (current[left] > score_threshold) | ((current[left] == score_threshold) & (not above))
            left = [i for i, stays in zip(left, ~decayed | enough, strict=True) if stays]
    if ascending:
        kept = [score for _, score in sorted(zip(indices, kept, strict=True))]
        indices = sorted(indices)
    return indices, kept


_CONVENTIONS = (
    PIXEL,
    Axis("above", False, (
        Option("threshold-exclusive", True, Text("得分恰好等于阈值时不保留（> 而不是 ≥）", "a score exactly at the threshold is dropped (> for >=)")),
    )),
    Axis("decay", "gaussian", (
        Option("linear-decay", "linear", Text("线性衰减：IoU 超过阈值时乘以 1 − IoU", "linear decay: times 1 - IoU above an IoU threshold"), only="nt"),
        Option("hard-suppression", "hard", Text("几种方法中的硬抑制（原始 NMS）", "hard suppression (the original NMS), as one of several methods"), only="nt", having="sigma"),
    )),
    Axis("ascending", False, (
        Option("ascending-indices", True, Text("结果按下标升序，而不是按选中的先后", "returns in ascending order of the indices, not of picking")),
    )),
    Axis("unchecked", "", (
        Option("first-pick-unchecked", "first", Text("第一个选中的框不与得分阈值比较，低于阈值也保留", "the first pick is never compared with the threshold: it is kept even below it")),
        Option("only-decayed-scores-checked", "undecayed", Text("只有衰减过的得分才与阈值比较（论文代码的做法）：没有衰减过的框低于阈值也保留", "only scores that have decayed are compared with the threshold, as in the paper's code: a pick that nothing overlaps is kept even below it")),
    ), rare=True),
    Axis("smoothing", (0.0, 0.0), tuple(
        Option(f"eps-{value:g}", (value, 0.0), Text(f"并集加上了 {value:g}", f"{value:g} is added to the union")) for value in (1e-6, 1e-5, 1e-4)
    ), rare=True),
    Axis("empty", 0.0, (
        Option("zero-over-zero-is-1", 1.0, Text("两个面积为 0 的框的 IoU（0/0）得 1", "the IoU of two boxes without area (0/0) is 1")),
    ), rare=True),
    Axis("", True, (
        Option("zero-over-zero-is-nan", False, Text("两个面积为 0 的框得到 0/0 = NaN，约定是 0", "two boxes without area give 0/0 = NaN where the contract has 0"), excuses="0/0"),
    ), rare=True),
    Axis("sigma", None, (Option("sigma-0.5", 0.5, Text("没有 sigma 参数（高斯衰减按 0.5 计算）", "takes no sigma: where the decay is Gaussian, 0.5 is its sigma"), lacking="sigma"),)),
    Axis("score_threshold", None, tuple(
        Option(f"score-threshold-{value:g}", value, Text(f"得分阈值固定为 {value:g}", f"the score threshold is fixed at {value:g}"),
               lacking="score_threshold")
        for value in (0.001, 0.0, 0.01, 0.05, 0.1, 0.3)
    )),
)  # fmt: skip


def _case(name: str, boxes: Any, scores: Any, sigma: float, threshold: float, *tags: str) -> Case:
    inputs = {
        "boxes": as_boxes(boxes),
        "scores": np.asarray(scores, dtype=float),
        "sigma": sigma,
        "score_threshold": threshold,
    }
    return Case(name, inputs, frozenset(tags))


@cache
def _special() -> tuple[Case, ...]:
    shared = [
        _case(name, inputs["boxes"], inputs["scores"], 0.5, 0.03125, *(tags - {"threshold"}))
        for name, inputs, tags in edges()
        if name not in _LEFT_OUT
    ]
    return *shared, *_own_cases()


def _drawn(rng: np.random.Generator) -> Iterator[Case]:
    for number, (sigma, threshold) in enumerate(
        ((0.5, 0.1), (0.5, 0.3), (0.3, 0.2), (0.7, 0.25), (0.5, 0.001), (0.4, 0.15), (0.5, 0.2))
    ):
        yield _case(f"random-{number + 1}", *_clear(rng, 4 + number, sigma, threshold), sigma, threshold)
    for number in range(4):
        boxes, scores = separate_boxes(rng, 2 + number), distinct_scores(rng, 2 + number)
        yield _case(f"apart-{number + 1}", boxes, scores, 0.5, 0.25 + 1 / 4096, "disjoint")
    yield _case("crowd", *_clear_crowd(rng, 40, 0.5, 0.02), 0.5, 0.02, "many-boxes")


_LEFT_OUT = {"small-boxes", "zero-threshold", "at-threshold-by-pixels", "second-group", "low-scores", "equal-scores-apart", "single",
             "a-tie-behind-the-best", "fractions", "touching", "large-coordinates", "threshold-one", "a-score-of-zero"}  # fmt: skip


def _own_cases() -> list[Case]:
    apart = [[0, 0, 4, 4], [10, 0, 14, 4], [20, 0, 24, 4]]
    pile = [[0, 0, 8, 8], [1, 0, 9, 8], [2, 0, 10, 8], [30, 0, 38, 8]]
    return [
        _case("one-box", [[1, 2, 5, 8]], [0.75], 0.5, 0.25, "single"),
        _case("one-box-below-threshold", [[1, 2, 5, 8]], [0.125], 0.5, 0.25, "single", "below-threshold"),
        _case("at-score-threshold", apart, [0.25, 0.75, 0.5], 0.5, 0.25, "threshold"),
        _case("below-threshold-from-the-start", apart, [0.125, 0.75, 0.5], 0.5, 0.25, "below-threshold"),
        _case("decays-below-threshold", pile, [0.875, 0.75, 0.625, 0.5], 0.5, 0.25),
        _case("rank-changes", pile, [0.875, 0.8125, 0.4375, 0.375], 0.5, 0.0625, "re-ranked"),
        _case("decays-twice", [[0, 0, 8, 8], [2, 0, 10, 8], [4, 0, 12, 8]], [0.875, 0.75, 0.6875], 0.5, 0.0625),
        _case("wide-sigma", pile, [0.875, 0.75, 0.625, 0.5], 2.0, 0.0625),
        _case("narrow-sigma", pile, [0.875, 0.75, 0.625, 0.5], 0.125, 0.0625),
        _case("zero-score-threshold", pile, [0.875, 0.75, 0.625, 0.5], 0.5, 0.0),
        _case("zero-scores", [*apart, [1, 0, 5, 4]], [0.0, 0.75, 0.5, 0.0], 0.5, 0.0, "zero-scores"),
        _case("barely-overlapping", [[0, 0, 8, 8], [6, 6, 14, 14], [13, 0, 20, 7]], [0.5, 0.75, 0.625], 0.5, 0.125),
    ]  # fmt: skip


def _clear(rng: np.random.Generator, count: int, sigma: float, threshold: float) -> tuple[Any, Any]:
    """Boxes and scores where no pick and no comparison with the threshold is close, with or without +1."""
    while True:
        boxes, scores = crowd(rng, count, 0.5), distinct_scores(rng, count)
        if all(_is_clear(boxes, scores, sigma, threshold, pixel) for pixel in (0.0, 1.0)):
            return boxes, scores


# Other scores are drawn sooner than other boxes.
SCORES_TRIED = 3


def _clear_crowd(rng: np.random.Generator, count: int, sigma: float, threshold: float) -> tuple[Any, Any]:
    """Many boxes in dense groups; picks are closer to each other than among few, but far beyond rounding."""
    while True:
        boxes = large_crowd(rng, count, 0.5)
        for _ in range(SCORES_TRIED):
            scores = distinct_scores(rng, count)
            if all(_is_clear(boxes, scores, sigma, threshold, pixel, 5e-5) for pixel in (0.0, 1.0)):
                return boxes, scores


def _is_clear(boxes: Any, scores: Any, sigma: float, threshold: float, pixel: float, margin: float = 2e-3) -> bool:
    current, weights = scores.copy(), np.exp(-(pairwise(boxes, pixel) ** 2) / sigma)
    for _ in boxes:
        best = current.argmax()
        top, current[best] = current[best], -np.inf
        if top - current.max() < margin or abs(top - threshold) < margin:
            return False
        current *= weights[best]
    return True


def _many(rng: np.random.Generator, count: int) -> Mapping[str, Any]:
    corner = rng.uniform(0, 12 * np.sqrt(count), (count, 2))
    boxes = np.concatenate([corner, corner + rng.uniform(4, 12, (count, 2))], axis=1)
    return {
        "boxes": boxes,
        "scores": rng.permutation(np.linspace(0.05, 0.95, count)),
        "sigma": 0.5,
        "score_threshold": 0.001,
    }


def _follow(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Mapping[str, Any]:
    """Among equal scores the answer's own order."""
    unique = len(set(inputs["scores"].tolist())) == len(inputs["scores"])
    return keywords if unique or got.indices is None else {**keywords, "ties": got.indices}


def _explain(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Text | None:
    """The first pick at which an answer differs, and the score that decides it."""
    indices, scores = soft_nms(**{**inputs, **keywords})
    given, values = list(got.indices or ()), list(got.scores or ())
    for round_, (index, score) in enumerate(zip(indices, scores, strict=True)):
        if round_ >= len(given) or given[round_] != index:
            return Text(
                "第 {round} 轮应选框 {index}，此时得分 {score:.5g}",
                "round {round} picks box {index}, whose score is {score:.5g} by then",
            ).format(round=round_ + 1, index=index, score=score)
        if round_ < len(values) and not np.isclose(values[round_], score, rtol=1e-5):
            return Text(
                "第 {round} 轮选中框 {index}，得分应为 {score:.5g}，得到 {value:.5g}",
                "round {round} picks box {index} with score {score:.5g}, not {value:.5g}",
            ).format(round=round_ + 1, index=index, score=score, value=values[round_])
    return Text("应在 {count} 轮后停止", "it ends after {count} rounds").format(count=len(indices))


_ALIASES = """
    softnms py_cpu_softnms cpu_soft_nms soft_nms_cpu py_soft_nms py_cpu_soft_nms soft_non_max_suppression soft_nms_py
    soft_nms_numpy soft_nms_gaussian gaussian_soft_nms soft_nms_np numpy_soft_nms soft_non_maximum_suppression my_soft_nms
    soft_nms_pure_python soft_nms_loop soft_nms_vectorized softnms_cpu soft_nms_python soft_nms_wrapper
"""

DRILL = Drill(
    name="soft_nms",
    title=Text("Soft-NMS（高斯衰减）", "Soft-NMS with Gaussian decay"),
    topic="detection",
    difficulty=3,
    takes={"boxes": "boxes", "scores": "scores", "sigma": "sigma", "score_threshold": "score_threshold"},
    gives="picks",
    code=(as_boxes, overlap, soft_nms),
    statement=contract_of(
        soft_nms,
        """高斯衰减的 Soft-NMS。

boxes：浮点数组 (n, 4)，xyxy，连续坐标（边长是 x2 − x1，不加 1），x1 ≤ x2，y1 ≤ y2。
scores：浮点数组 (n,)。sigma：衰减的宽度。score_threshold：保留的最低得分。
返回 (indices, scores)，按被选中的先后：输入中的下标，以及选中时（已衰减）的得分；得分相同的顺序任意。
每一轮选当前得分最高的框，再把其余各框的得分乘以 exp(−IoU²/σ)；得分不低于阈值的框才保留。输入为空则输出为空。""",
    ),
    special=_special,
    drawn=_drawn,
    mutants=(*OVERLAP_MUTANTS, *SOFT_MUTANTS),
    slips=(*SOFT_SLIPS, *NUMBER_MUTANTS, *FORMULA_MUTANTS, *OVERLAP_SLIPS),
    habits=HABITS[:2],
    conventions=_CONVENTIONS,
    aliases=tuple(_ALIASES.split()),
    classes=("SoftNMS", "SoftNms", "Soft_NMS"),
    looks_like=r"^(?!.*(test|softer))(.*_)?soft_?(nms|non_?max\w*|suppression)(_.*|\d*)$",
    tags=("nms", "detection"),
    prerequisites=("nms", "iou"),
    hints=(
        Text("不删除重叠的框，只降低它们的得分。", "Do not remove overlapping boxes, lower their scores."),
        Text("每一轮重新找当前得分最高的框。", "Look for the highest current score again in every round."),
        Text("剩余各框的得分乘以 exp(−IoU²/σ)；最高分低于阈值时停止。", "Multiply what is left by exp(-IoU^2 / sigma); stop below the threshold."),
    ),
    probes=("rank-changes", "random-1", "random-4"),
    large=Large(_many, (50, 100, 200)),
    in_place=frozenset({"scores", "boxes"}),
    picture="boxes",
    rows=(("boxes", "scores"),),
    follow=_follow,
    explain=_explain,
)  # fmt: skip
