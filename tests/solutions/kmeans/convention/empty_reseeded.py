# convention: empty-cluster-reseeded
# an empty cluster is put on the farthest point (rule: it keeps its centroid)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = None
    for _ in range(1000):
        d = ((points[:, None] - centroids[None]) ** 2).sum(axis=2)
        new = d.argmin(axis=1)
        if labels is not None and (new == labels).all():
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
            else:
                centroids[j] = points[d.min(axis=1).argmax()]
    return centroids, labels
