# right: stops when the centroids no longer move at all
import numpy as np


def k_means_clustering(points, k, init=None):
    points = np.asarray(points, dtype=float)
    if points.shape[0] < k:
        raise ValueError("Not enough points for %d clusters" % k)
    if init is None:
        init = points[np.random.choice(points.shape[0], k, replace=False), :]
    centroids = np.array(init, dtype=float)
    old_centroids = np.full_like(centroids, np.nan)
    while not np.array_equal(old_centroids, centroids):
        old_centroids = centroids.copy()
        # 分配
        labels = np.argmin(np.sum((points[:, None, :] - centroids) ** 2, axis=2), axis=1)
        # 更新
        for j in range(k):
            if np.sum(labels == j) > 0:
                centroids[j, :] = np.mean(points[labels == j, :], axis=0)
    return centroids, labels
