"""What a suppression makes of two boxes, found from outside: their overlap from the threshold, their decay from the score."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Kept, Picked
from cv_quiz.drills.contract import Case
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import Run, evaluate, read_run
from cv_quiz.grading.invariance import MORE
from cv_quiz.grading.points import Point
from cv_quiz.grading.variants import parts, spellings
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cv_quiz.drills.contract import Edit
    from cv_quiz.grading.fit import Fit, Outcome
    from cv_quiz.grading.session import Session

# Pairs of boxes: crossing, nested, wide across tall, far apart, crossing the other way round, fractions, negative.
_PAIRS = np.array([
    [[0.0, 0.0, 8.0, 6.0], [2.0, 1.0, 11.0, 8.0]],
    [[1.0, 2.0, 9.0, 10.0], [3.0, 3.0, 6.0, 9.0]],
    [[0.0, 3.0, 12.0, 7.0], [4.0, 0.0, 8.0, 9.0]],
    [[0.0, 0.0, 4.0, 5.0], [20.0, 12.0, 26.0, 16.0]],
    [[5.0, 4.0, 12.0, 15.0], [1.0, 6.0, 10.0, 11.0]],
    [[0.125, 0.25, 0.75, 0.875], [0.25, 0.375, 0.875, 0.75]],
    [[-7.0, -5.0, 3.0, 2.0], [-4.0, -6.0, 5.0, 1.0]],
])  # fmt: skip
_APART = np.array([
    [[0.0, 0.0, 4.0, 5.0], [20.0, 12.0, 26.0, 16.0]],
    [[30.0, 25.0, 38.0, 31.0], [2.0, 3.0, 9.0, 8.0]],
    [[3.0, 40.0, 9.0, 47.0], [22.0, 5.0, 31.0, 11.0]],
])  # fmt: skip
_SAME = np.array([[box, box] for box in ([0.0, 0.0, 4.0, 5.0], [3.0, 4.0, 12.0, 9.0], [21.0, 2.0, 25.0, 17.0])])
STEPS = 9
# The bisection ends this close to the overlap; what differs by more than twice as much is wrong.
CLOSE = 2.0**-STEPS
# Factors that differ by less look the same when they are written down.
VISIBLE = 2e-3
_SIGMAS = (0.4, 1.5)
_PIXELS = (0.0, 1.0)


def wrong_order(session: Session, run: Run, fit: Fit) -> list[Diagnosis]:
    """What becomes of two boxes far apart, and of two that are the same: measured, whatever the function computes."""
    if session.drill.gives != "indices" or "scores" in run.layout.lacks:
        return []
    apart, same = (_counts(session, run, fit, pairs) for pairs in (_APART, _SAME))
    if apart == {1} and same == {2}:
        return [_INVERTED]
    return [_APART_DROPPED] if apart == {1} else [_SAME_KEPT] if same == {2} else []


def _counts(session: Session, run: Run, fit: Fit, pairs: Any) -> set[int]:
    """How many of two boxes come back; -1 for what is no answer."""
    outcomes = [_answer(session, run, fit, _two_boxes(pair, iou_threshold=0.5)) for pair in pairs]
    return {len(outcome.indices) if isinstance(outcome, Kept) else -1 for outcome in outcomes}


def wrong_overlap(session: Session, run: Run, fit: Fit) -> list[Diagnosis]:
    """What the function takes two boxes' overlap to be, where that is not their IoU; nothing where it cannot be told."""
    if session.drill.gives != "indices" or run.layout.lacks:
        return []
    found = [_implied(session, run, fit, pair) for pair in _PAIRS]
    implied = np.array([np.nan if value is None else value for value in found])
    # Where two boxes come out alike whatever their place, the comparison is wrong and not the overlap.
    if (
        np.isnan(implied).any()
        or np.ptp(implied) < CLOSE
        or any(_fits(session, (), pixel, implied) for pixel in _PIXELS)
    ):
        return []
    for pixel, mutant in product(_PIXELS, (*session.drill.mutants, *session.drill.slips)):
        spelled = (mutant.edits, *mutant.variants) if not mutant.code else ()
        if any(_fits(session, edits, pixel, implied) for edits in spelled):
            return [Diagnosis(mutant.id, mutant.message, mutant.hint), MORE]
    right = _overlaps(session, (), 0.0)
    at = int(np.argmax(np.abs(implied - right)))
    return [_worded(_PAIRS[at], float(implied[at]), float(right[at]))]


