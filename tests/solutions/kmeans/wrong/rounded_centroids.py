# wrong: centroids rounded to one decimal
import numpy as np
import cv2


def kmeans(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if k > len(points):
        raise ValueError("k > n")
    centroids = points[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(len(points), -1)
    for _ in range(500):
        new = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (new == labels).all():
            break
        labels = new
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(axis=0).round(1)
    return centroids, labels
