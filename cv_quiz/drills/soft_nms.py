"""Soft non-maximum suppression."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cv_quiz.drills._box_cases import edges
from cv_quiz.drills._boxes import PIXEL, as_boxes, crowd, distinct_scores, overlap, separate_boxes
from cv_quiz.drills._numpy import np
from cv_quiz.drills._overlap_mistakes import OVERLAP_MUTANTS
from cv_quiz.drills._overlap_slips import OVERLAP_SLIPS
from cv_quiz.drills.contract import Axis, Case, Drill, Large, Mutant, Option, contract_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        if current[best] < score_threshold or (above and current[best] == score_threshold):
            break
        left.remove(best)
        indices.append(best)
        kept.append(float(current[best]))
        ious = overlap(boxes[best], boxes[left], pixel)
        weights = np.exp(-(ious**2) / sigma)
        if decay != "gaussian":
            weights = np.where(ious > nt, 1 - ious if decay == "linear" else 0.0, 1.0)
        current[left] = current[left] * weights
    if ascending:
        kept = [score for _, score in sorted(zip(indices, kept, strict=True))]
        indices = sorted(indices)
    return indices, kept


_WEIGHTS = "weights = np.exp(-(ious**2) / sigma)"
_DECAY = "current[left] = current[left] * weights"
_BEST = "best = min(left, key=lambda i: (-current[i], place.get(i, len(boxes)), i))"
_ENOUGH = "if current[best] < score_threshold or (above and current[best] == score_threshold):"

_MUTANTS = (
    Mutant(
        "iou-not-squared",
        Text("指数里的 IoU 没有平方：应为 exp(−IoU²/σ)", "the IoU in the exponent is not squared: exp(-IoU^2 / sigma) is asked"),
        ((_WEIGHTS, "weights = np.exp(-ious / sigma)"),),
        Text("写成 iou ** 2。", "Write iou ** 2."),
    ),
    Mutant(
        "sigma-squared",
        Text("指数的分母用了 2σ²（或 σ²），应为 σ", "the exponent is divided by 2 sigma^2 (or sigma^2) where sigma is asked"),
        ((_WEIGHTS, "weights = np.exp(-(ious**2) / (2 * sigma**2))"),),
        Text("分母就是 σ。", "The denominator is sigma itself."),
        variants=(
            ((_WEIGHTS, "weights = np.exp(-(ious**2) / sigma**2)"),),
            ((_WEIGHTS, "weights = np.exp(-(ious**2) / (2 * sigma))"),),
        ),
    ),
    Mutant(
        "sigma-multiplied",
        Text("指数乘以了 σ，应除以 σ", "the exponent is multiplied by sigma where it is divided"),
        ((_WEIGHTS, "weights = np.exp(-(ious**2) * sigma)"),),
        Text("exp(−IoU²/σ)。", "exp(-IoU^2 / sigma)."),
    ),
    Mutant(
        "sigma-ignored",
        Text("没有使用传入的 sigma，而是用了写死的值", "the sigma that is passed in is not used: a fixed value is"),
        ((_WEIGHTS, "weights = np.exp(-(ious**2) / 0.5)"),),
        Text("使用参数 sigma。", "Use the parameter sigma."),
        variants=(((_WEIGHTS, "weights = np.exp(-(ious**2))"),),),
    ),
    Mutant(
        "linear-decay",
        Text("用了线性衰减 1 − IoU，要求的是高斯衰减", "it decays linearly by 1 - IoU where the Gaussian is asked"),
        ((_WEIGHTS, "weights = 1 - ious"),),
        Text("exp(−IoU²/σ)。", "exp(-IoU^2 / sigma)."),
        variants=(
            ((_WEIGHTS, "weights = np.where(ious > 0.3, 1 - ious, 1.0)"),),
            ((_WEIGHTS, "weights = np.where(ious > 0.5, 1 - ious, 1.0)"),),
            ((_WEIGHTS, "weights = np.where(ious > sigma, 1 - ious, 1.0)"),),
        ),
    ),
    Mutant(
        "hard-suppression",
        Text("这是普通 NMS：重叠的框被直接去掉，而不是降低得分", "this is hard NMS: overlapping boxes are removed, not decayed"),
        ((_WEIGHTS, "weights = np.where(ious > 0.5, 0.0, 1.0)"),),
        Text("只降低得分，不删除。", "Lower the scores, remove nothing."),
        variants=(
            ((_WEIGHTS, "weights = np.where(ious > 0.3, 0.0, 1.0)"),),
            ((_WEIGHTS, "weights = np.where(ious > sigma, 0.0, 1.0)"),),
        ),
    ),
    Mutant(
        "decays-above-a-threshold-only",
        Text("只有 IoU 超过某个阈值的框才衰减，其余没有衰减", "only boxes above some IoU decay, the others keep their score"),
        ((_WEIGHTS, "weights = np.where(ious > 0.5, np.exp(-(ious**2) / sigma), 1.0)"),),
        Text("高斯衰减作用于所有剩余的框。", "The Gaussian applies to all boxes that are left."),
        variants=(((_WEIGHTS, "weights = np.where(ious > 0.3, np.exp(-(ious**2) / sigma), 1.0)"),),),
    ),
    Mutant(
        "wrong-sign",
        Text("指数的符号错了：得分变大而不是衰减", "the exponent has the wrong sign: scores grow where they should decay"),
        ((_WEIGHTS, "weights = np.exp((ious**2) / sigma)"),),
        Text("exp(−IoU²/σ)，有负号。", "exp(-IoU^2 / sigma), with the minus."),
        variants=(((_WEIGHTS, "weights = 1 - np.exp(-(ious**2) / sigma)"),),),
    ),
    Mutant(
        "not-ranked-again",
        Text("只在开始时排序一次：衰减后没有重新选最高分", "it sorts once at the start: after a decay the best is not looked for again"),
        ((_BEST, "best = min(left, key=lambda i: (-scores[i], place.get(i, len(boxes)), i))"),),
        Text("每一轮都重新取当前最高分的框。", "Take the box with the highest current score in every round."),
        variants=(
            (
                (_BEST, "best = min(left, key=lambda i: (-scores[i], place.get(i, len(boxes)), i))"),
                (_ENOUGH + "\n            break", _ENOUGH + "\n            left.remove(best)\n            continue"),
            ),
        ),
    ),
    Mutant(
        "decay-not-accumulated",
        Text("每次都从原始得分衰减：多次衰减没有累积", "each decay starts from the original score: several decays do not add up"),
        ((_DECAY, "current[left] = np.asarray(scores, dtype=float)[left] * weights"),),
        Text("在当前得分上继续相乘。", "Multiply the current score."),
    ),
    Mutant(
        "original-scores-returned",
        Text("返回的是原始得分，而不是衰减后的得分", "it returns the original scores, not the decayed ones"),
        (("kept.append(float(current[best]))", "kept.append(float(scores[best]))"),),
        Text("记录被选中时的当前得分。", "Note the current score at the time of picking."),
    ),
    Mutant(
        "picked-boxes-decay-too",
        Text("已选中的框的得分也继续衰减", "the scores of boxes that were already picked decay further"),
        (
            ("        kept.append(float(current[best]))\n", ""),
            (_DECAY, _DECAY + "\n        done = indices[:-1]\n        current[done] *= np.exp(-(overlap(boxes[best], boxes[done], pixel) ** 2) / sigma)"),
            ("    if ascending:", "    kept = [float(current[i]) for i in indices]\n    if ascending:"),
        ),
        Text("只衰减还没有选中的框。", "Only boxes that are left decay."),
        variants=(
            (("kept.append(float(current[best]))", "kept.append(float(current[best] * np.exp(-1.0 / sigma)))"),),
        ),
    ),
    Mutant(
        "threshold-on-original-scores",
        Text("与阈值比较的是原始得分，而不是衰减后的得分", "the threshold is compared with the original scores, not the decayed ones"),
        (
            (_ENOUGH, "if False:"),
            ("left = list(range(len(boxes)))", "left = [i for i in range(len(boxes)) if current[i] >= score_threshold]"),
        ),
        Text("每一轮都检查当前得分。", "Check the current score in every round."),
    ),
    Mutant(
        "threshold-ignored",
        Text("没有用到得分阈值：所有框都返回了", "the score threshold is not used: all boxes are returned"),
        ((_ENOUGH, "if False:"),),
        Text("当前最高分低于阈值时停止。", "Stop when the highest current score is below the threshold."),
        variants=(((_ENOUGH, "if current[best] < 0.001:"),), ((_ENOUGH, "if current[best] < 0.5:"),)),
    ),
    Mutant(
        "only-next-decays",
        Text("每次只衰减了下一个框，而不是所有剩余的框", "only the next box decays, not all that are left"),
        ((_DECAY, "nearest = sorted(left, key=lambda i: -current[i])[:1]\n        current[nearest] *= weights[[left.index(i) for i in nearest]]"),),
        Text("对所有剩余的框相乘。", "Multiply the scores of all boxes that are left."),
    ),
    Mutant(
        "only-best-decays-others",
        Text("只有第一个选中的框让别的框衰减", "only the first box that is picked makes others decay"),
        ((_DECAY, "current[left] = current[left] * (weights if len(indices) == 1 else 1.0)"),),
        Text("每选中一个框都要衰减其余的框。", "Every picked box makes the others decay."),
    ),
    Mutant(
        "worst-first",
        Text("先选了得分最低的框", "it picks the box with the lowest score first"),
        (("(-current[i], place", "(current[i], place"), (_ENOUGH + "\n            break", _ENOUGH + "\n            left.remove(best)\n            continue")),
        Text("用 argmax。", "Use argmax."),
    ),
    Mutant(
        "last-box-lost",
        Text("最后剩下的一个框没有被处理（循环条件少了一次）", "the last box that remains is never picked (the loop ends one too early)"),
        (("    while left:", "    while len(left) > 1:"),),
        Text("循环条件应是“还有框”。", "Loop while any box is left."),
    ),
)  # fmt: skip

_CONVENTIONS = (
    PIXEL,
    Axis("above", False, (
        Option("threshold-exclusive", True, Text("得分恰好等于阈值时不保留（> 而不是 ≥）", "a score exactly at the threshold is dropped (> for >=)")),
    )),
    Axis("decay", "gaussian", (
        Option("linear-decay", "linear", Text("线性衰减：IoU 超过阈值时乘以 1 − IoU", "linear decay: times 1 - IoU above an IoU threshold"), only="nt"),
        Option("hard-suppression", "hard", Text("硬抑制（原始 NMS）", "hard suppression (the original NMS)"), only="nt"),
    )),
    Axis("ascending", False, (
        Option("ascending-indices", True, Text("结果按下标升序，而不是按选中的先后", "returns in ascending order of the indices, not of picking")),
    )),
    Axis("sigma", None, (Option("sigma-0.5", 0.5, Text("sigma 固定为 0.5", "sigma is fixed at 0.5"), lacking="sigma"),)),
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


def _cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for name, inputs, tags in edges():
        if name not in _LEFT_OUT:
            cases.append(_case(name, inputs["boxes"], inputs["scores"], 0.5, 0.03125, *(tags - {"threshold"})))
    cases += _own_cases()
    for number, (sigma, threshold) in enumerate(
        ((0.5, 0.1), (0.5, 0.3), (0.3, 0.2), (0.7, 0.25), (0.5, 0.001), (0.4, 0.15), (0.5, 0.2))
    ):
        cases.append(_case(f"random-{number + 1}", *_clear(rng, 4 + number, sigma, threshold), sigma, threshold))
    for number in range(5):
        boxes, scores = separate_boxes(rng, 2 + number), distinct_scores(rng, 2 + number)
        cases.append(_case(f"apart-{number + 1}", boxes, scores, 0.5, 0.25 + 1 / 4096, "disjoint"))
    return cases


_LEFT_OUT = {"small-boxes", "zero-threshold", "at-threshold-by-pixels", "second-group", "low-scores", "equal-scores-apart", "single",
             "a-tie-behind-the-best", "fractions", "touching", "large-coordinates", "threshold-one"}  # fmt: skip


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
        _case("barely-overlapping", [[0, 0, 8, 8], [6, 6, 14, 14], [13, 0, 20, 7]], [0.5, 0.75, 0.625], 0.5, 0.125),
    ]  # fmt: skip


def _clear(rng: np.random.Generator, count: int, sigma: float, threshold: float) -> tuple[Any, Any]:
    """Boxes and scores where no pick and no comparison with the threshold is close, with or without +1."""
    while True:
        boxes, scores = crowd(rng, count, 0.5), distinct_scores(rng, count)
        if all(_is_clear(boxes, scores, sigma, threshold, pixel) for pixel in (0.0, 1.0)):
            return boxes, scores


def _is_clear(boxes: Any, scores: Any, sigma: float, threshold: float, pixel: float) -> bool:
    current, left = scores.copy(), list(range(len(boxes)))
    while left:
        ranked = sorted(left, key=lambda i: -current[i])
        gaps = [current[a] - current[b] for a, b in pairwise(ranked)]
        if min(gaps[:1], default=1.0) < 2e-3 or abs(current[ranked[0]] - threshold) < 2e-3:
            return False
        left.remove(ranked[0])
        current[left] *= np.exp(-(overlap(boxes[ranked[0]], boxes[left], pixel) ** 2) / sigma)
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
    cases=_cases,
    mutants=(*OVERLAP_MUTANTS, *_MUTANTS),
    slips=OVERLAP_SLIPS,
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
