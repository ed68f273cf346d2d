# wrong: an empty cluster is moved to the origin (rule: it keeps its centroid)
import numpy as np

def kmeans(X, k, init=None):
    X = np.asarray(X, float)
    if k > len(X):
        raise ValueError
    C = X[:k].copy() if init is None else np.array(init, float)
    z = None
    while True:
        new = np.argmin(((X[:, None] - C) ** 2).sum(2), axis=1)
        if z is not None and (new == z).all():
            return C, z
        z = new
        sums = np.zeros_like(C)
        counts = np.zeros(k)
        for x, j in zip(X, z):
            sums[j] += x
            counts[j] += 1
        C = sums / np.maximum(counts, 1)[:, None]
