# wrong: stops as soon as one label stays the same (any instead of all)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).any():
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
