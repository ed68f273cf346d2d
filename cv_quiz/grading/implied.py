"""What a suppression makes of two boxes, found from outside: their overlap from the threshold, their decay from the score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Kept, Picked
from cv_quiz.drills.contract import Case
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import Run, read_run
from cv_quiz.language import Text

if TYPE_CHECKING:
    from cv_quiz.grading.fit import Fit, Outcome
    from cv_quiz.grading.session import Session

# Pairs of boxes: crossing, one inside the other, wide across tall, and far apart.
_PAIRS = (
    ((0.0, 0.0, 8.0, 6.0), (2.0, 1.0, 11.0, 8.0)),
    ((1.0, 2.0, 9.0, 10.0), (3.0, 3.0, 6.0, 9.0)),
    ((0.0, 3.0, 12.0, 7.0), (4.0, 0.0, 8.0, 9.0)),
    ((0.0, 0.0, 4.0, 5.0), (20.0, 12.0, 26.0, 16.0)),
)
STEPS = 7
# The bisection ends this close to the overlap; what differs by more than twice as much is wrong.
CLOSE = 2.0**-STEPS


def wrong_overlap(session: Session, run: Run, fit: Fit) -> Diagnosis | None:
    """What the function takes two boxes' overlap to be, where that is not their IoU; None where it cannot be told."""
    if session.drill.gives != "indices" or run.layout.lacks:
        return None
    pixel = float(fit.point.keywords.get("pixel", 0.0))
    for first, second in _PAIRS:
        found = _implied(session, run, fit, np.array([first, second]))
        if found is None:
            return None
        right = _iou(np.array(first), np.array(second), pixel)
        if abs(found - right) > 2 * CLOSE:
            return _worded(first, second, found, right)
    return None


def wrong_decay(session: Session, run: Run, fit: Fit) -> Diagnosis | None:
    """The factor by which a second box decays, where it is not exp(-IoU^2 / sigma); None where it cannot be told."""
    if session.drill.gives != "picks" or run.layout.lacks:
        return None
    pixel, sigma = float(fit.point.keywords.get("pixel", 0.0)), 0.4
    for first, second in _PAIRS:
        inputs = {
            "boxes": np.array([first, second]),
            "scores": np.array([0.9, 0.6]),
            "sigma": sigma,
            "score_threshold": 1e-6,
        }
        outcome = _answer(session, run, fit, Case("two-boxes", inputs))
        if not isinstance(outcome, Picked) or not outcome.scores or 1 not in (outcome.indices or ()):
            return None
        found = outcome.scores[(outcome.indices or ()).index(1)] / 0.6
        overlap = _iou(np.array(first), np.array(second), pixel)
        if abs(found - np.exp(-(overlap**2) / sigma)) > 1e-3:
            return _worded_decay(first, second, found, overlap, sigma)
    return None


def _worded_decay(
    first: tuple[float, ...], second: tuple[float, ...], found: float, overlap: float, sigma: float
) -> Diagnosis:
    message = Text(
        "衰减算错了：框 {a} 与 {b} 的 IoU 是 {overlap:.3f}，σ = {sigma} 时应乘以 {right:.3f}，函数乘以了 {found:.3f}",
        "the decay is computed wrongly: boxes {a} and {b} have IoU {overlap:.3f}; with sigma {sigma} the factor is "
        "{right:.3f}, it multiplies by {found:.3f}",
    )
    values = {"a": [int(x) for x in first], "b": [int(x) for x in second], "overlap": overlap, "sigma": sigma}
    words = message.format(**values, right=float(np.exp(-(overlap**2) / sigma)), found=found)
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
    case = Case("two-boxes", {"boxes": boxes, "scores": np.array([0.9, 0.6]), "iou_threshold": threshold})
    outcome = _answer(session, run, fit, case)
    if not isinstance(outcome, Kept) or 0 not in outcome.indices:
        return None
    return 1 in outcome.indices


def _iou(a: Any, b: Any, pixel: float) -> float:
    side = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]) + pixel, 0.0)
    areas = [float(np.prod(box[2:] - box[:2] + pixel)) for box in (a, b)]
    inter = float(np.prod(side))
    return inter / (sum(areas) - inter)


def _worded(first: tuple[float, ...], second: tuple[float, ...], found: float, right: float) -> Diagnosis:
    message = Text(
        "重叠度算错了：框 {a} 与 {b} 的 IoU 是 {right:.2f}，函数却按约 {found:.2f} 处理",
        "the overlap is computed wrongly: boxes {a} and {b} have IoU {right:.2f}, it goes by about {found:.2f}",
    )
    hint = Text("单独检查 IoU 的计算。", "Check the IoU on its own.")
    values = {"a": [int(x) for x in first], "b": [int(x) for x in second], "right": right, "found": found}
    return Diagnosis("overlap-miscomputed", message.format(**values), hint)
