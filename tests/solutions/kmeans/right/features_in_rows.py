# right (convention: points and centroids are columns, shapes (d, n) and (d, k))
import numpy as np


def kmeans(X, k, init=None):
    X = np.asarray(X, dtype=float)
    d, n = X.shape
    if k > n:
        raise ValueError("k > n")
    M = X[:, :k].copy() if init is None else np.array(init, dtype=float)
    z = -np.ones(n, dtype=int)
    while True:
        D = ((X[:, None, :] - M[:, :, None]) ** 2).sum(axis=0)      # (k, n)
        z_new = D.argmin(axis=0)
        if np.array_equal(z, z_new):
            return M, z
        z = z_new
        for j in range(k):
            if np.count_nonzero(z == j):
                M[:, j] = X[:, z == j].mean(axis=1)
