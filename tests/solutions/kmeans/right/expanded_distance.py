# right: |x|^2 - 2 x.c + |c|^2 instead of differences (a tie may be decided by rounding on non-integer data)
import numpy as np


def pairwise_sq(X, C):
    return (X ** 2).sum(1)[:, None] - 2 * X @ C.T + (C ** 2).sum(1)[None, :]


def run_kmeans(X, k, init=None):
    X = np.asarray(X, dtype=float)
    if k > X.shape[0]:
        raise ValueError("k > n")
    C = X[np.random.choice(X.shape[0], k, replace=False)] if init is None else np.array(init, dtype=float)
    labels = np.full(X.shape[0], -1)
    while True:
        new = pairwise_sq(X, C).argmin(axis=1)
        if (new == labels).all():
            return C, labels
        labels = new
        for j in range(k):
            if (labels == j).any():
                C[j] = X[labels == j].mean(axis=0)
