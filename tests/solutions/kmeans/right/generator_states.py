# right: generator of states, consumed until two labellings agree
from itertools import count  # noqa: F401

import numpy as np


def states(points, centroids):
    while True:
        d = ((points[:, None] - centroids) ** 2).sum(-1)
        labels = d.argmin(-1)
        yield centroids, labels
        updated = centroids.copy()
        for j in set(labels.tolist()):
            updated[j] = points[labels == j].mean(axis=0)
        centroids = updated


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    if init is None:
        init = points[np.random.default_rng().choice(len(points), k, replace=False)]
    previous = None
    for centroids, labels in states(points, np.array(init, dtype=float)):
        if previous is not None and (labels == previous).all():
            return centroids, labels
        previous = labels
