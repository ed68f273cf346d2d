# right: clusters gathered in a defaultdict
from collections import defaultdict

import numpy as np


def kmeans(points, k, init=None):
    pts = np.asarray(points, dtype=float)
    if len(pts) < k:
        raise ValueError("k is larger than the number of points")
    cents = [np.array(c, dtype=float) for c in (pts[:k] if init is None else init)]
    last = None
    it = 0
    while True:
        it += 1
        clusters = defaultdict(list)
        labels = []
        for p in pts:
            dists = [float(np.sum((p - c) ** 2)) for c in cents]
            j = dists.index(min(dists))
            labels.append(j)
            clusters[j].append(p)
        if labels == last:
            print("converged after", it, "iterations")
            break
        last = labels
        for j, members in clusters.items():
            cents[j] = np.mean(members, axis=0)
    return np.array(cents), np.array(labels)
