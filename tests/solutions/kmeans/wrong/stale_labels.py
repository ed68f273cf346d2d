# wrong: labels are those of the first assignment, only the centroids go on
import numpy as np


def assign(points, centroids):
    return ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = assign(points, centroids)
    current, previous = labels, None
    while previous is None or (current != previous).any():
        for j in range(k):
            if (current == j).any():
                centroids[j] = points[current == j].mean(axis=0)
        previous, current = current, assign(points, centroids)
    return centroids, labels
