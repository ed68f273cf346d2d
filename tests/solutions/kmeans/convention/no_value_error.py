# convention: k-not-checked
# k > n is accepted (rule: ValueError)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    n = len(points)
    if init is None:
        idx = np.random.choice(n, k, replace=n < k)
        centroids = points[idx]
    else:
        centroids = np.array(init, dtype=float)
    labels = np.full(n, -1)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            return centroids, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
