# wrong: the given initial centroids are ignored (rule: they are given)
import numpy as np


def kmeans(points, k, init=None, seed=42):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    rng = np.random.default_rng(seed)
    centroids = points[rng.choice(len(points), k, replace=False)].copy()
    labels = np.full(len(points), -1)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            return centroids, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