def _fits(session: Session, edits: Sequence[Edit], pixel: float, implied: Any) -> bool:
    """Whether the overlap with some edits made is the one that the answers imply."""
    made = np.clip(np.nan_to_num(_overlaps(session, edits, pixel)), 0.0, 1.0)
    return bool((np.abs(made - implied) <= 2 * CLOSE).all())


def _overlaps(session: Session, edits: Sequence[Edit], pixel: float) -> Any:
    """The overlaps of the pairs as the reference takes them, with some edits made."""
    with np.errstate(all="ignore"):
        return parts(session.drill.code, tuple(edits))["overlap"](_PAIRS[:, 0], _PAIRS[:, 1], pixel)


def wrong_decay(session: Session, run: Run, fit: Fit) -> list[Diagnosis]:
    """The mistake that makes the second of two boxes decay as it does; its factor where none does; else nothing."""
    if session.drill.gives != "picks" or run.layout.lacks:
        return []
    cases = [_two_boxes(pair, sigma=sigma, score_threshold=1e-6) for pair in _PAIRS for sigma in _SIGMAS]
    outcomes = [_answer(session, run, fit, case) for case in cases]
    wrong = [
        at
        for at, got in enumerate(outcomes)
        if not session.oracle.agrees(session.drill.reference, fit.point, cases[at], got)
    ]
    if not wrong or not _seen_to_decay(outcomes):
        return []
    pairs = list(zip(cases, outcomes, strict=True))
    for mutant in (*session.drill.mutants, *session.drill.slips):
        for function, point in product(spellings(session.drill, mutant), (fit.point, Point({"pixel": 1.0}))):
            if all(_decays_alike(session, function, point, case, got) for case, got in pairs):
                return [Diagnosis(mutant.id, mutant.message, mutant.hint), MORE]
    return _measured(cases, outcomes, wrong)


def _seen_to_decay(outcomes: Sequence[Outcome]) -> bool:
    """Whether second boxes came back behind the better ones: else nothing can be told of what multiplies their scores."""
    picks = [got for got in outcomes if isinstance(got, Picked) and got.indices and got.indices[0] == 0]
    return len(picks) == len(outcomes) and any(len(got.indices or ()) > 1 for got in picks)


def _decays_alike(session: Session, function: Callable[..., Any], point: Point, case: Case, got: Outcome) -> bool:
    """Whether a mistake gives an answer but for what an eps in the union changes."""
    made = evaluate(session.drill, function, case.inputs, point.keywords)
    if not isinstance(made, Picked) or not isinstance(got, Picked) or made.indices != got.indices:
        return False
    return got.scores is None or bool(np.allclose(made.scores or (), got.scores, rtol=VISIBLE, atol=0.0))


def _measured(cases: Sequence[Case], outcomes: Sequence[Outcome], wrong: Sequence[int]) -> list[Diagnosis]:
    for at in wrong:
        outcome = outcomes[at]
        if isinstance(outcome, Picked) and outcome.scores and 1 in (outcome.indices or ()):
            found = float(outcome.scores[(outcome.indices or ()).index(1)] / cases[at].inputs["scores"][1])
            if abs(found - _factor(cases[at])) > VISIBLE:
                return [_worded_decay(cases[at], found)]
    return []


def _factor(case: Case) -> float:
    """The right factor for the second of two boxes."""
    return float(np.exp(-(_iou(*case.inputs["boxes"]) ** 2) / case.inputs["sigma"]))


def _two_boxes(pair: Any, **inputs: float) -> Case:
    return Case("two-boxes", {"boxes": pair, "scores": np.array([0.9, 0.6]), **inputs})


