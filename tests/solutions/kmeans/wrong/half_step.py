# wrong: centroids move only half of the way to the mean
import numpy as np


def kmeans(points, k, init=None, lr=0.5):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = None
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if labels is not None and (new == labels).all():
            return centroids, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] += lr * (points[labels == j].mean(axis=0) - centroids[j])
