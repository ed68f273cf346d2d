# wrong: an empty cluster is removed, fewer than k centroids come back (rule: it keeps its centroid)
import numpy as np


def kmeans(points, k, init=None):
    pts = np.asarray(points, dtype=float)
    if len(pts) < k:
        raise ValueError("k > n")
    cents = list(pts[:k]) if init is None else [np.array(c, dtype=float) for c in init]
    labels = None
    while True:
        new = [int(np.argmin([((p - c) ** 2).sum() for c in cents])) for p in pts]
        if new == labels:
            break
        labels = new
        groups = [[p for p, l in zip(pts, labels) if l == j] for j in range(len(cents))]
        cents = [np.mean(g, axis=0) for g in groups if g]
    return np.array(cents), np.array(labels)
