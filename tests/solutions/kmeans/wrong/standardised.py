# wrong: points are standardised first, centroids come back in the wrong units
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    mu, sd = points.mean(axis=0), points.std(axis=0) + 1e-9
    X = (points - mu) / sd
    centroids = X[:k].copy() if init is None else (np.array(init, dtype=float) - mu) / sd
    labels = np.full(len(X), -1)
    while True:
        new = ((X[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            return centroids, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = X[labels == j].mean(axis=0)
