# right (convention: k is the number of initial centroids, kmeans(points, init))
import numpy as np


def kmeans(points, init):
    X = np.asarray(points, dtype=float)
    centroids = np.array(init, dtype=float)
    k = centroids.shape[0]
    if k > X.shape[0]:
        raise ValueError("k > n")
    assignment = None
    while True:
        dist = np.linalg.norm(X[:, None, :] - centroids, axis=2) ** 2
        new = np.argmin(dist, axis=1)
        if assignment is not None and np.all(new == assignment):
            return centroids, assignment
        assignment = new
        for j in range(k):
            mask = assignment == j
            if mask.any():
                centroids[j] = X[mask].mean(axis=0)
