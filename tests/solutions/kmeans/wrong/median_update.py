# wrong: median instead of mean
import numpy as np


class KMeans:
    def __init__(self, k, init=None):
        self.k = k
        self.init = init

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        if self.k > len(X):
            raise ValueError("k > n")
        self.centroids = X[: self.k].copy() if self.init is None else np.array(self.init, dtype=float)
        self.labels = None
        for _ in range(1000):
            new = self.predict(X)
            if self.labels is not None and (new == self.labels).all():
                break
            self.labels = new
            for j in range(self.k):
                if (new == j).any():
                    self.centroids[j] = np.median(X[new == j], axis=0)
        return self

    def predict(self, X):
        return ((X[:, None] - self.centroids) ** 2).sum(2).argmin(1)


def kmeans(points, k, init=None):
    m = KMeans(k, init).fit(points)
    return m.centroids, m.labels
