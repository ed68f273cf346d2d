# right: on float arrays, which the contract promises; of integers the means would be cut
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points)
    if k > len(points):
        raise ValueError("k > n")
    centroids = np.array(points[:k] if init is None else init)
    labels = np.full(len(points), -1)
    for _ in range(1000):
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    return centroids, labels
