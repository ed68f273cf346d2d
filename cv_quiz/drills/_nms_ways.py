"""Other right ways to write non-maximum suppression, and the mistakes that belong to them; other orders of the boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.drills._boxes import as_boxes, overlap
from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Mutant
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt


def _best_first(scores: npt.NDArray[np.float64], ties: Sequence[int]) -> Callable[[int], tuple[float, int, int]]:
    """The key that sorts boxes by score, the best first, and equal ones as `ties` has them, else as they came."""
    place = {index: position for position, index in enumerate(ties)}
    return lambda i: (-scores[i], place.get(i, len(scores)), i)


def _too_much(ious: npt.NDArray[np.float64], iou_threshold: float, at_threshold: bool) -> npt.NDArray[np.bool_]:
    """Which overlaps suppress."""
    suppressed: npt.NDArray[np.bool_] = (ious > iou_threshold) | ((ious == iou_threshold) & at_threshold)
    return suppressed


def nms_with_queue(  # noqa: PLR0913 - one keyword for each convention
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    iou_threshold: float,
    *,
    pixel: float = 0.0,
    at_threshold: bool = False,
    ascending: bool = False,
    ties: Sequence[int] = (),
) -> list[int]:
    """NMS by a queue from which boxes are deleted; parameters and result are those of `nms`."""
    boxes, scores = as_boxes(boxes), np.asarray(scores, dtype=float).reshape(-1)
    queue = sorted(range(len(boxes)), key=_best_first(scores, ties))
    keep = []
    while queue:
        best = queue.pop(0)
        keep.append(best)
        ious = overlap(boxes[best], boxes[queue], pixel)
        suppressed = _too_much(ious, iou_threshold, at_threshold)
        for at in np.flatnonzero(suppressed)[::-1]:
            del queue[at]
    return sorted(keep) if ascending else keep


def nms_with_kept(  # noqa: PLR0913 - one keyword for each convention
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    iou_threshold: float,
    *,
    pixel: float = 0.0,
    at_threshold: bool = False,
    ascending: bool = False,
    ties: Sequence[int] = (),
) -> list[int]:
    """NMS that compares each box with those kept so far; parameters and result are those of `nms`."""
    boxes, scores = as_boxes(boxes), np.asarray(scores, dtype=float).reshape(-1)
    ranked = sorted(range(len(boxes)), key=_best_first(scores, ties))
    keep: list[int] = []
    for box in ranked:
        ious = overlap(boxes[box], as_boxes(boxes[keep]), pixel)
        suppressed = _too_much(ious, iou_threshold, at_threshold)
        if not suppressed.any():
            keep.append(box)
    return sorted(keep) if ascending else keep


def nms_in_input_order(  # noqa: PLR0913 - one keyword for each convention
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    iou_threshold: float,
    *,
    pixel: float = 0.0,
    at_threshold: bool = False,
    ascending: bool = False,
    ties: Sequence[int] = (),
) -> list[int]:
    """NMS that takes the best of an unsorted list again and again; parameters and result are those of `nms`."""
    boxes, scores = as_boxes(boxes), np.asarray(scores, dtype=float).reshape(-1)
    rest, keep = list(range(len(boxes))), []
    while rest:
        best = min(rest, key=_best_first(scores, ties))
        rest.remove(best)
        keep.append(best)
        ious = overlap(boxes[best], boxes[rest], pixel)
        suppressed = _too_much(ious, iou_threshold, at_threshold)
        rest = [box for box, dropped in zip(rest, suppressed, strict=True) if not dropped]
    return sorted(keep) if ascending else keep


_UNSORTED = (as_boxes, overlap, nms_in_input_order)
_QUEUE = (as_boxes, overlap, nms_with_queue)
_KEPT = (as_boxes, overlap, nms_with_kept)
_DELETE = "        for at in np.flatnonzero(suppressed)[::-1]:\n            del queue[at]\n"
_STAY = "        rest = [box for box, dropped in zip(rest, suppressed, strict=True) if not dropped]\n"
_SORT = "key=lambda i: (-keys[i], place.get(i, len(boxes)), i)"

WAY_SLIPS = (
    Mutant(
        "any-for-all",
        Text(
            "只要和某一个已保留的框不重叠就保留了（any 应为 all）",
            "a box stays as soon as one kept box does not overlap it (any where all is meant)",
        ),
        (("if not suppressed.any():", "if not keep or not suppressed.all():"),),
        Text("与所有已保留的框的 IoU 都不超过阈值，才保留。", "Keep a box only if its IoU with every kept box is at or below the threshold."),
        code=_KEPT,
    ),
    Mutant(
        "only-first-kept-compared",
        Text("每个框只与第一个保留的框比较，而不是与所有保留的框", "each box is compared with the first kept box only, not with all of them"),
        (("as_boxes(boxes[keep])", "as_boxes(boxes[keep[:1]])"),),
        Text("与所有已保留的框比较。", "Compare with every kept box."),
        code=_KEPT,
    ),
    Mutant(
        "mean-overlap",
        Text("拿与已保留框的平均（或总和）IoU 与阈值比较", "the mean (or sum) of the IoUs with the kept boxes is compared with the threshold"),
        (("if not suppressed.any():", "if not keep or ious.mean() <= iou_threshold:"),),
        Text("取最大的 IoU，或逐个比较。", "Take the largest IoU, or compare one by one."),
        variants=((("if not suppressed.any():", "if not keep or ious.sum() <= iou_threshold:"),),),
        code=_KEPT,
    ),
    Mutant(
        "positions-shift-while-deleting",
        Text(
            "按事先记下的位置逐个删除，但每删一个，后面的位置就前移了：删错了框",
            "it deletes one by one at positions noted before, but each deletion shifts the rest: the wrong boxes go",
        ),
        ((_DELETE, "        for at in np.flatnonzero(suppressed):\n            if at < len(queue):\n                del queue[at]\n"),),
        Text("从后往前删，或新建一个列表。", "Delete from the back, or build a new list."),
        variants=(
            ((_DELETE, "        for at in np.flatnonzero(suppressed):\n            del queue[at]\n"),),
            ((_DELETE, "        for at in range(len(queue)):\n            if at < len(queue) and overlap(boxes[best], boxes[queue[at]], pixel) > iou_threshold:\n                del queue[at]\n"),),
        ),
        code=_QUEUE,
    ),
    Mutant(
        "skips-after-removal",
        Text(
            "边遍历边删除：每删去一个框，下一个框就被跳过",
            "it removes from the list it iterates over: after each removal the next box is skipped",
        ),
        ((_STAY, "        skipped, left = False, []\n        for box, dropped in zip(rest, suppressed, strict=True):\n"
                 "            skipped = bool(dropped) and not skipped\n            left += [] if skipped else [box]\n        rest = left\n"),),
        Text("新建一个列表来存放留下的框。", "Build a new list of the boxes that stay."),
        code=_UNSORTED,
    ),
    Mutant(
        "suppresses-one-only",
        Text(
            "每个保留的框只抑制了一个重叠的框（内层循环里多了 break）",
            "each kept box suppresses one overlapping box only (a break in the inner loop)",
        ),
        ((_STAY, "        rest = [box for at, box in enumerate(rest) if at not in np.flatnonzero(suppressed)[:1]]\n"),),
        Text("内层循环要走到底，所有重叠过多的框都去掉。", "Let the inner loop run to its end: all that overlap too much go."),
        code=_UNSORTED,
    ),
    Mutant(
        "shift-by-one-forgotten",
        Text(
            "inds 是在 order[1:] 里数的，却直接用在 order 上：少了 + 1，取到了错位的框",
            "positions were counted in order[1:] but are used on order: without the + 1 each is one box off",
        ),
        ((_DELETE, "        queue = [([best, *queue])[at] for at in np.flatnonzero(~suppressed)]\n"),),
        Text("order = order[inds + 1]。", "order = order[inds + 1]."),
        variants=(((_DELETE, "        rest = [queue[at + 1] for at in np.flatnonzero(~suppressed) if at + 1 < len(queue)]\n        queue = rest\n"),),),
        code=_QUEUE,
    ),
    Mutant(
        "keeps-the-overlapping",
        Text("留在队列里的是重叠的框，不重叠的反而被去掉了", "the boxes that overlap stay in the queue, and those that do not are dropped"),
        (("np.flatnonzero(suppressed)", "np.flatnonzero(~suppressed)"),),
        Text("下一轮留下 IoU 不超过阈值的框。", "What goes on to the next round are the boxes at or below the threshold."),
        code=_QUEUE,
    ),
    Mutant(
        "positions-in-queue",
        Text("返回的是剩余队列里的位置，而不是输入中的下标", "it returns positions in what was left at the time, not indices of the input"),
        (("    keep = []\n", "    keep, rest = [], list(range(len(boxes)))\n"), ("        keep.append(best)\n", "        keep.append(rest.index(best))\n"),
         (_DELETE, "        rest = [i for i in rest if i != best and i not in [queue[at] for at in np.flatnonzero(suppressed)]]\n" + _DELETE)),
        Text("始终带着原来的下标。", "Carry the original indices along."),
        variants=((("        keep.append(best)\n", "        keep.append(0)\n"),),),
        code=_QUEUE,
    ),
)  # fmt: skip

_SIZE = "(boxes[i, 2] - boxes[i, 0]) * (boxes[i, 3] - boxes[i, 1])"
_ORDERS = (
    (f"-({_SIZE})", "面积从大到小", "area, the largest first"),
    (_SIZE, "面积从小到大", "area, the smallest first"),
    *((f"{sign}boxes[i, {at}]", f"{name} {zh}", f"{name}, the {en} first")
      for at, name in enumerate(("x1", "y1", "x2", "y2")) for sign, zh, en in (("-", "从大到小", "largest"), ("", "从小到大", "smallest"))),
)  # fmt: skip


def _other_orders() -> Iterator[Mutant]:
    """Boxes in the order of something else than their scores, ties either way."""
    for key, zh, en in _ORDERS:
        text = Text(f"框是按 {zh}的次序处理的，而不是按得分", f"boxes are taken by {en}, not by score")
        edit = (_SORT, f"key=lambda i: ({key}, i)"), (_SORT, f"key=lambda i: ({key}, -i)")
        yield Mutant("sorted-by-something-else", text, edit[:1], Text("按 scores 从高到低排序。", "Sort by scores, the highest first."), variants=(edit[1:],))  # fmt: skip


NMS_SLIPS = (*WAY_SLIPS, *_other_orders())
