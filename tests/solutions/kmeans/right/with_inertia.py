# right (convention: returns centroids, labels, inertia)
from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def kmeans(
    points: ArrayLike, k: int, init: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.intp], float]:
    """Cluster `points` into `k` groups with Lloyd's algorithm."""
    x = np.asarray(points, dtype=np.float64)
    if not 0 < k <= len(x):
        raise ValueError("k must be between 1 and the number of points")
    centroids = x[:k].copy() if init is None else np.array(init, dtype=np.float64)

    def distances() -> NDArray[np.float64]:
        delta = x[:, np.newaxis, :] - centroids[np.newaxis, :, :]
        return np.square(delta).sum(axis=2)

    labels = distances().argmin(axis=1)
    while True:
        for j in range(k):
            chosen = x[labels == j]
            if chosen.size:
                centroids[j] = chosen.mean(axis=0)
        dist = distances()
        new = dist.argmin(axis=1)
        if (new == labels).all():
            break
        labels = new
    inertia = float(dist[np.arange(len(x)), labels].sum())
    return centroids, labels, inertia
