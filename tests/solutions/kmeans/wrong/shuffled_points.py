# wrong: works on shuffled points, labels come back in the shuffled order
import numpy as np


def kmeans(points, k, init=None):
    points = np.array(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    rng = np.random.default_rng(7)
    rng.shuffle(points)
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            return centroids, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
