"""The ways in which people get the two steps of k-means wrong, its start and its end."""

from __future__ import annotations

from cv_quiz.drills.contract import Mutant
from cv_quiz.language import Text

_DISTANCE = "((points[:, None] - centroids[None]) ** 2).sum(axis=2)"
_MEAN = "centroids[j] = members.mean(axis=0)"
_STOP = "if (nearest == labels).all():"
_NEAREST = "nearest = distances.argmin(axis=1)"
_BEGIN = "centroids = np.array(begin, dtype=float)"
_LOOP = "        for j in range(k):\n            members = points[labels == j]\n"

KMEANS_MUTANTS = (
    Mutant(
        "one-round-only",
        Text(
            "只做了一两轮就停止（例如有一个标签没变就停止，或旧中心没有 copy，比较的是同一个数组）：应重复到没有标签变化为止",
            "it stops after a round or two (as soon as one label stays, say, or because the old centroids are no copy and equal themselves): repeat until no label changes",
        ),
        (("in range(rounds):", "in range(1):"),),
        Text("用循环，直到标签不再变化；旧中心用 centroids.copy()。", "Loop until the labels stay as they are; keep old centroids as centroids.copy()."),
        variants=((("in range(rounds):", "in range(2):"),), (("in range(rounds):", "in range(3):"),),
                  ((_STOP, "if (nearest == labels).any():"),)),
    ),
    Mutant(
        "too-few-rounds",
        Text("循环的轮数上限太小（例如 10）：有的输入还没有收敛就停止了", "the limit on rounds is too low (10, say): some inputs have not settled by then"),
        (("in range(rounds):", "in range(10):"),),
        Text("循环到标签不再变化；若要上限，取 300 这样大的数。", "Loop until no label changes; if you want a limit, take a large one such as 300."),
        variants=tuple((("in range(rounds):", f"in range({count}):"),) for count in (4, 5, 6, 7, 8, 9, 11, 12, 15, 20)),
    ),
    Mutant(
        "stops-when-sizes-stay",
        Text("比较的是各簇的大小而不是标签：点互换时会过早停止", "it compares the sizes of the clusters, not the labels: it stops too early"),
        ((_STOP, "if labels[0] >= 0 and (np.bincount(nearest, minlength=k) == np.bincount(labels, minlength=k)).all():"),),
        Text("逐点比较标签。", "Compare the labels point by point."),
        variants=(((_STOP, "if labels[0] >= 0 and (np.bincount(nearest, minlength=k) == np.bincount(labels, minlength=k)).all():\n            labels = nearest"),),
                  ((_STOP, "if labels[0] >= 0 and nearest.sum() == labels.sum():"),),
                  ((_STOP, "if labels[0] >= 0 and nearest.sum() == labels.sum():\n            labels = nearest"),)),
    ),
    Mutant(
        "stops-while-moving",
        Text("停止条件太松：还有中心在移动就停止了（误差太大，或只看了一个中心）", "the stopping rule is too loose: it ends while some centroid still moves (a large tolerance, or only one is looked at)"),
        (
            ("        labels = nearest\n", "        labels, before = nearest, centroids.copy()\n"),
            ("    return centroids, labels", "        if np.abs(centroids - before).max() < 1.0:\n            break\n    return centroids, labels"),
        ),
        Text("以标签不变（或中心完全不动）为停止条件。", "Stop when no label changes, or no centroid moves at all."),
        variants=tuple(
            (("        labels = nearest\n", "        labels, before = nearest, centroids.copy()\n"),
             ("    return centroids, labels", f"        if {rule}:\n            break\n    return centroids, labels"))
            for rule in (*(f"{size}(centroids - before){rest} < {limit}" for limit in (1.0, 0.5, 0.1)
                           for size, rest in (("np.linalg.norm", ""), ("np.abs", ".max()"), ("np.abs", ".mean()"), ("np.abs", ".sum()"))
                           if (limit, rest) != (1.0, ".max()")),
                         "(centroids[0] == before[0]).all()", "(centroids[-1] == before[-1]).all()", "(centroids == before).all(axis=1).any()", "(centroids == before).any()")
        ),
    ),
    Mutant(
        "stops-before-first-update",
        Text("标签初始为 0（或 1）：若第一轮所有点都属于那个簇，就误以为已经收敛", "labels start as 0 (or 1): all points in that cluster at first counts as converged"),
        (("np.full(len(points), -1)", "np.zeros(len(points), dtype=int)"),),
        Text("初始标签用 −1。", "Start the labels at -1."),
        variants=((("np.full(len(points), -1)", "np.ones(len(points), dtype=int)"),),),
    ),
    Mutant(
        "sum-not-mean",
        Text("中心取了各点之和，而不是平均值", "a centroid becomes the sum of its points, not their mean"),
        ((_MEAN, "centroids[j] = members.sum(axis=0)"),),
        Text("除以该簇的点数。", "Divide by the number of points in the cluster."),
    ),
    Mutant(
        "divides-by-another-count",
        Text(
            "各点之和除以的不是本簇的点数（而是 k、n，或多一个、少一个）",
            "the sum of a cluster is divided by something else than its number of points (by k, by n, by one more or less)",
        ),
        ((_MEAN, "centroids[j] = members.sum(axis=0) / k"),),
        Text("用 members.mean(axis=0)。", "Use members.mean(axis=0)."),
        variants=(((_MEAN, "centroids[j] = members.sum(axis=0) / len(points)"),), ((_MEAN, "centroids[j] = members.sum(axis=0) / (len(members) + 1)"),),
                  ((_MEAN, "centroids[j] = members.sum(axis=0) / max(len(members) - 1, 1)"),)),
    ),
    Mutant(
        "median-not-mean",
        Text("中心取了中位数（k-medians），而不是平均值", "a centroid becomes the median of its points (k-medians), not their mean"),
        ((_MEAN, "centroids[j] = np.median(members, axis=0)"),),
        Text("用 mean(axis=0)。", "Use mean(axis=0)."),
    ),
    Mutant(
        "medoid-not-mean",
        Text("中心换成了离平均值最近的那个点（k-medoids），而不是平均值", "a centroid jumps to one of its points, the one nearest to their mean (k-medoids): the mean itself is asked"),
        ((_MEAN, "centroids[j] = members[((members - members.mean(axis=0)) ** 2).sum(axis=1).argmin()]"),),
        Text("用 members.mean(axis=0)。", "Use members.mean(axis=0)."),
        variants=(((_MEAN, "centroids[j] = members[((members[:, None] - members[None]) ** 2).sum(axis=2).sum(axis=1).argmin()]"),),
                  ((_MEAN, "centroids[j] = members[np.sqrt(((members[:, None] - members[None]) ** 2).sum(axis=2)).sum(axis=1).argmin()]"),)),
    ),
    Mutant(
        "midrange-not-mean",
        Text("中心取了最小值与最大值的中点，而不是平均值", "a centroid becomes the middle between the smallest and the largest coordinate, not the mean"),
        ((_MEAN, "centroids[j] = (members.min(axis=0) + members.max(axis=0)) / 2"),),
        Text("用 members.mean(axis=0)。", "Use members.mean(axis=0)."),
    ),
    Mutant(
        "mean-without-axis",
        Text("求平均时少了 axis=0：所有坐标混成了一个数", "the mean lacks axis=0: all coordinates become one number"),
        ((_MEAN, "centroids[j] = members.mean()"),),
        Text("用 mean(axis=0)。", "Use mean(axis=0)."),
    ),
    Mutant(
        "clusters-not-cleared",
        Text(
            "各簇的成员（或总和与计数）没有在每一轮开始时清空：旧的点一直留在里面",
            "the members of the clusters (or their sums and counts) are not cleared for each round: old ones pile up",
        ),
        (("    for _ in range(rounds):\n", "    piles = [points[:0]] * k\n    for _ in range(rounds):\n"),
         ("members = points[labels == j]", "members = piles[j] = np.concatenate([piles[j], points[labels == j]])")),
        Text("在循环之内新建列表。", "Make new lists inside the loop."),
    ),
    Mutant(
        "centroids-rounded",
        Text("中心被四舍五入到几位小数", "the centroids are rounded to a few digits"),
        ((_MEAN, "centroids[j] = np.round(members.mean(axis=0), 1)"),),
        Text("不要对中心使用 round()。", "Do not round the centroids."),
        variants=(((_MEAN, "centroids[j] = np.round(members.mean(axis=0), 2)"),), ((_MEAN, "centroids[j] = np.round(members.mean(axis=0), 3)"),),
                  (("    return centroids, labels", "    return np.round(centroids, 1), labels"),), (("    return centroids, labels", "    return np.round(centroids, 2), labels"),),
                  (("    return centroids, labels", "    return np.round(centroids, 3), labels"),)),
    ),
    Mutant(
        "moves-after-each-point",
        Text(
            "每分配一个点就移动中心：应当先分完所有的点，再移动一次",
            "a centroid moves after every single point: assign all points first, then move the centroids once",
        ),
        ((_NEAREST, "nearest, count = np.zeros(len(points), dtype=int), np.zeros(k)\n        for i, point in enumerate(points):\n"
                    "            j = int(((centroids - point) ** 2).sum(axis=1).argmin())\n            nearest[i] = j\n            count[j] += 1\n"
                    "            centroids[j] += (point - centroids[j]) / count[j]"),
         ("in range(rounds):", "in range(1):"), (_MEAN, "pass")),
        Text("两步分开写：先分配，再更新。", "Keep the two steps apart: assign, then update."),
        variants=(
            ((_NEAREST, "nearest, count = np.zeros(len(points), dtype=int), np.zeros(k)\n        for i, point in enumerate(points):\n"
                        "            j = int(((centroids - point) ** 2).sum(axis=1).argmin())\n            nearest[i] = j\n            count[j] += 1\n"
                        "            centroids[j] += (point - centroids[j]) / count[j]"), (_MEAN, "pass")),
            ((_NEAREST, "nearest, count = np.zeros(len(points), dtype=int), np.ones(k)\n        for i, point in enumerate(points):\n"
                        "            j = int(((centroids - point) ** 2).sum(axis=1).argmin())\n            nearest[i] = j\n            count[j] += 1\n"
                        "            centroids[j] += (point - centroids[j]) / count[j]"), ("in range(rounds):", "in range(1):"), (_MEAN, "pass")),
            ((_NEAREST, "nearest = labels.copy()\n        for i, point in enumerate(points):\n"
                        "            j = int(((centroids - point) ** 2).sum(axis=1).argmin())\n            nearest[i] = j\n"
                        "            centroids[j] = points[nearest == j].mean(axis=0)"), (_MEAN, "pass")),
            ((_LOOP, "        for j in range(k):\n            nearest = ((points[:, None] - centroids[None]) ** 2).sum(axis=2).argmin(axis=1)\n            members = points[nearest == j]\n"),),
        ),
    ),
    Mutant(
        "cuts-centroids-to-integers",
        Text("中心被取整了：数组是整数类型，或用了 // 或 round", "centroids are cut to whole numbers: their array has an integer type, or // or round is used"),
        ((_MEAN, "centroids[j] = np.trunc(members.mean(axis=0))"),),
        Text("centroids 用 dtype=float。", "Give the centroids dtype=float."),
        variants=(((_MEAN, "centroids[j] = np.round(members.mean(axis=0))"),), ((_MEAN, "centroids[j] = np.floor(members.mean(axis=0))"),),
                  (("centroids = np.array(begin, dtype=float)", "centroids = np.trunc(np.array(begin, dtype=float))"), (_MEAN, "centroids[j] = np.trunc(members.mean(axis=0))"))),
    ),
    Mutant(
        "other-distance",
        Text("用的不是欧氏距离（而是曼哈顿或切比雪夫距离）", "the distance is not Euclidean (but Manhattan or Chebyshev)"),
        ((_DISTANCE, "np.abs(points[:, None] - centroids[None]).sum(axis=2)"),),
        Text("先平方，再求和。", "Square the differences, then sum."),
        variants=(((_DISTANCE, "np.abs(points[:, None] - centroids[None]).max(axis=2)"),),),
    ),
    Mutant(
        "angle-not-distance",
        Text("比较的是点积（或余弦相似度），不是距离", "dot products (or cosines) are compared, not distances"),
        ((_DISTANCE, "-(points @ centroids.T)"),),
        Text("用 (points[:, None] − centroids) 的平方和。", "Use the sum of squares of points[:, None] - centroids."),
        variants=(((_DISTANCE, "-(points @ centroids.T) / np.maximum(np.linalg.norm(centroids, axis=1), 1e-12)"),),),
    ),
    Mutant(
        "distance-misexpanded",
        Text("距离的展开式写错了：‖x‖² − 2x·c + ‖c‖²", "the distance is expanded wrongly: it is |x|^2 - 2 x.c + |c|^2"),
        ((_DISTANCE, "(centroids**2).sum(axis=1) - points @ centroids.T"),),
        Text("交叉项要乘 2，或直接用差的平方和。", "The mixed term has the factor 2; or sum the squared differences."),
        variants=(((_DISTANCE, "(centroids**2).sum(axis=1) + 2 * points @ centroids.T"),), ((_DISTANCE, "(centroids**2).sum(axis=1) + points @ centroids.T"),),
                  ((_DISTANCE, "np.abs((points**2).sum(axis=1)[:, None] - (centroids**2).sum(axis=1))"),)),
    ),
    Mutant(
        "sums-over-wrong-axis",
        Text("平方差在错误的轴上求了和：应对坐标（最后一维）求和，再在各中心中取最小", "the squared differences are summed over the wrong axis: sum over the coordinates (the last axis), then take the least of the centroids"),
        ((_DISTANCE, _DISTANCE.replace("axis=2", "axis=1")),),
        Text("(n, k, d) 对 axis=2 求和得到 (n, k)，再用 argmin(axis=1)。", "(n, k, d) summed over axis=2 gives (n, k); then argmin(axis=1)."),
    ),
    Mutant(
        "least-starts-too-low",
        Text("最小距离的初始值太小（如 1000）：离得更远的点都归到了簇 0", "the search for the least distance starts too low (at 1000, say): points farther away than that all go to cluster 0"),
        ((_NEAREST, _NEAREST + "\n        nearest = np.where(distances.min(axis=1) < 1e3, nearest, 0)"),),
        Text("从 float('inf') 开始。", "Start from float('inf')."),
        variants=tuple(((_NEAREST, _NEAREST + f"\n        nearest = np.where(distances.min(axis=1) < {limit}, nearest, 0)"),) for limit in ("1e2", "1e4", "1e5", "1e6")),
    ),
    Mutant(
        "lengths-compared",
        Text("比较的是点和中心各自到原点的距离，而不是它们之间的距离", "how far points and centroids are from the origin is compared, not how far they are from each other"),
        ((_DISTANCE, "np.abs(np.linalg.norm(points, axis=1)[:, None] - np.linalg.norm(centroids, axis=1)[None])"),),
        Text("先相减，再求范数。", "Subtract first, then take the norm."),
    ),
    Mutant(
        "standardised",
        Text(
            "先对点做了标准化（或缩放到 0 到 1），中心和距离就不再是原来的单位",
            "the points are standardised (or scaled to 0..1) first: centroids and distances are in other units then",
        ),
        ((_BEGIN, _BEGIN + "\n    low, spread = points.mean(axis=0), points.std(axis=0) + 1e-9\n    points, centroids = (points - low) / spread, (centroids - low) / spread"),),
        Text("直接用传入的坐标。", "Use the coordinates as they are given."),
        variants=(
            ((_BEGIN, _BEGIN + "\n    low, spread = points.mean(axis=0), points.std(axis=0) + 1e-9\n    points, centroids = (points - low) / spread, (centroids - low) / spread"),
             ("    return centroids, labels", "    return centroids * spread + low, labels")),
            ((_BEGIN, _BEGIN + "\n    low, spread = points.min(axis=0), np.ptp(points, axis=0) + 1e-9\n    points, centroids = (points - low) / spread, (centroids - low) / spread"),),
            ((_BEGIN, _BEGIN + "\n    low, spread = points.min(axis=0), np.ptp(points, axis=0) + 1e-9\n    points, centroids = (points - low) / spread, (centroids - low) / spread"),
             ("    return centroids, labels", "    return centroids * spread + low, labels")),
            ((_BEGIN, _BEGIN + "\n    points = (points - points.mean(axis=0)) / (points.std(axis=0) + 1e-9)"),),
            ((_BEGIN, _BEGIN + "\n    low = points.mean(axis=0)\n    points, centroids = points - low, centroids - low"),),
        ),
    ),
    Mutant(
        "one-point-left-out",
        Text("有一个点（第一个或最后一个）从来没有分配：循环的范围差一", "one point (the first or the last) is never assigned: the loop is off by one"),
        ((_NEAREST, _NEAREST + "\n        nearest[0] = 0"),),
        Text("用 range(n)。", "Use range(n)."),
        variants=(((_NEAREST, _NEAREST + "\n        nearest[-1] = 0"),), ((_NEAREST, _NEAREST + "\n        nearest[-1] = -1"),)),
    ),
    Mutant(
        "least-not-reset",
        Text(
            "最小距离没有为每个点重新初始化：后面的点和前面点的最小距离比较",
            "the least distance is not begun anew for each point: later points are measured against earlier ones",
        ),
        ((_NEAREST, "nearest, least = np.zeros(len(points), dtype=int), np.inf\n        for i, j in np.ndindex(*distances.shape):\n"
                    "            if distances[i, j] < least:\n                least, nearest[i] = distances[i, j], j"),),
        Text("在点的循环之内写 best = inf。", "Write best = inf inside the loop over the points."),
        variants=(((_NEAREST, "nearest, least, last = np.zeros(len(points), dtype=int), np.inf, 0\n        for i, j in np.ndindex(*distances.shape):\n"
                              "            if distances[i, j] < least:\n                least, last = distances[i, j], j\n            nearest[i] = last"),),),
    ),
    Mutant(
        "first-labels-returned",
        Text("返回的是第一轮的标签，只有中心在继续更新", "the labels are those of the first round: only the centroids go on"),
        (("    for _ in range(rounds):\n", "    first = None\n    for _ in range(rounds):\n"),
         ("        labels = nearest\n", "        labels = nearest\n        first = labels if first is None else first\n"),
         ("    return centroids, labels", "    return centroids, first")),
        Text("每一轮都更新 labels，最后返回它。", "Update labels in every round and return those."),
    ),
    Mutant(
        "centroids-one-round-old",
        Text("返回的中心是前一轮的：标签对，中心没有跟上", "the centroids that come back are those of the round before: the labels are right, the centroids lag behind"),
        (("        labels = nearest\n", "        labels, before = nearest, centroids.copy()\n"), ("    return centroids, labels", "    return before, labels")),
        Text("返回更新之后的 centroids。", "Return the centroids after their last update."),
    ),
    Mutant(
        "centroids-reordered",
        Text("中心在最后被排了序，标签却没有跟着改：标签不再指向自己的中心", "the centroids are sorted at the end but the labels are not: they no longer point at their own centroid"),
        (("    return centroids, labels", "    return centroids[np.lexsort(centroids.T[::-1])], labels"),),
        Text("不要改变中心的次序。", "Leave the centroids in their order."),
        variants=((("    return centroids, labels", "    return centroids[np.argsort(np.linalg.norm(centroids, axis=1))], labels"),),
                  (("    return centroids, labels", "    return np.sort(centroids, axis=0), labels"),)),
    ),
    Mutant(
        "difference-not-squared",
        Text("各维的差没有平方：正负会互相抵消", "differences are not squared: positive and negative ones cancel out"),
        ((_DISTANCE, "np.abs((points[:, None] - centroids[None]).sum(axis=2))"),),
        Text("先平方，再求和。", "Square the differences, then sum."),
        variants=(((_DISTANCE, "(points[:, None] - centroids[None]).sum(axis=2)"),),),
    ),
    Mutant(
        "one-dimension-only",
        Text("距离只用了一部分坐标（例如只有 x，或只有 x 和 y）", "the distance uses some of the coordinates only (x alone, or x and y)"),
        ((_DISTANCE, "((points[:, None] - centroids[None]) ** 2)[..., :1].sum(axis=2)"),),
        Text("对所有维求和（axis=-1）。", "Sum over all dimensions (axis=-1)."),
        variants=(((_DISTANCE, "((points[:, None] - centroids[None]) ** 2)[..., -1:].sum(axis=2)"),), ((_DISTANCE, "((points[:, None] - centroids[None]) ** 2)[..., :2].sum(axis=2)"),)),
    ),
    Mutant(
        "farthest-not-nearest",
        Text("点被分给了最远的中心", "points go to the farthest centroid"),
        (("nearest = distances.argmin(axis=1)", "nearest = distances.argmax(axis=1)"),),
        Text("用 argmin。", "Use argmin."),
    ),
    Mutant(
        "last-cluster-left-out",
        Text("最后一个簇的中心没有更新（循环少了一次）", "the last centroid is never updated (the loop ends one too early)"),
        (("for j in range(k):", "for j in range(k - 1):"),),
        Text("range(k) 已经到 k − 1 为止。", "range(k) already ends at k - 1."),
        variants=((("nearest = distances.argmin(axis=1)", "nearest = distances[:, : max(k - 1, 1)].argmin(axis=1)"),),),
    ),
    Mutant(
        "first-cluster-left-out",
        Text("第一个簇的中心没有更新（循环从 1 开始）", "the first centroid is never updated (the loop begins at 1)"),
        (("for j in range(k):", "for j in range(1, k):"),),
        Text("用 range(k)，从 0 开始。", "Use range(k), which begins at 0."),
    ),
    Mutant(
        "empty-cluster-nan",
        Text(
            "空簇的平均值是 NaN：应保持原来的中心（argmin 还会把 NaN 当作最小）",
            "the mean of an empty cluster is NaN: it has to keep its centroid (and argmin takes NaN for the least)",
        ),
        (("        distances = np.where(np.isnan(distances), np.inf, distances)\n", ""), ("elif empty == \"nan\":", "elif empty == \"keep\":")),
        Text("簇为空时跳过更新。", "Skip the update where a cluster is empty."),
    ),
    Mutant(
        "empty-cluster-dropped",
        Text("空簇被删掉了：返回的中心不足 k 个，标签的编号也变了", "an empty cluster is removed: fewer than k centroids come back, and labels are renumbered"),
        (("    return centroids, labels", "        filled = [j for j in range(k) if (labels == j).any()]\n"
          "        centroids, k = centroids[filled], len(filled)\n    return centroids, labels"),),
        Text("簇为空时保留原来的中心。", "Keep the centroid where a cluster is empty."),
        variants=((("    return centroids, labels", "    filled = [j for j in range(k) if (labels == j).any()]\n    return centroids[filled], labels"),),),
    ),
    Mutant(
        "empty-cluster-ends-update",
        Text("遇到空簇就结束了更新（break 应为 continue）：后面的簇没有更新", "the update ends at an empty cluster (break where continue is meant): later clusters are not updated"),
        (("            elif empty == \"nan\":\n                centroids[j] = np.nan", "            elif empty == \"keep\":\n                break"),),
        Text("跳过空簇，继续更新后面的。", "Skip the empty cluster and go on with the next."),
    ),
    Mutant(
        "empty-cluster-moved",
        Text("空簇的中心被移到了所有点的平均值：应保持不动", "the centroid of an empty cluster is moved to the mean of all points: it has to stay"),
        (("            elif empty == \"nan\":\n                centroids[j] = np.nan", "            elif empty == \"keep\":\n                centroids[j] = points.mean(axis=0)"),),
        Text("簇为空时跳过更新。", "Skip the update where a cluster is empty."),
    ),
    Mutant(
        "empty-cluster-to-origin",
        Text("空簇的中心变成了原点（0 向量），应保持不动", "the centroid of an empty cluster jumps to the origin; it has to stay"),
        (("elif empty == \"nan\":\n                centroids[j] = np.nan", "elif empty == \"keep\":\n                centroids[j] = 0.0"),),
        Text("簇为空时跳过更新。", "Skip the update where a cluster is empty."),
    ),
    Mutant(
        "moves-half-way",
        Text("中心只移动了一部分，没有直接移到平均值", "centroids move only part of the way to the mean"),
        ((_MEAN, "centroids[j] = (centroids[j] + members.mean(axis=0)) / 2"),),
        Text("直接令中心等于平均值。", "Set the centroid to the mean itself."),
    ),
    Mutant(
        "old-centroid-counted",
        Text("求平均时把旧的中心也当作一个点算进去了", "the old centroid is counted as one of the points when the mean is taken"),
        ((_MEAN, "centroids[j] = (centroids[j] + members.sum(axis=0)) / (len(members) + 1)"),),
        Text("只对本簇的点求平均。", "Take the mean of the points of the cluster only."),
    ),
    Mutant(
        "centroids-never-move",
        Text("中心从未移动：只做了分配，没有更新", "the centroids never move: points are assigned, but no means are taken"),
        ((_MEAN, "pass"),),
        Text("每一轮都把中心移到本簇各点的平均值。", "Move every centroid to the mean of its points in each round."),
    ),
    Mutant(
        "mean-of-all-points",
        Text("每个中心都取了所有点的平均值，而不是本簇的点", "every centroid becomes the mean of all points, not of its own"),
        ((_MEAN, "centroids[j] = points.mean(axis=0)"),),
        Text("用 points[labels == j]。", "Use points[labels == j]."),
    ),
    Mutant(
        "init-ignored",
        Text("没有使用传入的初始中心 init", "the initial centroids that are passed in are not used"),
        (("begin = given if not own else points[-k:] if answer is None else answer", "begin = points[:k]"),),
        Text("centroids = np.array(init, dtype=float)。", "centroids = np.array(init, dtype=float)."),
        variants=(
            (("begin = given if not own else points[-k:] if answer is None else answer", "begin = points[-k:]"),),
            (("begin = given if not own else points[-k:] if answer is None else answer", "begin = np.zeros((k, points.shape[1]))"),),
            (("begin = given if not own else points[-k:] if answer is None else answer", "begin = points[:: max(len(points) // k, 1)][:k]"),),
        ),
    ),
)  # fmt: skip
