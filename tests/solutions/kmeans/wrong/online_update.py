# wrong: the centroid is moved after every single point (MacQueen), one pass
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    counts = np.zeros(k)
    labels = np.zeros(len(points), dtype=int)
    for i, p in enumerate(points):
        j = ((centroids - p) ** 2).sum(axis=1).argmin()
        labels[i] = j
        counts[j] += 1
        centroids[j] += (p - centroids[j]) / counts[j]
    return centroids, labels
