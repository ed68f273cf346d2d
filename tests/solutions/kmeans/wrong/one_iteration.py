# wrong: stops after one iteration
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
    for j in range(k):
        if (labels == j).any():
            centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
