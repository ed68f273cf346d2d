# wrong: member lists are not cleared between iterations, points pile up
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    clusters = [[] for _ in range(k)]
    labels = None
    for _ in range(200):
        new = []
        for p in points:
            j = int(np.argmin(((centroids - p) ** 2).sum(axis=1)))
            clusters[j].append(p)
            new.append(j)
        if new == labels:
            break
        labels = new
        for j in range(k):
            if clusters[j]:
                centroids[j] = np.mean(clusters[j], axis=0)
    return centroids, np.array(labels)
