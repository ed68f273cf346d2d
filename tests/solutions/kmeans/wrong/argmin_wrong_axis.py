# wrong: argmin over the points (axis 0) instead of the centroids
import numpy as np


def kmeans(points, k, init=None):
    X = np.asarray(points, dtype=float)
    if k > len(X):
        raise ValueError("k > n")
    C = X[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(X), -1)
    for _ in range(300):
        D = ((X[:, None, :] - C[None, :, :]) ** 2).sum(axis=2)
        new = D.argmin(axis=0)
        if np.array_equal(new, labels):
            break
        labels = new
        for j in range(k):
            m = np.flatnonzero(labels == j)
            if m.size:
                C[j] = X[m].mean(axis=0)
    return C, labels
