# right: recursion instead of a loop
import numpy as np


def _assign(points, centroids):
    return np.array([np.argmin([np.dot(p - c, p - c) for c in centroids]) for p in points])


def _update(points, labels, centroids):
    return np.array([
        points[labels == j].mean(axis=0) if j in labels else c
        for j, c in enumerate(centroids)
    ])


def _step(points, centroids, labels):
    new = _assign(points, centroids)
    if labels is not None and (new == labels).all():
        return centroids, labels
    return _step(points, _update(points, new, centroids), new)


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    start = points[:k].copy() if init is None else np.array(init, dtype=float)
    return _step(points, start, None)
