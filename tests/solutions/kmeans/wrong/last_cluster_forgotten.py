# wrong: range(k - 1), the last centroid is never updated
import numpy as np

def kmeans(X, k, init=None):
    X = np.asarray(X, dtype=float)
    if k > len(X):
        raise ValueError("k > n")
    mu = X[:k].copy() if init is None else np.array(init, dtype=float)
    z = None
    while True:
        z_new = ((X[:, None] - mu) ** 2).sum(-1).argmin(1)
        if z is not None and (z_new == z).all():
            return mu, z
        z = z_new
        for j in range(k - 1):
            if (z == j).any():
                mu[j] = X[z == j].mean(axis=0)
