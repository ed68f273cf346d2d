# wrong: Manhattan distance
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, float)
    labels = None
    for _ in range(1000):
        dist = np.abs(points[:, None, :] - centroids[None, :, :]).sum(axis=2)
        new = np.argmin(dist, axis=1)
        if labels is not None and np.all(new == labels):
            break
        labels = new
        for j in range(k):
            if np.any(labels == j):
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
