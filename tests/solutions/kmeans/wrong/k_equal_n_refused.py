# wrong: k == n is refused too (rule: only k > n is a ValueError)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k >= len(points):
        raise ValueError("k must be smaller than the number of points")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = None
    while True:
        new = np.argmin(((points[:, None] - centroids) ** 2).sum(axis=2), axis=1)
        if labels is not None and np.array_equal(new, labels):
            return centroids, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
