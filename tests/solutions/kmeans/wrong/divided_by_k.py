# wrong: the sum of a cluster is divided by k, not by its size
import numpy as np


def kmeans(points, k, init=None):
    pts = np.asarray(points, dtype=float)
    if k > len(pts):
        raise ValueError("k > n")
    cen = pts[:k].copy() if init is None else np.array(init, dtype=float)
    lab = None
    for _ in range(300):
        new = ((pts[:, None] - cen) ** 2).sum(-1).argmin(1)
        if lab is not None and (new == lab).all():
            break
        lab = new
        for j in range(k):
            if (lab == j).any():
                cen[j] = pts[lab == j].sum(axis=0) / k
    return cen, lab
