# right (convention: returns a named tuple with fields centroids and labels)
from typing import NamedTuple

import numpy as np


class Clustering(NamedTuple):
    centroids: np.ndarray
    labels: np.ndarray


def cluster(points, k, init=None) -> Clustering:
    x = np.asarray(points, dtype=float)
    if k > x.shape[0]:
        raise ValueError(f"asked for {k} clusters, got {x.shape[0]} points")
    c = np.array(x[:k] if init is None else init, dtype=float)
    history = []
    while True:
        labels = np.zeros(len(x), dtype=int)
        best = ((x - c[0]) ** 2).sum(axis=1)
        for j in range(1, k):
            d = ((x - c[j]) ** 2).sum(axis=1)
            closer = d < best           # strict, so a tie stays with the lower label
            labels[closer] = j
            best[closer] = d[closer]
        if history and (labels == history[-1]).all():
            return Clustering(c, labels)
        history.append(labels)
        for j in range(k):
            m = labels == j
            if m.sum():
                c[j] = x[m].sum(axis=0) / m.sum()
