"""K-means clustering by Lloyd's algorithm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Axis, Case, Drill, Large, Mutant, Option, contract_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt


def kmeans(  # noqa: PLR0913 - one keyword for each convention
    points: npt.NDArray[np.float64],
    k: int,
    init: npt.NDArray[np.float64] | None = None,
    *,
    tie: str = "lowest",
    empty: str = "keep",
    rounds: int = 300,
    start: str = "given",
    answer: npt.NDArray[np.float64] | None = None,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """K-means clustering by Lloyd's algorithm.

    points: float array (n, d). k: number of clusters. init: float array (k, d), the initial centroids;
    None takes the first k points.
    Returns (centroids, labels): a float array (k, d) and an integer array (n,) with values in 0..k-1.
    Each round assigns every point to the centroid at the least squared Euclidean distance, ties to the
    lowest label, and then moves every centroid to the mean of its points; it ends when no label changes.
    A cluster without points keeps its centroid. ValueError where k is larger than n. The inputs stay
    unchanged.

    Source: Lloyd, Least squares quantization in PCM, IEEE Transactions on Information Theory 1982.
    """
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError(f"k is {k}, but there are only {len(points)} points")
    begin = answer if start == "own" else points[:k] if init is None else init
    centroids = np.array(begin, dtype=float)
    labels = np.full(len(points), -1)
    for _ in range(rounds):
        distances = ((points[:, None] - centroids[None]) ** 2).sum(axis=2)
        distances = np.where(np.isnan(distances), np.inf, distances)
        nearest = distances.argmin(axis=1)
        if tie == "highest":
            nearest = k - 1 - distances[:, ::-1].argmin(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        for j in range(k):
            members = points[labels == j]
            if len(members) > 0:
                centroids[j] = members.mean(axis=0)
            elif empty == "nan":
                centroids[j] = np.nan
            elif empty == "reseed" and answer is not None:
                return kmeans(points, k, answer)
            elif empty == "reseed":
                centroids[j] = points[distances.min(axis=1).argmax()]
    return centroids, labels


_DISTANCE = "((points[:, None] - centroids[None]) ** 2).sum(axis=2)"
_MEAN = "centroids[j] = members.mean(axis=0)"
_STOP = "if (nearest == labels).all():"

_MUTANTS = (
    Mutant(
        "one-round-only",
        Text(
            "只做了一两轮就停止（例如有一个标签没变就停止）：应重复到没有标签变化为止",
            "it stops after a round or two (or as soon as one label stays): repeat until no label changes",
        ),
        (("in range(rounds):", "in range(1):"),),
        Text("用循环，直到标签不再变化。", "Loop until the labels stay as they are."),
        variants=((("in range(rounds):", "in range(2):"),), (("in range(rounds):", "in range(3):"),),
                  ((_STOP, "if (nearest == labels).any():"),)),
    ),
    Mutant(
        "stops-when-sizes-stay",
        Text("比较的是各簇的大小而不是标签：点互换时会过早停止", "it compares the sizes of the clusters, not the labels: it stops too early"),
        ((_STOP, "if labels[0] >= 0 and (np.bincount(nearest, minlength=k) == np.bincount(labels, minlength=k)).all():"),),
        Text("逐点比较标签。", "Compare the labels point by point."),
    ),
    Mutant(
        "stops-while-moving",
        Text("停止条件太松：中心还在移动就停止了", "the stopping rule is too loose: it ends while centroids still move"),
        (
            ("        labels = nearest\n", "        labels, before = nearest, centroids.copy()\n"),
            ("    return centroids, labels", "        if np.abs(centroids - before).max() < 1.0:\n            break\n    return centroids, labels"),
        ),
        Text("以标签不变（或中心完全不动）为停止条件。", "Stop when no label changes, or no centroid moves at all."),
        variants=((
            ("        labels = nearest\n", "        labels, before = nearest, centroids.copy()\n"),
            ("    return centroids, labels", "        if np.abs(centroids - before).max() < 0.1:\n            break\n    return centroids, labels"),
        ),),
    ),
    Mutant(
        "stops-before-first-update",
        Text("标签初始为 0：若第一轮所有点都属于簇 0，就误以为已经收敛", "labels start as 0: all points in cluster 0 at first counts as converged"),
        (("np.full(len(points), -1)", "np.zeros(len(points), dtype=int)"),),
        Text("初始标签用 −1。", "Start the labels at -1."),
    ),
    Mutant(
        "sum-not-mean",
        Text("中心取了各点之和，而不是平均值", "a centroid becomes the sum of its points, not their mean"),
        ((_MEAN, "centroids[j] = members.sum(axis=0)"),),
        Text("除以该簇的点数。", "Divide by the number of points in the cluster."),
        variants=(((_MEAN, "centroids[j] = members.sum(axis=0) / len(points)"),), ((_MEAN, "centroids[j] = members.sum(axis=0) / k"),)),
    ),
    Mutant(
        "median-not-mean",
        Text("中心取了中位数（k-medians），而不是平均值", "a centroid becomes the median of its points (k-medians), not their mean"),
        ((_MEAN, "centroids[j] = np.median(members, axis=0)"),),
        Text("用 mean(axis=0)。", "Use mean(axis=0)."),
        variants=(((_MEAN, "centroids[j] = members[((members - members.mean(axis=0)) ** 2).sum(axis=1).argmin()]"),),),
    ),
    Mutant(
        "cuts-centroids-to-integers",
        Text("中心被截断为整数（数组是整数类型）", "centroids are cut to integers (their array has an integer type)"),
        ((_MEAN, "centroids[j] = np.trunc(members.mean(axis=0))"),),
        Text("centroids 用 dtype=float。", "Give the centroids dtype=float."),
        variants=(((_MEAN, "centroids[j] = np.round(members.mean(axis=0))"),),),
    ),
    Mutant(
        "other-distance",
        Text("用的不是欧氏距离（而是曼哈顿或切比雪夫距离）", "the distance is not Euclidean (but Manhattan or Chebyshev)"),
        ((_DISTANCE, "np.abs(points[:, None] - centroids[None]).sum(axis=2)"),),
        Text("先平方，再求和。", "Square the differences, then sum."),
        variants=(((_DISTANCE, "np.abs(points[:, None] - centroids[None]).max(axis=2)"),),),
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
        Text("距离只用了一个坐标", "the distance uses one coordinate only"),
        ((_DISTANCE, "((points[:, None] - centroids[None]) ** 2)[..., :1].sum(axis=2)"),),
        Text("对所有维求和（axis=-1）。", "Sum over all dimensions (axis=-1)."),
        variants=(((_DISTANCE, "((points[:, None] - centroids[None]) ** 2)[..., -1:].sum(axis=2)"),),),
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
        variants=((("for j in range(k):", "for j in range(1, k):"),),
                  (("nearest = distances.argmin(axis=1)", "nearest = distances[:, : max(k - 1, 1)].argmin(axis=1)"),)),
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
        variants=(((_MEAN, "centroids[j] = (centroids[j] + members.sum(axis=0)) / (len(members) + 1)"),),),
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
        (("begin = answer if start == \"own\" else points[:k] if init is None else init", "begin = points[:k]"),),
        Text("centroids = np.array(init, dtype=float)。", "centroids = np.array(init, dtype=float)."),
        variants=(
            (("begin = answer if start == \"own\" else points[:k] if init is None else init", "begin = points[-k:]"),),
            (("begin = answer if start == \"own\" else points[:k] if init is None else init",
              "begin = points[:k] if answer is None or np.isnan(answer).any() else answer"),),
        ),
    ),
)  # fmt: skip

_CONVENTIONS = (
    Axis("tie", "lowest", (Option("ties-to-highest-label", "highest", Text("距离相等时归入标签较大的簇", "ties go to the highest label")),)),
    Axis("empty", "keep", (
        Option("empty-cluster-nan", "nan", Text("空簇的中心变成 NaN", "the centroid of an empty cluster becomes NaN")),
        Option("empty-cluster-reseeded", "reseed", Text("空簇会重新选择中心", "an empty cluster gets a new centroid")),
    ), rare=True),
    Axis("rounds", 300, tuple(
        Option(f"stops-after-{count}-rounds", count, Text(f"最多迭代 {count} 轮", f"stops after {count} rounds at the latest"))
        for count in (10, 20)
    ), rare=True),
    Axis("", True, (
        Option("k-not-checked", False, Text("k 大于点数时不抛出 ValueError", "k larger than n is no ValueError"), excuses="too-many-clusters"),
    )),
    Axis("start", "given", (
        Option("own-start", "own", Text("自己选择初始中心：检查标签、中心和惯量", "chooses its own start: labels, centroids and inertia are checked"),
               lacking="init"),
    )),
)  # fmt: skip


def _case(name: str, points: Any, init: Any, *tags: str, raises: str = "") -> Case:
    start = np.asarray(init, dtype=float)
    inputs = {"points": np.asarray(points, dtype=float), "k": len(start), "init": start}
    return Case(name, inputs, frozenset(tags), raises)


def _edge_cases() -> list[Case]:
    square = [[0, 0], [0, 1], [1, 0], [8, 8], [8, 9], [9, 8]]
    far = [[x + 30, y + 30] for x, y in square]
    line = [[float(x), 0.0] for x in (0, 1, 2, 3, 4, 5, 6, 7, 20, 21)]
    crossed = [[0, 0], [4, 1], [0, 6], [5, 7], [9, 2], [10, 8], [2, 3], [7, 5]]
    return [
        _case("two-groups", square, [[0, 0], [8, 8]]),
        _case("two-groups-other-labels", square, [[9, 9], [-1, 0]]),
        _case("bad-start", square, [[0, 0], [0, 1]]),
        _case("one-cluster", crossed, [[3, 3]], "one-cluster", "needs:init"),
        _case("one-cluster-far-away", crossed, [[50, -20]], "one-cluster", "needs:init"),
        _case("one-point", [[3, 4]], [[0, 0]], "single", "one-cluster", "needs:init"),
        _case("a-cluster-for-each-point", [[0, 0], [5, 1], [2, 7]], [[0, 1], [5, 0], [2, 6]]),
        _case("line", line, [[0, 0], [1, 0]], "needs:init"),
        _case("line-three", line, [[0, 0], [3, 0], [21, 0]], "needs:init"),
        _case("crossed", crossed, [[0, 0], [10, 8]], "needs:init"),
        _case("crossed-three", crossed, [[0, 0], [5, 7], [9, 2]], "needs:init"),
        _case("one-dimension", [[1], [2.5], [4], [9], [10], [14]], [[1], [2], [14]], "one-dimension", "needs:init"),
        _case("three-dimensions", [[0, 0, 1], [1, 0, 0], [0, 1, 0], [6, 5, 6], [5, 6, 6], [9, 0, 9], [8, 1, 9]], [[0, 0, 0], [6, 6, 6], [9, 0, 8]]),
        _case("equal-distance", [[0, 0], [2, 0], [4, 0], [10, 0]], [[1, 0], [3, 0], [10, 0]], "equal-distance", "needs:init"),
        _case("equal-distance-at-first", [[0, 0], [4, 0], [2, 3], [2, -5], [0, 1]], [[0, 0], [4, 0]], "equal-distance", "needs:init"),
        _case("identical-points", [[1, 1], [1, 1], [1, 1], [5, 5], [5, 5]], [[0, 0], [6, 6]], "duplicates", "needs:init"),
        _case("same-start-twice", [[0, 0], [0, 2], [6, 0], [6, 2]], [[3, 1], [3, 1]], "empty-cluster", "equal-distance", "needs:init"),
        _case("empty-cluster", far, [[30, 30], [39, 39], [130, -70]], "empty-cluster", "needs:init"),
        _case("empty-cluster-in-front", far, [[-20, 100], [30, 30], [39, 39]], "empty-cluster", "needs:init"),
        _case("negative", [[-5, -6], [-4, -7], [-6, -5], [3, -2], [4, -1], [2, -2]], [[-5, -5], [3, -1]], "negative"),
        _case("fractions", [[0.125, 0.25], [0.25, 0.125], [0.75, 0.875], [0.875, 0.75], [0.5, 0.5625]], [[0.0, 0.0], [1.0, 1.0]], "fraction", "needs:init"),
        _case("too-many-clusters", [[0, 0], [4, 4]], [[0, 0], [4, 4], [8, 8]], "too-many-clusters", raises="ValueError"),
        _case("points-change-places", [[5, 8], [1, 8], [4, 5], [0, 7], [5, 5]], [[2, 2], [6, 9]], "needs:init"),
        _case("uneven-axes", [[0, 0], [1, 40], [0, 80], [9, 1], [10, 41], [9, 79]], [[0, 0], [10, 41], [0, 80]], "needs:init"),
        _case("diagonal", [[0, 9], [1, 8], [2, 7], [9, 0], [8, 1], [7, 2], [5, 5]], [[0, 8], [8, 0]], "needs:init"),
    ]  # fmt: skip


def _cases(rng: np.random.Generator) -> list[Case]:
    cases = _edge_cases()
    for number, (count, k, size) in enumerate(((3, 2, 2), (4, 3, 2), (5, 4, 2), (4, 3, 3))):
        cases.append(_groups(rng, f"groups-{number + 1}", count, k, size))
    for number, (count, k) in enumerate(((12, 2), (15, 3), (20, 4), (25, 5), (18, 3), (30, 4))):
        cases.append(_cloud(rng, f"cloud-{number + 1}", count, k))
    cases.append(_creeping())
    return cases


def _groups(rng: np.random.Generator, name: str, count: int, k: int, size: int) -> Case:
    """Groups far apart from each other, in random order; every start of one point in each is found again."""
    centres = np.stack([np.arange(k) * 40.0] + [rng.permutation(k) * 30.0 for _ in range(size - 1)], axis=1)
    offsets = np.round(rng.uniform(-3, 3, (k, count, size)) * 4) / 4
    points = (centres[:, None] + offsets).reshape(-1, size)
    init = centres + np.round(rng.uniform(-3, 3, (k, size)) * 4) / 4
    return _case(name, rng.permutation(points), rng.permutation(init))


def _cloud(rng: np.random.Generator, name: str, count: int, k: int) -> Case:
    """Points without groups, started from points among them, where no rounding can decide a label."""
    while True:
        points = np.round(rng.uniform(0, 20, (count, 2)) * 4) / 4
        init = points[rng.choice(count, k, replace=False)] + 0.0625
        if _is_clear(points, init):
            return _case(name, points, init)


def _is_clear(points: npt.NDArray[np.float64], init: npt.NDArray[np.float64]) -> bool:
    """Whether in every round the two least distances of each point differ by much more than rounding."""
    for rounds in range(30):
        centroids, _ = kmeans(points, len(init), init, rounds=rounds)
        distances = np.sort(((points[:, None] - centroids[None]) ** 2).sum(axis=2), axis=1)
        if (distances[:, 1] - distances[:, 0] < 1e-2).any():
            return False
    return True


def _creeping() -> Case:
    """Many rounds: all centroids start at one end of points that lie ever farther apart."""
    points = np.array([[1.0625**step / 16, 0.0] for step in range(80)])
    return _case("many-rounds", points, points[:5] - 0.001, "many-rounds", "needs:init")


def _many(rng: np.random.Generator, count: int) -> Mapping[str, Any]:
    points = rng.normal(size=(count, 2)) + rng.integers(0, 4, size=(count, 1)) * 3.0
    return {"points": points, "k": 4, "init": points[:4].copy()}


def _follow(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Mapping[str, Any]:
    """Where the start is not given, the answer itself: it has to be where another round changes nothing."""
    centroids = got.centroids
    if centroids is None:
        labels = np.asarray(got.labels)
        own = [inputs["points"][labels == label] for label in range(inputs["k"])]
        centroids = np.stack([rows.mean(axis=0) if len(rows) else np.full(rows.shape[1], np.nan) for rows in own])
    return {**keywords, "answer": centroids} if len(centroids) == inputs["k"] else keywords


def _holds(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> bool:
    """An own start must end no worse than the reference from the unluckiest of many starts; a reseeded cluster has points."""
    points, k = inputs["points"], inputs["k"]
    if keywords.get("empty") == "reseed" and got.labels is not None and len(set(got.labels)) < min(k, len(points)):
        return False
    if keywords.get("start") != "own" or got.centroids is None:
        return True
    rng = np.random.default_rng(0)
    starts = (points[rng.choice(len(points), k, replace=False)] for _ in range(20))
    worst = max(_inertia(points, kmeans(points, k, start)[0]) for start in starts)
    return _inertia(points, got.centroids) <= 1.05 * worst + 1e-9


def _inertia(points: Any, centroids: Any) -> float:
    return float(((points[:, None] - centroids[None]) ** 2).sum(axis=2).min(axis=1).sum())


def _explain(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Text | None:
    """The first point with another label, with its distances to the two centroids."""
    centroids, labels = kmeans(**{**inputs, **keywords})
    wrong = [at for at, label in enumerate(labels) if got.labels is not None and got.labels[at] != label]
    if not wrong:
        return Text("标签正确，中心应为 {centroids}", "the labels are right, the centroids are {centroids}").format(
            centroids=np.round(centroids, 4).tolist()
        )
    point = inputs["points"][wrong[0]]
    distances = ((centroids - point) ** 2).sum(axis=1)
    return Text(
        "点 {at} 属于簇 {label}：到各中心的平方距离为 {distances}",
        "point {at} belongs to cluster {label}: squared distances {distances}",
    ).format(at=wrong[0], label=int(labels[wrong[0]]), distances=[round(float(value), 4) for value in distances])


_ALIASES = """
    k_means KMeans k_means_clustering kmeans_clustering kMeans run_kmeans my_kmeans kmeans_numpy kmeans_np lloyd lloyds
    k_means_numpy kmeans_cluster k_mean kmean find_clusters kmeans_fit fit_kmeans do_kmeans kmeans_simple simple_kmeans
    lloyd_kmeans kmeans_lloyd cluster kmeans_python kmeans_vectorized kmeans_loop kmeans_pure_python naive_kmeans
