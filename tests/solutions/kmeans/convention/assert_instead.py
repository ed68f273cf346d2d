# convention: k-not-checked
# k > n is an AssertionError (rule: ValueError)
import numpy as np
import matplotlib.pyplot as plt


def kmeans(points, k, init=None, plot=False):
    points = np.asarray(points, dtype=float)
    assert k <= len(points), "k must not be larger than n"
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    while True:
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0)
    if plot:
        plt.scatter(points[:, 0], points[:, 1], c=labels)
        plt.show()
    return centroids, labels
