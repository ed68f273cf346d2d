"""K-means clustering by Lloyd's algorithm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cv_quiz.drills._kmeans_cases import drawn_cases, special_cases
from cv_quiz.drills._kmeans_mistakes import KMEANS_MUTANTS
from cv_quiz.drills._kmeans_traits import KMEANS_INSTEAD, KMEANS_TRAITS
from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Axis, Drill, Large, Option, contract_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    unset: str = "first",
    answer: npt.NDArray[np.float64] | None = None,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """K-means clustering by Lloyd's algorithm.

    points: array (n, d). k: number of clusters. init: array (k, d), the initial centroids; None takes the
    first k points. Both hold floats, or whole numbers of an integer type; the centroids are floats all the same.
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
    init = None if start == "first" else init
    own = start == "own" or (unset == "own" and init is None)
    given = points[:k] if init is None else init
    begin = given if not own else points[-k:] if answer is None else answer
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


_CONVENTIONS = (
    Axis("tie", "lowest", (Option("ties-to-highest-label", "highest", Text("距离相等时归入标签较大的簇", "ties go to the highest label")),)),
    Axis("empty", "keep", (
        Option("empty-cluster-nan", "nan", Text("空簇的中心变成 NaN", "the centroid of an empty cluster becomes NaN")),
        Option("empty-cluster-reseeded", "reseed", Text("空簇会重新选择中心", "an empty cluster gets a new centroid")),
    ), rare=True),
    Axis("", True, (
        Option("k-not-checked", False, Text("k 大于点数时不抛出 ValueError", "k larger than n is no ValueError"), excuses="too-many-clusters"),
    )),
    Axis("", True, (
        Option("integers-stay-integers", False, Text("整数类型的点或 init 会使中心被取整（应先转成浮点数）", "points or an init of an integer type make the centroids integers (they should be made float)"), excuses="integers"),
    ), rare=True),
    Axis("start", "given", (
        Option("first-points", "first", Text("按从前 k 个点开始来判断：约定在没有 init 时就是如此",
               "judged by a start from the first k points, as the contract has it without an init"), lacking="init"),
        Option("own-start", "own", Text("自己选择初始中心：检查标签、中心和惯量", "chooses its own start: labels, centroids and inertia are checked"),
               lacking="init"),
    )),
    Axis("unset", "first", (
        Option("own-start-without-init", "own", Text("init 为 None 时自己选择初始中心（约定取前 k 个点）", "without an init it chooses a start of its own (the contract takes the first k points)"), having="init"),
    ), rare=True),
)  # fmt: skip


def _many(rng: np.random.Generator, count: int) -> Mapping[str, Any]:
    points = rng.normal(size=(count, 2)) + rng.integers(0, 4, size=(count, 1)) * 3.0
    return {"points": points, "k": 4, "init": points[:4].copy()}


def _follow(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Mapping[str, Any]:
    """Where the start is not given, the answer itself: it has to be where another round changes nothing.

    A centroid that is NaN is nowhere, and nothing can start from it, unless there are fewer distinct points than clusters.
    """
    own_start = _starts_itself(inputs, keywords)
    if not own_start and keywords.get("empty") != "reseed":
        return keywords
    if own_start and got.centroids is not None and np.isnan(got.centroids).any() and _can_be_filled(inputs):
        return keywords
    centroids = got.centroids
    if centroids is None:
        labels = np.asarray(got.labels)
        own = [inputs["points"][labels == label] for label in range(inputs["k"])]
        centroids = np.stack([rows.mean(axis=0) if len(rows) else np.full(rows.shape[1], np.nan) for rows in own])
    return {**keywords, "answer": centroids} if len(centroids) == inputs["k"] else keywords


def _starts_itself(inputs: Mapping[str, Any], keywords: Mapping[str, Any]) -> bool:
    """Whether nobody told where to start."""
    return keywords.get("start") == "own" or (keywords.get("unset") == "own" and inputs["init"] is None)


def _can_be_filled(inputs: Mapping[str, Any]) -> bool:
    """Whether there is a point of its own for each cluster."""
    return len(np.unique(inputs["points"], axis=0)) >= int(inputs["k"])


def _holds(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> bool:
    """An own start must end no worse than the reference from the unluckiest of many starts; a reseeded cluster has points.

    With as many clusters as points, starts anywhere between the points count too: most of those leave a cluster empty.
    """
    points, k = inputs["points"], inputs["k"]
    if keywords.get("empty") == "reseed" and got.labels is not None and len(set(got.labels)) < min(k, len(points)):
        return False
    if not _starts_itself(inputs, keywords) or got.centroids is None:
        return True
    reached = _inertia(points, got.centroids)
    return any(reached <= 1.25 * _inertia(points, kmeans(points, k, start)[0]) + 1e-9 for start in _starts(points, k))


def _starts(points: Any, k: int) -> Iterator[Any]:
    """Starts that somebody may draw."""
    yield points[:k]
    rng = np.random.default_rng(0)
    yield from (points[rng.choice(len(points), k, replace=False)] for _ in range(20))
    if k == len(points):
        yield from rng.uniform(points.min(), points.max(), (20, *points.shape))


def _inertia(points: Any, centroids: Any) -> float:
    return float(((points[:, None] - centroids[None]) ** 2).sum(axis=2).min(axis=1).sum())


def _explain(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Text | None:
    """The first point with another label, with its distances to the two centroids."""
    centroids, labels = kmeans(**{**inputs, **keywords})
    wrong = [at for at, label in enumerate(labels) if got.labels is not None and got.labels[at] != label]
    if not wrong:
        return Text(
            "标签正确，中心应为 {centroids}", "the labels are right, the centroids should be {centroids}"
        ).format(centroids=np.round(centroids, 4).tolist())
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

points：数组 (n, d)。k：簇数。init：数组 (k, d)，初始中心；None 时取前 k 个点。两者是浮点数，也可能是整数类型，中心始终是浮点数。
返回 (centroids, labels)：浮点数组 (k, d) 和取值 0..k−1 的整数数组 (n,)。
每一轮先把每个点分给平方欧氏距离最小的中心（相等时取较小的标签），再把每个中心移到本簇各点的平均值；
没有标签变化时结束。空簇的中心保持不动。k 大于 n 时抛出 ValueError。不得改变输入。""",
    ),
    special=special_cases,
    drawn=drawn_cases,
    mutants=KMEANS_MUTANTS,
    instead=KMEANS_INSTEAD,
    traits=KMEANS_TRAITS,
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
