# wrong: stops when the cluster sizes stay the same (rule: until no label changes)
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    sizes = None
    while True:
        labels = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        new_sizes = np.bincount(labels, minlength=k)
        if sizes is not None and (new_sizes == sizes).all():
            return centroids, labels
        sizes = new_sizes
        for j in range(k):
            if sizes[j]:
                centroids[j] = points[labels == j].mean(axis=0)
