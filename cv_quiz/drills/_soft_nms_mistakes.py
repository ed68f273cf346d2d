"""The ways in which people get the decay and the greedy part of Soft-NMS wrong."""

from __future__ import annotations

from cv_quiz.drills.contract import Mutant
from cv_quiz.language import Text

_WEIGHTS = "weights = np.exp(-(ious**2) / sigma)"
_DECAY = "current[left] = current[left] * weights"
_BEST = "best = min(left, key=lambda i: (-current[i], place.get(i, len(boxes)), i))"
_ENOUGH = "if not unchecked and (current[best] < score_threshold or (above and current[best] == score_threshold)):"
_OVERLAP = "overlap(boxes[best], boxes[left], pixel, empty, *smoothing)"

SOFT_MUTANTS = (
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
        Text("指数乘以了 σ，应除以 σ", "the exponent is multiplied by sigma where it has to be divided"),
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
        Text("每次都从原始得分衰减：多次衰减没有累积", "each decay starts from the original score: several decays do not accumulate"),
        ((_DECAY, "current[left] = np.asarray(scores, dtype=float)[left] * weights"),),
        Text("在当前得分上继续相乘。", "Multiply the current score."),
        variants=(((_DECAY, "current[left] = np.where(ious > 0, np.asarray(scores, dtype=float)[left] * weights, current[left])"),),),
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
    Mutant(
        "decays-itself",
        Text(
            "选中的框也被自己衰减了：先乘以 exp(−1/σ)，才记下得分",
            "the picked box decays by its own IoU of 1 before its score is noted",
        ),
        (("kept.append(float(current[best]))", "kept.append(float(current[best] * np.exp(-1.0 / sigma)))"),),
        Text("先记下得分，再衰减其余的框。", "Note its score first, then let the others decay."),
    ),
    Mutant(
        "decays-by-first-pick",
        Text(
            "每一轮都用第一个选中的框算 IoU，应当用刚选中的框",
            "every round takes the IoU with the first pick, not with the box that was just picked",
        ),
        ((_OVERLAP, "overlap(boxes[indices[0]], boxes[left], pixel)"),),
        Text("用 boxes[best]。", "Use boxes[best]."),
    ),
    Mutant(
        "decay-loop-ends-early",
        Text(
            "衰减的循环遇到第一个不相交的框就结束了（break 应为 continue）",
            "the decay loop ends at the first box that does not overlap (break where continue is meant)",
        ),
        ((_WEIGHTS, "weights = np.where(np.logical_and.accumulate(ious > 0), np.exp(-(ious**2) / sigma), 1.0)"),),
        Text("跳过这个框，继续看后面的。", "Skip that box and go on with the rest."),
        variants=(
            ((_WEIGHTS, "ranked = np.argsort(-current[left], kind='stable')\n        weights = np.ones(len(left))\n"
                        "        reached = ranked[np.logical_and.accumulate(ious[ranked] > 0)]\n        weights[reached] = np.exp(-(ious[reached] ** 2) / sigma)"),),
        ),
    ),
    Mutant(
        "one-box-too-many",
        Text(
            "先加入结果，再检查阈值：多出一个低于阈值的框",
            "a box is added before its score is compared with the threshold: one below it comes along",
        ),
        (("        " + _ENOUGH + "\n            break\n", ""),
         ("        ious = overlap(", "        if kept[-1] < score_threshold:\n            break\n        ious = overlap(")),
        Text("先检查阈值，再加入。", "Compare with the threshold first, then add."),
    ),
    Mutant(
        "stops-above-threshold",
        Text(
            "停止条件写反了：最高分高于阈值时就停止了",
            "the stopping rule is the wrong way round: it ends while the best score is above the threshold",
        ),
        ((_ENOUGH, "if current[best] > score_threshold:"),),
        Text("最高分低于阈值时才停止。", "Stop when the best score is below the threshold."),
        variants=(((_ENOUGH, "if current[best] >= score_threshold:"),),),
    ),
    Mutant(
        "scores-rounded",
        Text("衰减后的得分被四舍五入了", "the decayed scores are rounded"),
        ((_DECAY, _DECAY.replace("current[left] * weights", "np.round(current[left] * weights, 2)")),),
        Text("不要对得分使用 round()。", "Do not round scores."),
        variants=(
            ((_DECAY, _DECAY.replace("current[left] * weights", "np.round(current[left] * weights, 3)")),),
            ((_DECAY, _DECAY.replace("current[left] * weights", "np.round(current[left] * weights, 1)")),),
            (("kept.append(float(current[best]))", "kept.append(round(float(current[best]), 2))"),),
            (("kept.append(float(current[best]))", "kept.append(round(float(current[best]), 3))"),),
            (("kept.append(float(current[best]))", "kept.append(round(float(current[best]), 4))"),),
        ),
    ),
    Mutant(
        "sigma-and-threshold-swapped",
        Text(
            "sigma 与 score_threshold 用反了：检查调用辅助函数时参数的次序",
            "sigma and score_threshold are swapped: look at the order of the arguments where a helper is called",
        ),
        (("    left = list(", "    sigma, score_threshold = score_threshold, sigma\n    left = list("),),
        Text("按名字传参：sigma=sigma。", "Pass them by name: sigma=sigma."),
    ),
    Mutant(
        "divided-outside-exp",
        Text("括号位置错了：除以 σ 的是 exp(…) 的结果，应当在指数里", "a bracket is misplaced: sigma divides exp(...) where it has to divide the exponent"),
        ((_WEIGHTS, "weights = np.exp(-(ious**2)) / sigma"),),
        Text("exp(−IoU²/σ)。", "exp(-IoU^2 / sigma)."),
    ),
    Mutant(
        "exponent-wrong",
        Text("指数里的 IoU 应当平方一次：写成了四次方、立方或乘 2", "the IoU in the exponent has to be squared once: it is raised to another power, or doubled"),
        ((_WEIGHTS, "weights = np.exp(-(ious**4) / sigma)"),),
        Text("写成 iou ** 2，并检查辅助函数是否已经平方过。", "Write iou ** 2, and see whether a helper has squared it already."),
        variants=(((_WEIGHTS, "weights = np.exp(-(ious * 2) / sigma)"),), ((_WEIGHTS, "weights = np.exp(-(ious**3) / sigma)"),),
                  ((_WEIGHTS, "weights = np.exp(-np.sqrt(ious) / sigma)"),), ((_WEIGHTS, "weights = np.exp(-((2 * ious) ** 2) / sigma)"),)),
    ),
    Mutant(
        "another-base",
        Text("衰减的底不是 e：应当用 exp", "the decay is no power of e: exp is asked"),
        ((_WEIGHTS, "weights = 2.0 ** (-(ious**2) / sigma)"),),
        Text("用 np.exp 或 math.exp。", "Use np.exp or math.exp."),
        variants=(((_WEIGHTS, "weights = 10.0 ** (-(ious**2) / sigma)"),), ((_WEIGHTS, "weights = 1 - ious**2 / sigma"),),
                  ((_WEIGHTS, "weights = 1 / (1 + ious**2 / sigma)"),), ((_WEIGHTS, "weights = 1 - ious**2"),)),
    ),
    Mutant(
        "subtracts-decay",
        Text("得分减去了衰减系数，应当乘以它", "the decay is subtracted from the score where the score is multiplied by it"),
        ((_DECAY, "current[left] = current[left] - (1 - weights)"),),
        Text("得分 × exp(−IoU²/σ)。", "score * exp(-IoU^2 / sigma)."),
        variants=(((_DECAY, "current[left] = current[left] - weights"),),),
    ),
    Mutant(
        "replaced-by-decay",
        Text("得分被换成了衰减系数，应当乘以它", "the score is replaced by the decay where it is multiplied by it"),
        ((_DECAY, "current[left] = weights"),),
        Text("得分 × exp(−IoU²/σ)。", "score * exp(-IoU^2 / sigma)."),
    ),
    Mutant(
        "decays-by-score-too",
        Text("衰减时还乘上了选中框的得分：系数只由 IoU 和 σ 决定", "the score of the picked box goes into the decay: the factor depends on IoU and sigma only"),
        ((_DECAY, "current[left] = current[left] * weights * current[best]"),),
        Text("得分 × exp(−IoU²/σ)。", "score * exp(-IoU^2 / sigma)."),
        variants=(((_WEIGHTS, "weights = np.exp(-(ious**2) * current[best] / sigma)"),),),
    ),
    Mutant(
        "threshold-on-iou",
        Text("把 score_threshold 当成 IoU 的阈值用了：它只与得分比较", "score_threshold is taken for a threshold of IoU: it is compared with scores only"),
        ((_WEIGHTS, "weights = np.where(ious > score_threshold, np.exp(-(ious**2) / sigma), 1.0)"),),
        Text("所有剩余的框都衰减，得分低于阈值时停止。", "Let all boxes that are left decay, and stop when the best score is below the threshold."),
        variants=(((_WEIGHTS, "weights = np.where(ious > score_threshold, 0.0, np.exp(-(ious**2) / sigma))"),),),
    ),
    Mutant(
        "faded-boxes-removed-in-the-loop",
        Text(
            "边遍历边删除低于阈值的框：每删去一个，下一个框就少衰减一次",
            "faded boxes are removed from the list that is iterated over: after each removal the next box misses its decay",
        ),
        ((_DECAY, "factor, at = dict(zip(left, weights, strict=True)), 0\n        while at < len(left):\n            i = left[at]\n"
                  "            current[i] *= factor[i]\n            if current[i] < score_threshold:\n                left.remove(i)\n            at += 1"),),
        Text("衰减完再筛选，或遍历一份副本。", "Filter after the decay, or iterate over a copy."),
        variants=(
            (("left = list(range(len(boxes)))", "left = [i for i in range(len(boxes)) if current[i] >= score_threshold]"),
             (_DECAY, "factor, at = dict(zip(left, weights, strict=True)), 0\n        while at < len(left):\n            i = left[at]\n"
                      "            current[i] *= factor[i]\n            if current[i] < score_threshold:\n                left.remove(i)\n            at += 1")),
        ),
    ),
    Mutant(
        "same-index-in-ties",
        Text(
            "用 list.index 之类的方法由得分找下标：得分相同时总是找到同一个框",
            "it looks the index up by its score (list.index): equal scores always give the same box",
        ),
        (("    while left:\n", "    for _ in range(len(boxes)):\n        if not left:\n            break\n"),
         (_BEST, _BEST + "\n        best = current.tolist().index(current[best])"),
         ("left.remove(best)", "left = [i for i in left if i != best]")),
        Text("对下标取最大：max(left, key=...)。", "Take the maximum over indices: max(left, key=...)."),
        variants=((("    while left:\n", "    for _ in range(len(boxes)):\n        if not left:\n            break\n"),
                   (_BEST, _BEST + "\n        best = current.tolist().index(current[best])"),
                   ("left.remove(best)", "left = [i for i in left if i not in {best, *indices}]")),),
    ),
    Mutant(
        "zero-scores-lost",
        Text(
            "得分为 0 的框丢失了，或同一个框被选了两次：0 同时被用作“已选中”的标记",
            "boxes with score 0 are lost, or one box is picked twice: 0 also marks boxes that were picked",
        ),
        ((_ENOUGH, "if current[best] <= 0 or current[best] < score_threshold:"),),
        Text("用单独的标记，或用 −inf。", "Use a mark of its own, or -inf."),
        variants=(
            (("    while left:\n", "    for _ in range(len(boxes)):\n"), (_BEST, "best = int(current.argmax())"),
             ("left.remove(best)", "left = list(range(len(boxes)))"), (_DECAY, "current = current * weights\n        current[best] = 0.0")),
        ),
    ),
    Mutant(
        "only-later-in-input",
        Text(
            "只有输入中排在后面的框才衰减：下标较小的框从来没有衰减（只填了 IoU 矩阵的一半）",
            "only boxes that come later in the input decay, never those with a smaller index (half of the IoU matrix is missing)",
        ),
        ((_WEIGHTS, "weights = np.where(np.array(left, dtype=int) > best, np.exp(-(ious**2) / sigma), 1.0)"),),
        Text("IoU 矩阵要填满，或每次与所有剩余的框比较。", "Fill the whole IoU matrix, or compare with all boxes that are left."),
    ),
)  # fmt: skip