def _worded_decay(case: Case, found: float) -> Diagnosis:
    first, second = case.inputs["boxes"]
    overlap, sigma = _iou(first, second), case.inputs["sigma"]
    message = Text(
        "衰减算错了：框 {a} 与 {b} 的 IoU 是 {overlap:.3f}，σ = {sigma} 时应乘以 {right:.3f}，函数乘以了 {found:.3f}",
        "the decay is computed wrongly: boxes {a} and {b} have IoU {overlap:.3f}; with sigma {sigma} the factor is "
        "{right:.3f}, it multiplies by {found:.3f}",
    )
    if 0 < found < 1:
        implied = Text(
            "{message}，好像 IoU 是 {implied:.3f}：先单独检查 IoU",
            "{message}, as for an IoU of {implied:.3f}: check the IoU on its own first",
        )
        message = implied.format(message=message, implied=float(np.sqrt(-sigma * np.log(found))))
    values = {"a": first.tolist(), "b": second.tolist(), "overlap": overlap, "sigma": sigma}
    words = message.format(**values, right=_factor(case), found=found)
    return Diagnosis("decay-miscomputed", words, Text("exp(−IoU²/σ)。", "exp(-IoU^2 / sigma)."))


def _answer(session: Session, run: Run, fit: Fit, case: Case) -> Outcome:
    one = Run(run.layout, (case,), (session.ask(run.layout, case, may_end=False),))
    return next(iter(read_run([fit.reading.reader], one))).outcomes[0]


def _implied(session: Session, run: Run, fit: Fit, boxes: Any) -> float | None:
    """The threshold at which the second box stays: bisected in 0..1. None where an answer makes no sense."""
    low, high = 0.0, 1.0
    if _stays(session, run, fit, boxes, 0.0):
        return 0.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        stays = _stays(session, run, fit, boxes, middle)
        if stays is None:
            return None
        low, high = (low, middle) if stays else (middle, high)
    return (low + high) / 2


def _stays(session: Session, run: Run, fit: Fit, boxes: Any, threshold: float) -> bool | None:
    outcome = _answer(session, run, fit, _two_boxes(boxes, iou_threshold=threshold))
    if not isinstance(outcome, Kept) or 0 not in outcome.indices:
        return None
    return 1 in outcome.indices


def _iou(a: Any, b: Any) -> float:
    side = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0.0)
    areas = [float(np.prod(box[2:] - box[:2])) for box in (a, b)]
    inter = float(np.prod(side))
    return inter / (sum(areas) - inter)


def _worded(pair: Any, found: float, right: float) -> Diagnosis:
    message = Text(
        "重叠度算错了：框 {a} 与 {b} 的 IoU 是 {right:.2f}，函数却按约 {found:.2f} 处理",
        "the overlap is computed wrongly: boxes {a} and {b} have IoU {right:.2f}, it goes by about {found:.2f}",
    )
    hint = Text("单独检查 IoU 的计算。", "Check the IoU on its own.")
    values = {"a": pair[0].tolist(), "b": pair[1].tolist(), "right": right, "found": found}
    return Diagnosis("overlap-miscomputed", message.format(**values), hint)


_INVERTED = Diagnosis(
    "threshold-inverted",
    Text(
        "两个相距很远的框只留下一个，两个完全相同的框却都留下：与阈值的比较方向反了",
        "of two boxes far apart one is dropped, of two identical ones none: the comparison is the wrong way round",
    ),
    Text("IoU 大于阈值才抑制。", "Suppress where IoU is greater than the threshold."),
)
_APART_DROPPED = Diagnosis(
    "needs-overlap",
    Text(
        "两个相距很远的框只留下了一个：IoU 为 0 的框应当保留",
        "of two boxes far apart, with IoU 0, one is dropped: both have to stay",
    ),
    Text("先检查这样两个框的交集是不是 0。", "Check first that the intersection of such boxes is 0."),
)
_SAME_KEPT = Diagnosis(
    "same-boxes-kept",
    Text(
        "两个完全相同的框（IoU 为 1）都留下了：得分较低的应当去掉",
        "of two identical boxes, with IoU 1, both are kept: the one with the lower score has to go",
    ),
    Text("先检查这样两个框的 IoU 是不是 1。", "Check first that the IoU of such boxes is 1."),
)
