"""The ways in which people get the greedy part of non-maximum suppression wrong."""

from __future__ import annotations

from cv_quiz.drills.contract import Instead, Mutant
from cv_quiz.language import Text

_SORT = "key=lambda i: (-keys[i], place.get(i, len(boxes)), i)"
_SKIP = "        if not alive[position]:\n            continue\n        keep.append(int(best))\n"
_RULE = "suppressed = (ious > iou_threshold) | ((ious == iou_threshold) & at_threshold)"
_UPDATE = "        alive[position + 1 :] &= ~suppressed\n"

# The overlap again, with the areas of the boxes that stand at other places.
_MIXED_AREAS = (
    "areas = np.prod(boxes[:, 2:] - boxes[:, :2] + pixel, axis=1)\n"
    "        inter = ious * (areas[best] + areas[later]) / (1 + ious)\n"
    "        union = areas[{first}] + areas[{others}] - inter\n"
    "        ious = np.where(inter > 0, inter / np.where(union == 0, 1.0, union), 0.0)\n        "
)

NMS_MUTANTS = (
    Mutant(
        "scores-ignored",
        Text("传入了 scores，却没有按它排序", "scores are passed in but boxes are not taken in the order of the scores"),
        ((_SORT, "key=lambda i: i"),),
        Text("先按得分从高到低排序。", "Sort by score first, the best one in front."),
        variants=(((_SORT, "key=lambda i: -i"),),),
    ),
    Mutant(
        "worst-first",
        Text("从得分最低的框开始保留：排序方向反了", "it starts from the worst score: the sort runs the wrong way"),
        (("(-keys[i], place", "(keys[i], place"),),
        Text("argsort 是升序，需要反转。", "argsort is ascending: reverse it."),
        variants=((("(-keys[i], place", "(keys[i], place"), ("else keep", "else keep[::-1]")),),
    ),
    Mutant(
        "suppressed-still-suppress",
        Text(
            "已被抑制的框仍在抑制别的框：只有保留下来的框才能抑制",
            "boxes that were suppressed still suppress others: only kept boxes may",
        ),
        ((_SKIP, "        if alive[position]:\n            keep.append(int(best))\n"),),
        Text("轮到一个框时先看它是否还活着。", "Before a box suppresses others, check that it is still alive."),
    ),
    Mutant(
        "only-best-suppresses",
        Text(
            "只有得分最高的框在抑制别的框：对每个保留的框都要做一遍",
            "only the very best box suppresses others: every kept box has to",
        ),
        ((_UPDATE, "        alive[position + 1 :] &= ~(suppressed & (position == 0))\n"),),
        Text("循环直到没有剩余的框。", "Repeat until no box is left."),
    ),
    Mutant(
        "only-next-compared",
        Text(
            "每个框只与排序中相邻的一个框比较，而不是与后面所有的框比较",
            "each box is compared with its neighbour in the sorted order only, not with all that follow",
        ),
        ((_UPDATE, "        alive[position + 1 : position + 2] &= ~suppressed[:1]\n"),),
        Text("内层循环要遍历后面所有的框。", "The inner loop runs over all boxes that follow."),
    ),
    Mutant(
        "only-last-kept-compared",
        Text(
            "只有最近保留的一个框起作用：比较时漏了更早保留的框，或标记被覆盖，或内层循环提前 break",
            "only the last kept box counts: earlier ones are not compared, or marks are overwritten, or the inner loop breaks early",
        ),
        (("&= ~suppressed", "= ~suppressed"),),
        Text("要与所有已保留的框比较；标记用“与”更新。", "Compare with every kept box; combine marks with 'and'."),
    ),
    Mutant(
        "stops-early",
        Text(
            "遇到第一个被抑制的框就停止了（break 应为 continue）",
            "it stops at the first suppressed box (break where continue is meant)",
        ),
        (("            continue\n", "            break\n"),),
        Text("跳过这个框，继续看后面的。", "Skip that box and go on with the rest."),
        variants=(((_RULE, _RULE + "\n        suppressed = np.cumsum(suppressed) > 0"),),),
    ),
    Mutant(
        "last-box-lost",
        Text("最后剩下的一个框没有被保留（循环条件少了一次）", "the last box that remains is never kept (the loop ends one too early)"),
        (("enumerate(order):", "enumerate(order[:-1]):"),),
        Text("循环条件应是“还有框”，而不是“多于一个框”。", "Loop while any box is left, not while there is more than one."),
        variants=((("        keep.append(int(best))\n", "        if not alive[position + 1 :].any():\n            break\n        keep.append(int(best))\n"),),),
    ),
    Mutant(
        "threshold-inverted",
        Text("比较方向反了：抑制了重叠小的框，留下了重叠大的框", "the comparison is the wrong way round: it suppresses boxes that overlap little"),
        (("(ious > iou_threshold)", "(ious < iou_threshold)"),),
        Text("IoU 大于阈值才抑制。", "Suppress where IoU is greater than the threshold."),
    ),
    Mutant(
        "threshold-ignored",
        Text("没有使用传入的阈值，而是用了写死的值", "the threshold that is passed in is not used: a fixed value is"),
        ((_RULE, "suppressed = ious > 0.5"),),
        Text("使用参数 iou_threshold。", "Use the parameter iou_threshold."),
        variants=(((_RULE, "suppressed = ious > 0.0"),), ((_RULE, "suppressed = ious > 0.7"),), ((_RULE, "suppressed = ious > 0.3"),),
                  ((_RULE, "suppressed = ious > 1 - iou_threshold"),), ((_RULE, "suppressed = ious > iou_threshold ** 2"),),
                  ((_RULE, "suppressed = ious > int(iou_threshold)"),), ((_RULE, "suppressed = ious > iou_threshold / 2"),)),
    ),
    Mutant(
        "compares-with-score",
        Text("拿得分而不是 IoU 与阈值比较", "it compares the score, not the IoU, with the threshold"),
        ((_RULE, "suppressed = (ious > 0) & (scores[later] < iou_threshold)"),),
        Text("阈值是 IoU 的阈值。", "The threshold is one of IoU."),
        variants=(((_RULE, "suppressed = scores[later] > iou_threshold"),), ((_RULE, "suppressed = ious > scores[later]"),),
                  ((_RULE, "suppressed = ious * scores[later] > iou_threshold"),), ((_RULE, "suppressed = scores[later] < iou_threshold"),)),
    ),
    Mutant(
        "mixes-index-spaces",
        Text(
            "排序后的位置和原始下标混用：比较或标记的是别的框",
            "positions in the sorted order and indices of the input are mixed up: the wrong boxes are compared or marked",
        ),
        (("overlap(boxes[best], boxes[later]", "overlap(boxes[position], boxes[position + 1 :]"),),
        Text("要么框也一起排序，要么始终通过 order[...] 取框。", "Sort the boxes too, or always go through order[...]."),
        variants=((("overlap(boxes[best], boxes[later]", "overlap(boxes[best], boxes[position + 1 :]"),),
                  (("overlap(boxes[best], boxes[later]", "overlap(boxes[position], boxes[later]"),),
                  (("if not alive[position]:", "if not alive[best]:"),), (("alive[position + 1 :] &= ~suppressed", "alive[later] &= ~suppressed"),)),
    ),
    Mutant(
        "skips-after-removal",
        Text(
            "边遍历边删除：每删去一个框，下一个框就被跳过",
            "it removes from the list it iterates over: after each removal the next box is skipped",
        ),
        ((_RULE, _RULE + "\n        skipped = False\n        for j in np.flatnonzero(alive[position + 1 :]):\n"
                        "            suppressed[j] &= not skipped\n            skipped = suppressed[j]"),),
        Text("新建一个列表来存放留下的框。", "Build a new list of the boxes that stay."),
    ),
    Mutant(
        "same-index-in-ties",
        Text(
            "用 list.index 之类的方法由得分找下标：得分相同时总是找到同一个框",
            "it looks the index up by its score (list.index or a dict): equal scores always give the same box",
        ),
        (("    alive = np", "    order = [list(scores).index(scores[i]) for i in order]\n    alive = np"),),
        Text("对下标排序，而不是对得分排序后再查找。", "Sort the indices themselves; do not look scores up."),
        variants=((("    alive = np", "    order = [i for n, i in enumerate(order) if scores[i] not in scores[order[:n]]]\n    alive = np"),),),
    ),
    Mutant(
        "needs-overlap",
        Text("完全不重叠的框也被丢掉了：IoU 为 0 的框应当保留", "boxes that do not overlap at all are dropped too: IoU 0 is kept"),
        ((_RULE, _RULE + "\n        suppressed |= ious == 0"),),
        Text("IoU ≤ 阈值（包括 0）都要保留。", "Everything with IoU at or below the threshold stays, 0 included."),
    ),
    Mutant(
        "scores-below-threshold-dropped",
        Text(
            "得分低于 IoU 阈值的框也被丢掉了：这个阈值只用来和 IoU 比较",
            "boxes whose score is below the IoU threshold are dropped too: that threshold is for IoU only",
        ),
        (("if scores[i] >= floor]", "if scores[i] >= iou_threshold]"),),
        Text("不要用 iou_threshold 过滤得分。", "Do not filter scores by iou_threshold."),
        variants=((("if scores[i] >= floor]", "if scores[i] > iou_threshold]"),),),
    ),
    Mutant(
        "areas-of-other-boxes",
        Text(
            "框按得分排了序，面积却还是原来的次序：并集用了别的框的面积",
            "boxes are in the order of the scores but the areas are not: the union takes the areas of other boxes",
        ),
        ((_RULE, _MIXED_AREAS.format(first="position", others="position + 1 :") + _RULE),),
        Text("排序之后再算面积，或用 areas[order]。", "Compute the areas after sorting, or use areas[order]."),
        variants=(
            ((_RULE, _MIXED_AREAS.format(first="best", others="position + 1 :") + _RULE),),
            ((_RULE, _MIXED_AREAS.format(first="position", others="later") + _RULE),),
        ),
    ),
    Mutant(
        "suppresses-one-only",
        Text(
            "每个保留的框只抑制了一个重叠的框（内层循环里多了 break，或只去掉了重叠最大的一个）",
            "each kept box suppresses one overlapping box only (a break in the inner loop, or only the largest overlap counts)",
        ),
        ((_RULE, _RULE + "\n        suppressed &= alive[position + 1 :]\n        suppressed &= np.cumsum(suppressed) == 1"),),
        Text("内层循环要走到底，所有重叠过多的框都去掉。", "Let the inner loop run to its end: all that overlap too much go."),
        variants=(
            ((_RULE, _RULE + "\n        suppressed &= np.cumsum(suppressed) == 1"),),
            ((_RULE, _RULE + "\n        rated = np.where(alive[position + 1 :], ious, -1.0)\n        suppressed &= np.arange(len(later)) == (rated.argmax() if len(later) else 0)"),),
        ),
    ),
    Mutant(
        "stops-at-first-separate",
        Text(
            "内层循环遇到第一个不相交的框就结束了（break 应为 continue）",
            "the inner loop ends at the first box that does not overlap (break where continue is meant)",
        ),
        ((_RULE, _RULE + "\n        suppressed &= np.logical_and.accumulate((ious > 0) | ~alive[position + 1 :])"),),
        Text("跳过这个框，继续看后面的。", "Skip that box and go on with the rest."),
        variants=(((_RULE, _RULE + "\n        suppressed &= np.logical_and.accumulate(ious > 0)"),),),
    ),
    Mutant(
        "next-box-skipped",
        Text(
            "内层循环晚了一步：排序中紧接着的下一个框从来没有比较过",
            "the inner loop begins one too late: the very next box in the order is never compared",
        ),
        ((_RULE, _RULE + "\n        suppressed[:1] = False"),),
        Text("从 position + 1 开始。", "Begin at position + 1."),
        variants=(((_RULE, _RULE + "\n        suppressed[np.flatnonzero(alive[position + 1 :])[:1]] = False"),),),
    ),
    Mutant(
        "last-box-never-compared",
        Text("内层循环少了一次：排在最后的框从来没有被抑制过", "the inner loop ends one too early: the last box in the order is never suppressed"),
        ((_RULE, _RULE + "\n        suppressed[-1:] = False"),),
        Text("内层循环一直到 n（不含 n）。", "Let the inner loop run up to n, exclusive."),
    ),
    Mutant(
        "compared-with-itself",
        Text(
            "框也和自己比较了：与自己的 IoU 是 1，于是自己也被去掉",
            "a box is compared with itself too: its IoU with itself is 1, so that it goes as well",
        ),
        (
            ("        keep.append(int(best))\n", ""),
            ("later = order[position + 1 :]", "later = order[position:]"),
            ("alive[position + 1 :] &= ~suppressed", "alive[position:] &= ~suppressed"),
            ("    return sorted(keep)", "    keep = [int(i) for i in order[alive]]\n    return sorted(keep)"),
        ),
        Text("只和其余的框比较。", "Compare with the other boxes only."),
    ),
    Mutant(
        "only-best-comes-back",
        Text(
            "只返回了得分最高的一个框：return 缩进到了循环之内，或其余的框全部被去掉了",
            "only the very best box comes back: the return stands inside the loop, or all others are dropped",
        ),
        (("return sorted(keep) if ascending else keep", "return keep[:1]"),),
        Text("把 return 移到循环之外，检查去掉的是哪些框。", "Move the return out of the loop, and look which boxes are dropped."),
    ),
    Mutant(
        "suppresses-nothing",
        Text("从来没有框被抑制：所有的框都返回了", "no box is ever suppressed: all of them come back"),
        ((_RULE, "suppressed = ious > 2.0"),),
        Text("检查 IoU 与阈值的比较是否真的去掉了框。", "See whether the comparison of IoU and threshold really drops a box."),
        variants=(((_RULE, "ious = -ious\n        " + _RULE),),),
    ),
    Mutant(
        "both-are-dropped",
        Text(
            "两个重叠的框都被去掉了：得分较高的那个应当保留",
            "of two boxes that overlap both are dropped: the one with the better score has to stay",
        ),
        (("return sorted(keep) if ascending else keep",
          "keep = [int(i) for i in order if not (overlap(boxes[i], boxes[order[order != i]], pixel, empty) > iou_threshold).any()]\n"
          "    return sorted(keep) if ascending else keep"),),
        Text("只让得分较高的框去抑制较低的。", "Only the better box suppresses the other."),
    ),
    Mutant(
        "only-later-in-input",
        Text(
            "只抑制了输入中排在后面的框：下标较小的框从来没有被抑制",
            "a box suppresses only boxes that come after it in the input: those with a smaller index are never suppressed",
        ),
        ((_RULE, _RULE + "\n        suppressed &= later > best"),),
        Text("按得分的次序比较，而不是按下标。", "Go by the order of the scores, not of the indices."),
    ),
    Mutant(
        "same-index-for-equal-boxes",
        Text(
            "用 list.index 之类的方法由框找下标：框完全相同时总是找到第一个",
            "it looks the index up by the box (list.index): of identical boxes it always finds the first",
        ),
        (("keep.append(int(best))", "keep.append(next(i for i in range(len(boxes)) if (boxes[i] == boxes[best]).all()))"),),
        Text("对下标排序，一路带着下标。", "Sort the indices themselves and carry them along."),
    ),
    Mutant(
        "zero-scores-lost",
        Text(
            "得分为 0 的框丢失了：0 同时被用作“已处理”的标记（或初始的最大值）",
            "boxes with score 0 are lost: 0 also marks boxes that are done, or is where the search for the best begins",
        ),
        (("if scores[i] >= floor]", "if scores[i] > 0]"),),
        Text("用单独的标记，或用 −inf。", "Use a mark of its own, or -inf."),
    ),
)  # fmt: skip

NMS_INSTEAD = (
    Instead(
        "returns-a-count",
        Text("返回的是保留了几个框，而不是它们的下标", "it returns how many boxes are kept, not which"),
        lambda _inputs, answer: len(answer.indices),
        Text("返回下标的列表。", "Return the list of indices."),
    ),
)  # fmt: skip
