# convention: ties-to-highest-label
# <= in the search, ties go to the highest label (rule: the lowest)
import numpy as np


def closest(p, centroids):
    best, best_d = -1, float("inf")
    for j, c in enumerate(centroids):
        d = ((p - c) ** 2).sum()
        if d <= best_d:
            best, best_d = j, d
    return best


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if len(points) < k:
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    while True:
        new = np.array([closest(p, centroids) for p in points])
        if (new == labels).all():
            return centroids, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(0)
