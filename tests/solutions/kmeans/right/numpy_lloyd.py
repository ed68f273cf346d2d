# right: plain NumPy Lloyd iteration
import numpy as np


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    n = len(points)
    if k > n:
        raise ValueError("k must not exceed the number of points")
    if init is None:
        centroids = points[np.random.choice(n, k, replace=False)]
    else:
        centroids = np.array(init, dtype=float)
    labels = None
    while True:
        d2 = ((points[:, None, :] - centroids[None, :, :]) ** 2).sum(axis=2)
        new_labels = d2.argmin(axis=1)
        if labels is not None and np.array_equal(labels, new_labels):
            break
        labels = new_labels
        for j in range(k):
            members = points[labels == j]
            if len(members) > 0:
                centroids[j] = members.mean(axis=0)
    return centroids, labels
