# wrong: labels are 1..k
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.zeros(len(points), dtype=int)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1) + 1
        if (new == labels).all():
            return centroids, labels
        labels = new
        for j in range(1, k + 1):
            if (labels == j).any():
                centroids[j - 1] = points[labels == j].mean(axis=0)
