# ruff: noqa
# mypy: ignore-errors
import random

import numpy as np

from tests.grading.styles import Styles

STYLES = Styles("kmeans")
right, wrong = STYLES.right, STYLES.wrong


def assign(X, C):
    return ((X[:, None] - C[None]) ** 2).sum(-1).argmin(1)


@right()
def textbook(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = np.array(points[:k] if init is None else init, dtype=float)
    labels = None
    while True:
        new = assign(points, centroids)
        if labels is not None and np.array_equal(new, labels):
            return centroids, labels
        labels = new
        for j in range(k):
            if np.any(labels == j):
                centroids[j] = points[labels == j].mean(axis=0)


@right()
def pure_python(points, k, init=None):
    points = [tuple(map(float, p)) for p in points]
    if k > len(points):
        raise ValueError("more clusters than points")
    centers = [list(map(float, c)) for c in (points[:k] if init is None else init)]
    labels = [-1] * len(points)
    changed = True
    while changed:
        changed = False
        for n, p in enumerate(points):
            best, best_d = 0, float("inf")
            for j, c in enumerate(centers):
                d = sum((a - b) ** 2 for a, b in zip(p, c))
                if d < best_d:
                    best, best_d = j, d
            if labels[n] != best:
                labels[n] = best
                changed = True
        for j in range(k):
            mine = [p for p, l in zip(points, labels) if l == j]
            if mine:
                centers[j] = [sum(x) / len(mine) for x in zip(*mine)]
    return centers, labels


@right("k-not-checked")
def unchecked(X, n_clusters, centroids, max_iters=100):
    centroids = np.array(centroids, dtype=float)
    for _ in range(max_iters):
        labels = np.argmin(np.linalg.norm(X[:, np.newaxis] - centroids, axis=2), axis=1)
        new = np.array(
            [X[labels == i].mean(axis=0) if (labels == i).any() else centroids[i] for i in range(n_clusters)]
        )
        if np.allclose(new, centroids):
            break
        centroids = new
    return centroids, labels


@right("returns-reversed", "k-not-checked")
def labels_first(data, k, init):
    c, l = unchecked(np.asarray(data), k, init)
    return l, c


@right("own-start", "no-init", "k-not-checked")
def random_start(X, k, max_iters=100):
    centroids = X[np.random.choice(len(X), k, replace=len(X) < k)].astype(float)
    return unchecked(X, k, centroids, max_iters)


@right("own-start", "no-init", "k-not-checked", "returns-reversed")
def seeded(X, K, max_iter=300, tol=1e-6, random_state=42):
    rng = np.random.default_rng(random_state)
    centroids = X[rng.choice(len(X), size=K, replace=len(X) < K)]
    for _ in range(max_iter):
        labels = assign(X, centroids)
        new = np.array([X[labels == j].mean(0) if (labels == j).any() else centroids[j] for j in range(K)])
        if np.linalg.norm(new - centroids) < tol:
            break
        centroids = new
    return labels, centroids


@right("own-start", "no-init", "k-not-checked")
def random_module(points, k, iterations=100):
    points = [list(p) for p in points]
    centers = random.sample(points, min(k, len(points)))
    centers += [centers[0]] * (k - len(centers))
    for _ in range(iterations):
        labels = [min(range(k), key=lambda j: sum((a - b) ** 2 for a, b in zip(p, centers[j]))) for p in points]
        new = []
        for j in range(k):
            mine = [p for p, l in zip(points, labels) if l == j]
            new.append([sum(x) / len(mine) for x in zip(*mine)] if mine else centers[j])
        if new == centers:
            break
        centers = new
    return centers, labels


@right("class", "attributes", "own-start", "no-init", "k-not-checked", name="KMeans")
class WithFit:
    def __init__(self, n_clusters=8, max_iter=300, random_state=None):
        self.n_clusters, self.max_iter, self.random_state = n_clusters, max_iter, random_state

    def fit(self, X):
        rng = np.random.RandomState(self.random_state)
        start = X[rng.choice(len(X), self.n_clusters, replace=len(X) < self.n_clusters)]
        self.cluster_centers_, self.labels_ = unchecked(X, self.n_clusters, start, self.max_iter)
        return self

    def predict(self, X):
        return assign(X, self.cluster_centers_)


@right("class", "attributes", name="KMeans")
class WithInit:
    def __init__(self, k, init=None):
        self.k, self.init = k, init

    def fit(self, points):
        self.centroids, self.labels = textbook(points, self.k, self.init)


@right("k-not-checked", "returns-more")
def with_inertia(X, k, init_centroids, max_iter=1000):
    c, l = unchecked(X, k, init_centroids, max_iter)
    return c, l, float(((X - c[l]) ** 2).sum())


@right("returns-dict", "k-not-checked")
def in_dict(X, k, init):
    c, l = unchecked(X, k, init)
    return {"centroids": c, "labels": l}


@right("float-labels", "k-not-checked")
def float_labels(X, k, init):
    c, l = unchecked(X, k, init)
    return c, l.astype(float)


@right("returns-labels", "k-not-checked")
def labels_only(X, k, init):
    return unchecked(X, k, init)[1]


@right("no-count", "k-not-checked")
def without_k(X, init_centroids):
    return unchecked(X, len(init_centroids), init_centroids)


@right("empty-cluster-reseeded", "k-not-checked")
def reseeds(X, k, init):
    c = np.array(init, dtype=float)
    rng = np.random.default_rng(0)
    for _ in range(100):
        labels = assign(X, c)
        new = np.array([X[labels == j].mean(0) if (labels == j).any() else X[rng.integers(len(X))] for j in range(k)])
        if np.array_equal(new, c):
            break
        c = new
    return c, labels


@right("ties-to-highest-label")
def last_tie(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError
    c = np.array(points[:k] if init is None else init, dtype=float)
    labels = [-1] * len(points)
    while True:
        new = []
        for p in points:
            best, d = 0, np.inf
            for j in range(k):
                e = ((p - c[j]) ** 2).sum()
                if e <= d:
                    best, d = j, e
            new.append(best)
        if new == labels:
            return c, np.array(labels)
        labels = new
        for j in range(k):
            if j in labels:
                c[j] = points[np.array(labels) == j].mean(0)


@right("own-start", "no-init", "k-not-checked", "returns-groups")
def grouped(points, k):
    c, l = random_start(np.asarray(points), k)
    return c, [[p for p, m in zip(points, l) if m == j] for j in range(k)]


@wrong("one-round-only")
def once(points, k, init=None):
    if k > len(points):
        raise ValueError
    c = np.array(init, dtype=float)
    labels = assign(points, c)
    for j in range(k):
        if (labels == j).any():
            c[j] = points[labels == j].mean(0)
    return c, labels


@wrong("median-not-mean")
def median(points, k, init=None):
    if k > len(points):
        raise ValueError
    c, labels = np.array(init, dtype=float), None
    for _ in range(100):
        labels = assign(points, c)
        for j in range(k):
            if (labels == j).any():
                c[j] = np.median(points[labels == j], axis=0)
    return c, labels


@wrong("other-distance")
def manhattan(points, k, init=None):
    if k > len(points):
        raise ValueError
    c = np.array(init, dtype=float)
    for _ in range(100):
        labels = np.abs(points[:, None] - c).sum(-1).argmin(1)
        for j in range(k):
            if (labels == j).any():
                c[j] = points[labels == j].mean(0)
    return c, labels


@wrong("init-ignored")
def ignores_init(points, k, init=None):
    if k > len(points):
        raise ValueError
    return textbook(points, k, points[np.random.choice(len(points), k, replace=False)])


@wrong("input-changed")
def in_place(points, k, init=None):
    if k > len(points):
        raise ValueError
    c = init
    for _ in range(100):
        labels = assign(points, c)
        for j in range(k):
            if (labels == j).any():
                c[j] = points[labels == j].mean(0)
    return c, labels


@wrong("labels-from-one")
def from_one(points, k, init=None):
    c, l = textbook(points, k, init)
    return c, l + 1


@wrong("empty-cluster-to-origin")
def origin(points, k, init=None):
    if k > len(points):
        raise ValueError
    c = np.array(points[:k] if init is None else init, dtype=float)
    for _ in range(100):
        labels = assign(points, c)
        c = np.array([points[labels == j].sum(0) / max((labels == j).sum(), 1) for j in range(k)])
    return c, labels


@wrong("empty-cluster-nan")
def nan_swallows(points, k, init=None):
    if k > len(points):
        raise ValueError
    c = np.array(points[:k] if init is None else init, dtype=float)
    with np.errstate(all="ignore"):
        for _ in range(50):
            labels = assign(points, c)
            c = np.array([points[labels == j].sum(0) / (labels == j).sum() for j in range(k)])
    return c, labels


@wrong("cuts-centroids-to-integers")
def integers(points, k, init=None):
    if k > len(points):
        raise ValueError
    c = np.array(init).astype(float)
    for _ in range(100):
        labels = assign(points, c)
        for j in range(k):
            if (labels == j).any():
                c[j] = points[labels == j].mean(0).astype(int)
    return c, labels


@wrong("sum-not-mean")
def sums(points, k, init=None):
    if k > len(points):
        raise ValueError
    c, old = np.array(init, dtype=float), None
    for _ in range(300):
        labels = assign(points, c)
        if old is not None and (old == labels).all():
            break
        old = labels
        for j in range(k):
            if (labels == j).any():
                c[j] = points[labels == j].sum(0)
    return c, labels


@wrong()
def drops_empty(points, k, init=None):
    c, l = textbook(points, k, init)
    used = sorted(set(l.tolist()))
    return c[used], np.array([used.index(x) for x in l])


@wrong()
def stale(points, k, init=None):
    if k > len(points):
        raise ValueError
    c = np.array(init, dtype=float)
    for _ in range(10):
        labels = assign(points, c)
        old = c.copy()
        for j in range(k):
            if (labels == j).any():
                c[j] = points[labels == j].mean(0)
    return old * 0 + init, labels


@wrong("returned-nothing")
def nothing(points, k, init=None):
    textbook(points, k, init)


@wrong("stops-when-sizes-stay")
def sizes(points, k, init=None):
    if k > len(points):
        raise ValueError
    c, old = np.array(init, dtype=float), None
    while True:
        labels = assign(points, c)
        count = np.bincount(labels, minlength=k)
        if old is not None and (count == old).all():
            return c, last
        old, last = count, labels
        for j in range(k):
            if (labels == j).any():
                c[j] = points[labels == j].mean(0)


@wrong("state-kept")
def remembers(points, k, init=None, cache={}):
    if k > len(points):
        raise ValueError
    key = (len(points), k)
    if key not in cache:
        cache[key] = textbook(points, k, init)
    return cache[key]


@wrong("transposed")
def transposed(points, k, init=None):
    c, l = textbook(points, k, init)
    return c.T, l


def start_anywhere(X, k):
    return X[np.random.choice(len(X), k, replace=len(X) < k)]


@right("first-points", "no-init", "integers-stay-integers", "k-not-checked")
def whole_numbers_stay_whole(X, k):
    centroids = X[np.arange(k) % len(X)].copy()
    labels = np.full(len(X), -1)
    while (labels != assign(X, centroids)).any():
        labels = assign(X, centroids)
        for j in set(labels.tolist()):
            centroids[j] = X[labels == j].mean(axis=0)
    return centroids, labels


@wrong("empty-cluster-nan")
def equal_points_in_front_become_nan(X, k):
    centroids = X[:k]
    for _ in range(100):
        labels = assign(X, centroids)
        before, centroids = centroids, np.array([X[labels == j].mean(axis=0) for j in range(k)])
        if np.allclose(before, centroids):
            break
    return centroids, labels


@wrong()
def moves_that_cancel_out(X, k):
    centroids = start_anywhere(X, k)
    while True:
        labels, before = assign(X, centroids), centroids
        centroids = np.array([X[labels == j].mean(axis=0) if (labels == j).any() else before[j] for j in range(k)])
        if abs((centroids - before).sum()) < 1e-9:
            return centroids, labels


@wrong(name="KMeans")
class StopsAtLabelZero:
    def __init__(self, k):
        self.k = k

    def fit(self, X):
        self.centroids, labels = start_anywhere(X, self.k), np.zeros(len(X))
        while (labels != assign(X, self.centroids)).any():
            labels = assign(X, self.centroids)
            own = self.centroids
            self.centroids = np.array(
                [X[labels == j].mean(axis=0) if (labels == j).any() else own[j] for j in range(self.k)]
            )

    def predict(self, X):
        return assign(X, self.centroids)
