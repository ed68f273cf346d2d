# wrong: old labels start at 0, so it stops unmoved when every first label is 0 (k = 1 always)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    n = points.shape[0]
    if k > n:
        raise ValueError("k > n")
    centroids = points[np.random.choice(n, k, replace=False)] if init is None else np.array(init, dtype=float)
    labels = np.zeros(n, dtype=int)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if np.array_equal(new, labels):
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
