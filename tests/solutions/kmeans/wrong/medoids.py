# wrong: the centroid is replaced by the member nearest to the mean
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    for _ in range(500):
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            break
        labels = new
        for j in range(k):
            members = points[labels == j]
            if len(members):
                m = members.mean(axis=0)
                centroids[j] = members[((members - m) ** 2).sum(axis=1).argmin()]
    return centroids, labels
