# wrong: an empty cluster becomes NaN (rule: it keeps its centroid)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    n = points.shape[0]
    if k > n:
        raise ValueError("k > n")
    centroids = points[np.random.choice(n, k, replace=False)] if init is None else np.array(init, dtype=float)
    labels = np.full(n, -1)
    for _ in range(100):
        dist = ((points[:, None, :] - centroids[None, :, :]) ** 2).sum(axis=2)
        new = dist.argmin(axis=1)
        if (new == labels).all():
            break
        labels = new
        centroids = np.array([points[labels == j].mean(axis=0) for j in range(k)])
    return centroids, labels
