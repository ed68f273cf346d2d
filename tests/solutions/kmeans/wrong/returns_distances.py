# wrong: returns the distance to the nearest centroid instead of the label
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    while True:
        dist = ((points[:, None] - centroids) ** 2).sum(-1)
        new = dist.argmin(1)
        if (new == labels).all():
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, dist.min(axis=1)
