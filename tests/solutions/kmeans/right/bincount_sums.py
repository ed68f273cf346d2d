# right: sums with np.add.at and np.bincount, no loop over the clusters
import numpy as np


def lloyd(data, k, initial_centroids=None):
    data = np.asarray(data, float)
    n, dim = data.shape
    if n < k:
        raise ValueError("cannot make %d clusters of %d points" % (k, n))
    if initial_centroids is None:
        initial_centroids = data[np.linspace(0, n - 1, k).astype(int)]
    centroids = np.asarray(initial_centroids, float).copy()
    labels = np.zeros(n, dtype=int) - 1
    while True:
        dist = np.zeros((n, k))
        for d in range(dim):
            dist += np.subtract.outer(data[:, d], centroids[:, d]) ** 2
        new = dist.argmin(1)
        if (new == labels).all():
            break
        labels = new
        count = np.bincount(labels, minlength=k)
        total = np.zeros((k, dim))
        np.add.at(total, labels, data)
        full = count > 0
        centroids[full] = total[full] / count[full, None]
    return centroids, labels
