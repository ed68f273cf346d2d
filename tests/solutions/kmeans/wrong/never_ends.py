# wrong: the flag is never set back to False, so the loop never ends
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    changed = True
    while changed:
        for i, p in enumerate(points):
            j = ((centroids - p) ** 2).sum(axis=1).argmin()
            if labels[i] != j:
                labels[i] = j
                changed = True
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
