# wrong: "if not init" / "init or ..." crashes when init is an array
import numpy as np


def kmeans(points, k, init=None):
    points = np.array(points, dtype=float)
    if len(points) < k:
        raise ValueError("k > n")
    init = np.array(init, dtype=float) if init is not None else None
    centroids = init or points[:k].copy()
    labels = np.full(len(points), -1)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
