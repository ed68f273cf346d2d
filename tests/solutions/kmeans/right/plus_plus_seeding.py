# right: k-means++ seeding when no centroids are given
import numpy as np
import cv2

def plus_plus(X, k, rng):
    idx = [int(rng.integers(len(X)))]
    while len(idx) < k:
        d = np.min([((X - X[i]) ** 2).sum(1) for i in idx], axis=0)
        total = d.sum()
        if total == 0:
            idx.append(int(rng.integers(len(X))))
        else:
            idx.append(int(rng.choice(len(X), p=d / total)))
    return X[idx].copy()

def kmeans(points, k, init=None, seed=None):
    X = np.asarray(points, dtype=float)
    if k > len(X):
        raise ValueError("k > n")
    C = plus_plus(X, k, np.random.default_rng(seed)) if init is None else np.array(init, dtype=float)
    labels = None
    for _ in range(100000):
        old = labels
        labels = np.argmin(((X[:, None] - C[None]) ** 2).sum(2), 1)
        if old is not None and (labels == old).all():
            break
        for j in range(k):
            if np.any(labels == j):
                C[j] = np.average(X[labels == j], axis=0)
    return C, labels

def quantise(img, k):
    C, l = kmeans(cv2.imread(img).reshape(-1, 3), k)
    return C[l].astype(np.uint8)
