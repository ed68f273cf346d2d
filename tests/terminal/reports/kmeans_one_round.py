import numpy as np


def kmeans(points, k, init=None):
    if k > len(points):
        raise ValueError("more clusters than points")
    centroids = np.array(points[:k] if init is None else init, dtype=float)
    labels = ((points[:, None] - centroids[None]) ** 2).sum(axis=2).argmin(axis=1)
    for j in range(k):
        if (labels == j).any():
            centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
