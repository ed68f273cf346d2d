"""Soft-NMS as the paper's code writes it, by swapping the best box to the front, and the mistakes of that way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.drills._boxes import as_boxes, overlap
from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Mutant
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


def soft_nms_by_swapping(  # noqa: PLR0913 - one keyword for each convention
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    sigma: float,
    score_threshold: float,
    *,
    pixel: float = 0.0,
    above: bool = False,
    ties: Sequence[int] = (),
) -> tuple[list[int], list[float]]:
    """Soft-NMS that swaps the best of the rest to the front; parameters and result are those of `soft_nms`."""
    del ties
    boxes, current = as_boxes(boxes).copy(), np.array(scores, dtype=float).reshape(-1)
    numbers, count = np.arange(len(boxes)), len(boxes)
    for i in range(len(boxes)):
        best = i + int(current[i:].argmax())
        boxes[[i, best]] = boxes[[best, i]]
        current[[i, best]] = current[[best, i]]
        numbers[[i, best]] = numbers[[best, i]]
        if current[i] < score_threshold or (above and current[i] == score_threshold):
            count = i
            break
        ious = overlap(boxes[i], boxes[i + 1 :], pixel)
        current[i + 1 :] *= np.exp(-(ious**2) / sigma)
    return [int(number) for number in numbers[:count]], [float(score) for score in current[:count]]


# The overlap again, with the areas of the boxes that stood there at the start.
_STALE = (
    "        areas = np.prod(boxes[:, 2:] - boxes[:, :2] + pixel, axis=1)\n"
    "        inter = ious * (areas[i] + areas[i + 1 :]) / (1 + ious)\n"
    "        union = stale[i] + stale[i + 1 :] - inter\n"
    "        ious = np.where(inter > 0, inter / np.where(union == 0, 1.0, union), 0.0)\n"
)


def soft_nms_by_shrinking(
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    sigma: float,
    score_threshold: float,
    *,
    pixel: float = 0.0,
    ties: Sequence[int] = (),
) -> tuple[list[int], list[float]]:
    """Soft-NMS on arrays from which the picked box and faded ones are taken out; parameters and result are those of `soft_nms`."""
    del ties
    boxes, current, numbers = as_boxes(boxes), np.array(scores, dtype=float).reshape(-1), np.arange(len(scores))
    faded = current < score_threshold
    boxes, current, numbers = boxes[~faded], current[~faded], numbers[~faded]
    indices, kept = [], []
    while len(current):
        best = int(current.argmax())
        top = boxes[best]
        indices.append(int(numbers[best]))
        kept.append(float(current[best]))
        boxes = np.delete(boxes, best, axis=0)
        current = np.delete(current, best)
        numbers = np.delete(numbers, best)
        current = current * np.exp(-(overlap(top, boxes, pixel) ** 2) / sigma)
        stays = current >= score_threshold
        boxes = boxes[stays]
        current = current[stays]
        numbers = numbers[stays]
    return indices, kept


def soft_nms_as_published(
    boxes: npt.NDArray[np.float64],
    scores: npt.NDArray[np.float64],
    sigma: float,
    score_threshold: float,
    *,
    pixel: float = 0.0,
    ties: Sequence[int] = (),
) -> tuple[list[int], list[float]]:
    """Soft-NMS as the paper's code has it: a faded box is overwritten by the last one; parameters and result are those of `soft_nms`."""
    del ties
    rows = [(box, float(score), at) for at, (box, score) in enumerate(zip(as_boxes(boxes), scores, strict=True))]
    rows = [row for row in rows if row[1] >= score_threshold]
    i = 0
    while i < len(rows):
        best = max(range(i, len(rows)), key=lambda at: rows[at][1])
        rows[i], rows[best] = rows[best], rows[i]
        at = i + 1
        while at < len(rows):
            box, score, number = rows[at]
            rows[at] = (box, score * float(np.exp(-(overlap(rows[i][0], box, pixel) ** 2) / sigma)), number)
            if rows[at][1] < score_threshold:
                rows[at] = rows[-1]
                rows.pop()
                at -= 1
            at += 1
        i += 1
    return [row[2] for row in rows], [row[1] for row in rows]


_SHRINKING = (as_boxes, overlap, soft_nms_by_shrinking)
_PUBLISHED = (as_boxes, overlap, soft_nms_as_published)
_CODE = (as_boxes, overlap, soft_nms_by_swapping)
_SWAP_BOXES = "        boxes[[i, best]] = boxes[[best, i]]\n"
_SWAP_SCORES = "        current[[i, best]] = current[[best, i]]\n"
_SWAP_NUMBERS = "        numbers[[i, best]] = numbers[[best, i]]\n"
_ALL_TOGETHER = Text("框、得分和下标一起交换。", "Swap boxes, scores and indices together.")

