"""What wrong clusterings give away of themselves: each of the two rules is tried on the labels and centroids alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cv_quiz.drills._kmeans_cases import start_of
from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Instead, Shaped, Trait
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Rounds after which an answer may have stopped.
EARLY = 40


def _close(first: Any, second: Any) -> bool:
    return bool(np.allclose(first, second, rtol=1e-5, atol=1e-6))


def _squares(points: Any, centroids: Any) -> Any:
    return ((points[:, None] - centroids[None]) ** 2).sum(axis=2)


_RULES: tuple[tuple[str, str, str, Callable[[Any, Any], Any]], ...] = (
    ("farthest-not-nearest", "点被分给了最远的中心", "points go to the farthest centroid", lambda p, c: -_squares(p, c)),
    ("other-distance", "距离用的是曼哈顿距离，不是欧氏距离", "the distance is Manhattan, not Euclidean", lambda p, c: np.abs(p[:, None] - c[None]).sum(axis=2)),
    ("other-distance", "距离用的是切比雪夫距离，不是欧氏距离", "the distance is Chebyshev, not Euclidean", lambda p, c: np.abs(p[:, None] - c[None]).max(axis=2)),
    ("one-dimension-only", "距离只用了第一个坐标", "the distance uses the first coordinate only", lambda p, c: _squares(p[:, :1], c[:, :1])),
    ("one-dimension-only", "距离只用了最后一个坐标", "the distance uses the last coordinate only", lambda p, c: _squares(p[:, -1:], c[:, -1:])),
    ("difference-not-squared", "各维的差没有平方：正负会互相抵消", "differences are not squared: positive and negative ones cancel out", lambda p, c: np.abs((p[:, None] - c[None]).sum(axis=2))),
    ("angle-not-distance", "比较的是点积，不是距离", "dot products are compared, not distances", lambda p, c: -(p @ c.T)),
)  # fmt: skip

_STATISTICS: tuple[tuple[str, str, str, Callable[[Any], Any]], ...] = (
    ("median-not-mean", "中心取了中位数，而不是平均值", "a centroid is the median of its points, not their mean", lambda m: np.median(m, axis=0)),
    ("sum-not-mean", "中心取了各点之和，而不是平均值", "a centroid is the sum of its points, not their mean", lambda m: m.sum(axis=0)),
    ("midrange-not-mean", "中心取了最小值与最大值的中点，而不是平均值", "a centroid is the middle between smallest and largest coordinate, not the mean", lambda m: (m.min(axis=0) + m.max(axis=0)) / 2),
    ("mean-without-axis", "求平均时少了 axis=0：所有坐标混成了一个数", "the mean lacks axis=0: all coordinates become one number", lambda m: np.full(m.shape[1], m.mean())),
    ("cuts-centroids-to-integers", "中心被取整了", "centroids are cut to whole numbers", lambda m: np.trunc(m.mean(axis=0))),
    ("cuts-centroids-to-integers", "中心被取整了", "centroids are cut to whole numbers", lambda m: np.floor(m.mean(axis=0))),
    ("centroids-rounded", "中心被四舍五入了", "the centroids are rounded", lambda m: np.round(m.mean(axis=0), 1)),
    ("divides-by-another-count", "各点之和除以的点数多了一个", "the sum of a cluster is divided by one more than its number of points", lambda m: m.sum(axis=0) / (len(m) + 1)),
)  # fmt: skip


def _labelled_by(rule: Callable[[Any, Any], Any]) -> Callable[[Mapping[str, Any], Any], bool | None]:
    """Whether the labels go by a rule, where that differs from the nearest centroid."""

    def shows(inputs: Mapping[str, Any], answer: Any) -> bool | None:
        points, labels = np.asarray(inputs["points"], dtype=float), np.asarray(answer.labels)
        by_rule = rule(points, answer.centroids).argmin(axis=1)
        if (by_rule == _squares(points, answer.centroids).argmin(axis=1)).all():
            return None
        return bool((by_rule == labels).all())

    return shows


def _made_by(statistic: Callable[[Any], Any]) -> Callable[[Mapping[str, Any], Any], bool | None]:
    """Whether the centroids are a statistic of their points, where that differs from the mean."""

    def shows(inputs: Mapping[str, Any], answer: Any) -> bool | None:
        points, labels = np.asarray(inputs["points"], dtype=float), np.asarray(answer.labels)
        seen = False
        for label in np.unique(labels):
            members = points[labels == label]
            seen = seen or not _close(statistic(members), members.mean(axis=0))
            if not _close(statistic(members), answer.centroids[label]):
                return False
        return seen or None

    return shows


def _fits_itself(inputs: Mapping[str, Any], answer: Any) -> bool | None:
    """Whether every label is that of the nearest centroid, and every centroid the mean of its points."""
    if inputs["init"] is None:
        return False  # whatever is wrong there, it is not that a given start was left unused
    points, labels = np.asarray(inputs["points"], dtype=float), np.asarray(answer.labels)
    if (_squares(points, answer.centroids).argmin(axis=1) != labels).any():
        return False
    return all(_close(points[labels == at].mean(axis=0), answer.centroids[at]) for at in np.unique(labels))


def _stops_early(inputs: Mapping[str, Any], answer: Any) -> bool | None:
    """Whether this is what there is after some round, though labels still change."""
    points = np.asarray(inputs["points"], dtype=float)
    centroids = start_of(inputs)
    given = np.asarray(answer.labels)
    for _ in range(EARLY):
        labels = _squares(points, centroids).argmin(axis=1)
        before = centroids.copy()
        for at in np.unique(labels):
            centroids[at] = points[labels == at].mean(axis=0)
        known = _close(centroids, answer.centroids) or _close(before, answer.centroids)
        if known and ((labels == given).all() or (_squares(points, answer.centroids).argmin(axis=1) == given).all()):
            return True
        if np.array_equal(centroids, before):
            return False
    return False


def _in_another_order(inputs: Mapping[str, Any], answer: Any) -> bool | None:
    """Whether each label occurs as often as it should, but at other points."""
    points = np.asarray(inputs["points"], dtype=float)
    nearest = _squares(points, answer.centroids).argmin(axis=1)
    if len(np.unique(nearest)) == 1:
        return None
    alike = np.array_equal(np.sort(nearest), np.sort(answer.labels))
    return alike and not np.array_equal(nearest, answer.labels) if len(points) > 5 or not alike else None


def _numbered_otherwise(inputs: Mapping[str, Any], answer: Any) -> bool | None:
    """Whether labels and centroids belong together once the clusters are numbered anew."""
    points = np.asarray(inputs["points"], dtype=float)
    nearest = _squares(points, answer.centroids).argmin(axis=1)
    pairs = set(zip(nearest.tolist(), answer.labels, strict=True))
    one_to_one = len(pairs) == len({pair[0] for pair in pairs}) == len({pair[1] for pair in pairs})
    return one_to_one and any(first != second for first, second in pairs)


KMEANS_TRAITS = (
    Trait(
        "centroids-reordered",
        Text("标签与中心的编号对不上：中心（或簇）换了次序，标签却没有跟着改", "labels and centroids are numbered differently: one of them was put in another order, the other was not"),
        _numbered_otherwise,
        Text("不要改变中心的次序。", "Leave the centroids in their order."),
    ),
    *(Trait(name, Text(zh, en), _labelled_by(rule), Text("用平方欧氏距离最小的中心。", "Take the centroid at the least squared Euclidean distance.")) for name, zh, en, rule in _RULES),
    *(Trait(name, Text(zh, en), _made_by(statistic), Text("用 members.mean(axis=0)。", "Use members.mean(axis=0).")) for name, zh, en, statistic in _STATISTICS),
    Trait(
        "points-reordered",
        Text("每个标签的个数正确，却给了别的点：点被打乱或排序后，标签没有放回原来的次序", "each label occurs as often as it should, but at other points: the points were shuffled or sorted and the labels not put back"),
        _in_another_order,
        Text("按输入的次序返回标签。", "Return the labels in the order of the input."),
    ),
    Trait(
        "stops-too-early",
        Text("停止得太早：返回的是前面某一轮的中心或标签，标签还在变化", "it stops too early: the centroids or labels are those of an earlier round, while labels still change"),
        _stops_early,
        Text("循环到没有标签变化为止。", "Loop until no label changes."),
        of="init",
    ),
    Trait(
        "init-ignored",
        Text("标签和中心互相符合，但不是从给定的 init 得到的：用了别的初始中心", "labels and centroids fit each other, but do not come of the given init: another start was used"),
        _fits_itself,
        Text("centroids = np.array(init, dtype=float)。", "centroids = np.array(init, dtype=float)."),
        of="init",
    ),
)  # fmt: skip


def _with(labels: Callable[[Any, Any], Any]) -> Callable[[Mapping[str, Any], Any], Any]:
    """The right centroids with something else in place of the labels."""
    return lambda inputs, answer: (
        answer.centroids,
        labels(_squares(np.asarray(inputs["points"], dtype=float), answer.centroids), answer),
    )


_LABELS_HINT = Text(
    "标签是整数数组 (n,)，取值 0..k − 1。", "The labels are an integer array (n,) with values in 0..k-1."
)
KMEANS_INSTEAD = (
    *(
        Instead(
            "distances-not-labels",
            Text("返回的是到最近中心的距离，而不是标签", "it returns the distance to the nearest centroid, not the label"),
            _with(made),
            Text("用 argmin 得到标签，而不是 min。", "Use argmin for the labels, not min."),
        )
        for made in (lambda d, _a: d.min(axis=1), lambda d, _a: np.sqrt(d.min(axis=1)), lambda d, _a: d, lambda d, _a: np.sqrt(d))
    ),
    Instead(
        "label-for-each-cluster",
        Text("标签只有 k 个，应每个点一个：argmin 用错了轴", "there are k labels where each point needs one: argmin runs along the wrong axis"),
        lambda inputs, answer: (Shaped(answer.centroids.shape), Shaped((inputs["k"],))) if inputs["k"] != len(inputs["points"]) else None,
        Text("对 (n, k) 的距离用 argmin(axis=1)。", "With distances (n, k), use argmin(axis=1)."),
    ),
    Instead(
        "count-for-each-cluster",
        Text("返回的是每个簇的点数，而不是每个点的标签", "it returns how many points each cluster has, not a label for each point"),
        lambda inputs, answer: (answer.centroids, np.bincount(answer.labels, minlength=inputs["k"])),
        _LABELS_HINT,
    ),
    Instead(
        "inertia-only",
        Text("返回的是平方距离之和，而不是中心和标签", "it returns the sum of the squared distances, not centroids and labels"),
        lambda inputs, answer: _squares(np.asarray(inputs["points"], dtype=float), answer.centroids).min(axis=1).sum(),
        Text("return centroids, labels。", "return centroids, labels."),
    ),
    Instead(
        "coordinates-not-labels",
        Text("返回的是每个点所属的中心，而不是标签", "it returns the centroid of each point, not its label"),
        lambda _inputs, answer: (answer.centroids, answer.centroids[np.asarray(answer.labels)]),
        _LABELS_HINT,
    ),
)  # fmt: skip
