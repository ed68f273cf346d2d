# wrong: at most ten rounds, whoever calls it (rule: until no label changes)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    for _ in range(10):
        labels = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        new = centroids.copy()
        for j in range(k):
            if (labels == j).any():
                new[j] = points[labels == j].mean(axis=0)
        if (new == centroids).all():
            break
        centroids = new
    return centroids, labels