_OVERWRITES = Text(
    "用 a[i], a[m] = a[m], a[i] 交换数组的行（或先存下没有 copy 的行）：行是视图，一个框被另一个覆盖了",
    "rows are swapped by a[i], a[m] = a[m], a[i], or through a row that was not copied: they are views, so that one box overwrites the other",
)
_COPY_FIRST = Text("用 a[[i, m]] = a[[m, i]]，或先 copy()。", "Use a[[i, m]] = a[[m, i]], or copy() first.")
_OVERWRITTEN = ("rows[i], rows[best] = rows[best], rows[i]", "rows[i] = rows[best]")
_RANGE = ("return [row[2] for row in rows]", "return list(range(len(rows)))")
_ONLY_DECAYED = (
    ("    rows = [row for row in rows if row[1] >= score_threshold]\n", ""),
    ("if rows[at][1] < score_threshold:", "if rows[at][1] < score_threshold and overlap(rows[i][0], box, pixel) > 0:"),
)

SOFT_SLIPS = (
    Mutant(
        "boxes-not-swapped",
        Text(
            "得分和下标交换到了前面，框却没有一起交换：IoU 是别的框的",
            "scores and indices are swapped to the front but the boxes are not: the IoU is that of other boxes",
        ),
        ((_SWAP_BOXES, ""),),
        _ALL_TOGETHER,
        code=_CODE,
    ),
    Mutant(
        "indices-not-swapped",
        Text("框和得分交换了，下标却没有一起交换", "boxes and scores are swapped but the indices are not"),
        ((_SWAP_NUMBERS, ""),),
        _ALL_TOGETHER,
        code=_CODE,
    ),
    Mutant(
        "scores-not-swapped",
        Text("框和下标交换了，得分却没有一起交换", "boxes and indices are swapped but the scores are not"),
        ((_SWAP_SCORES, ""),),
        _ALL_TOGETHER,
        code=_CODE,
    ),
    Mutant(
        "swap-overwrites",
        _OVERWRITES,
        ((_SWAP_BOXES, "        boxes[i] = boxes[best]\n"),),
        _COPY_FIRST,
        code=_CODE,
    ),
    Mutant(
        "swap-overwrites",
        _OVERWRITES,
        (_OVERWRITTEN,),
        _COPY_FIRST,
        variants=((_OVERWRITTEN, _RANGE), (_OVERWRITTEN, _RANGE, *_ONLY_DECAYED), (_OVERWRITTEN, *_ONLY_DECAYED)),
        code=_PUBLISHED,
    ),
    Mutant(
        "last-box-not-searched",
        Text("找最高分时漏了最后一个框（循环少了一次）", "the search for the best score leaves out the last box (the loop ends one too early)"),
        (("current[i:].argmax()", "current[i : max(len(boxes) - 1, i + 1)].argmax()"),),
        Text("range(i + 1, n)，一直到最后。", "range(i + 1, n), up to the last."),
        code=_CODE,
    ),
    Mutant(
        "offset-forgotten",
        Text(
            "在 scores[i:] 里找到的位置直接用在整个数组上：少加了 i",
            "the place found in scores[i:] is used on the whole array: the offset i is missing",
        ),
        (("best = i + int(", "best = int("),),
        Text("best = i + scores[i:].argmax()。", "best = i + scores[i:].argmax()."),
        code=_CODE,
    ),
    Mutant(
        "areas-of-other-boxes",
        Text(
            "事先算好的面积没有跟着框一起交换：并集用了别的框的面积",
            "the areas worked out before are not swapped with the boxes: the union takes the areas of other boxes",
        ),
        (("    for i in range(len(boxes)):\n", "    stale = np.prod(boxes[:, 2:] - boxes[:, :2] + pixel, axis=1)\n    for i in range(len(boxes)):\n"),
         ("        current[i + 1 :] *=", _STALE + "        current[i + 1 :] *=")),
        Text("面积也一起交换，或交换之后再算。", "Swap the areas too, or compute them after the swap."),
        code=_CODE,
    ),
    Mutant(
        "only-followers-searched",
        Text("找最高分时漏了当前位置上的框", "the search for the best score leaves out the box at the current place"),
        (("best = i + int(current[i:].argmax())", "best = i + 1 + int(current[i + 1 :].argmax()) if i + 1 < len(boxes) else i"),),
        Text("从位置 i 开始找，而不是 i + 1。", "Search from place i on, not from i + 1."),
        code=_CODE,
    ),
    Mutant(
        "not-ranked-again",
        Text("只在开始时排序一次：衰减后没有重新选最高分", "it sorts once at the start: after a decay the best is not looked for again"),
        (("    for i in range(len(boxes)):\n        best = i + int(current[i:].argmax())\n",
          "    numbers = np.argsort(-current, kind='stable')\n    boxes, current = boxes[numbers], current[numbers]\n    for i in range(len(boxes)):\n        best = i\n"),),
        Text("每一轮都重新取当前最高分的框。", "Take the box with the highest current score in every round."),
        code=_CODE,
    ),
    Mutant(
        "next-box-skipped",
        Text("衰减的循环晚了一步：紧接着的下一个框从来没有衰减", "the decay begins one too late: the very next box never decays"),
        (("        ious = overlap(boxes[i], boxes[i + 1 :], pixel)\n        current[i + 1 :]", "        ious = overlap(boxes[i], boxes[i + 2 :], pixel)\n        current[i + 2 :]"),),
        Text("从 i + 1 开始。", "Begin at i + 1."),
        code=_CODE,
    ),
    Mutant(
        "last-box-never-decays",
        Text("衰减的循环少了一次：最后一个框从来没有衰减", "the decay ends one too early: the last box never decays"),
        (("        ious = overlap(boxes[i], boxes[i + 1 :], pixel)\n        current[i + 1 :]", "        ious = overlap(boxes[i], boxes[i + 1 : -1], pixel)\n        current[i + 1 : -1]"),),
        Text("range(i + 1, n)，一直到最后。", "range(i + 1, n), up to the last."),
        code=_CODE,
    ),
    Mutant(
        "all-boxes-decay",
        Text("每一轮所有的框都衰减了，已选中的和选中的框自己也在内", "every round lets all boxes decay, those already picked and the picked one itself included"),
        (("        ious = overlap(boxes[i], boxes[i + 1 :], pixel)\n        current[i + 1 :]", "        ious = overlap(boxes[i], boxes, pixel)\n        current"),),
        Text("只衰减还没有选中的框。", "Only boxes that are left decay."),
        code=_CODE,
    ),
    Mutant(
        "positions-in-what-is-left",
        Text(
            "返回的是剩余数组里的位置，而不是输入中的下标：删去一个框，后面的位置就前移了",
            "it returns positions in the shrinking array, not indices of the input: each deletion shifts them",
        ),
        (("indices.append(int(numbers[best]))", "indices.append(best)"), ("    faded = current < score_threshold\n", "    faded = current < -1.0\n"),
         ("        stays = current >= score_threshold\n", "        stays = current >= -1.0\n"),
         ("    while len(current):\n", "    while len(current) and current.max() >= score_threshold:\n")),
        Text("始终带着原来的下标。", "Carry the original indices along."),
        variants=((("indices.append(int(numbers[best]))", "indices.append(best)"),),),
        code=_SHRINKING,
    ),
    Mutant(
        "indices-not-filtered",
        Text(
            "删去框和得分时，下标数组没有一起筛选：下标与框对不上了",
            "boxes and scores are filtered but the array of indices is not: indices no longer belong to their boxes",
        ),
        (("        numbers = numbers[stays]\n", ""),),
        Text("用同一个掩码筛选所有的数组。", "Filter all arrays with the same mask."),
        variants=((("        numbers = np.delete(numbers, best)\n", ""),),),
        code=_SHRINKING,
    ),
    Mutant(
        "boxes-not-filtered",
        Text(
            "删去得分和下标时，框没有一起筛选：IoU 是别的框的",
            "scores and indices are filtered but the boxes are not: the IoU is that of other boxes",
        ),
        (("        boxes = boxes[stays]\n", ""), ("overlap(top, boxes, pixel)", "overlap(top, boxes[: len(current)], pixel)")),
        Text("用同一个掩码筛选所有的数组。", "Filter all arrays with the same mask."),
        variants=((("        boxes = np.delete(boxes, best, axis=0)\n", ""), ("overlap(top, boxes, pixel)", "overlap(top, boxes[: len(current)], pixel)"), ("boxes[stays]", "boxes[: len(stays)][stays]")),),
        code=_SHRINKING,
    ),
    Mutant(
        "moved-box-skipped",
        Text(
            "低于阈值的框被最后一个框顶替后，没有退回一步：顶替上来的框少衰减了一次",
            "a faded box is replaced by the last one, but the loop steps on: the box that was moved misses its decay",
        ),
        (("                at -= 1\n", ""),),
        Text("顶替之后 pos −= 1，再看同一个位置。", "After the replacement step back (pos -= 1) and look at the same place again."),
        code=_PUBLISHED,
    ),
)  # fmt: skip
