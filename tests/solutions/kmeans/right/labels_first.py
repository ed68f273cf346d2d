# right (convention: returns labels, then centroids)
import numpy as np


def kmeans(X, k, init=None, seed=0):
    """
    Lloyd's algorithm.

    Returns (labels, centers).
    """
    X = np.atleast_2d(np.asarray(X, dtype=np.float64))
    if X.shape[0] < k:
        raise ValueError(f"k={k} > n={X.shape[0]}")
    rng = np.random.default_rng(seed)
    centers = X[rng.choice(X.shape[0], size=k, replace=False)] if init is None else np.array(init, dtype=np.float64)
    prev = np.full(X.shape[0], -1)
    while True:
        diff = X[:, None] - centers[None]
        labels = np.argmin(np.einsum("nkd,nkd->nk", diff, diff), axis=1)
        if not np.any(labels != prev):
            return labels, centers
        prev = labels
        centers = np.array([X[labels == c].mean(0) if (labels == c).any() else centers[c] for c in range(k)])