"""

DRILL = Drill(
    name="kmeans",
    title=Text("K-means 聚类", "K-means clustering"),
    topic="clustering",
    difficulty=2,
    takes={"points": "points", "k": "count", "init": "init"},
    gives="clusters",
    code=(kmeans,),
    statement=contract_of(
        kmeans,
        """用 Lloyd 算法做 K-means 聚类。

points：浮点数组 (n, d)。k：簇数。init：浮点数组 (k, d)，初始中心；None 时取前 k 个点。
返回 (centroids, labels)：浮点数组 (k, d) 和取值 0..k−1 的整数数组 (n,)。
每一轮先把每个点分给平方欧氏距离最小的中心（相等时取较小的标签），再把每个中心移到本簇各点的平均值；
没有标签变化时结束。空簇的中心保持不动。k 大于 n 时抛出 ValueError。不得改变输入。""",
    ),
    cases=_cases,
    mutants=_MUTANTS,
    conventions=_CONVENTIONS,
    aliases=tuple(_ALIASES.split()),
    classes=("KMeans", "Kmeans", "K_Means", "KMeansClustering", "KMeansClassifier", "MyKMeans"),
    looks_like=r"^(?!.*(test|plot|plus|pp|mini_?batch|init|load|anchor|metric|example|process))(.*_)?(k_?means?|lloyds?)(_.*|\d*)$",
    tags=("clustering", "unsupervised"),
    hints=(
        Text("两步交替：把点分给最近的中心，再移动中心。", "Two steps in turn: assign points to the nearest centroid, move the centroids."),
        Text("(points[:, None] − centroids[None]) 的平方对最后一维求和，得到 (n, k) 的距离。",
             "Square points[:, None] - centroids[None] and sum over the last axis: distances (n, k)."),
        Text("标签全部不变时停止；空簇跳过更新。", "Stop when all labels stay; skip the update of an empty cluster."),
    ),
    probes=("groups-1", "groups-2", "groups-4"),
    large=Large(_many, (250, 500, 1000)),
    absolute_tolerance=1e-6,
    picture="points",
    rows=(("points",), ("init",)),
    follow=_follow,
    holds=_holds,
    explain=_explain,
)  # fmt: skip
