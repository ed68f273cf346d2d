# wrong: break at the first empty cluster, later clusters are not updated
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if np.array_equal(new, labels):
            return centroids, labels
        labels = new
        for j in range(k):
            members = points[labels == j]
            if len(members) == 0:
                break
            centroids[j] = members.mean(axis=0)
