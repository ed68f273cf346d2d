# wrong: range(1, n), the first point is never assigned and keeps label 0
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    n = len(points)
    if k > n:
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.zeros(n, dtype=int)
    changed = True
    while changed:
        changed = False
        for i in range(1, n):
            d = ((centroids - points[i]) ** 2).sum(axis=1)
            j = int(np.argmin(d))
            if labels[i] != j:
                labels[i] = j
                changed = True
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
