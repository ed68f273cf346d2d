# right (convention: class with fit and predict, n_clusters and init in the constructor)
import numpy as np
import matplotlib.pyplot as plt


class KMeans:
    def __init__(self, n_clusters=8, init=None, random_state=None):
        self.n_clusters = n_clusters
        self.init = init
        self.random_state = random_state

    def _distances(self, X):
        return np.stack([((X - c) ** 2).sum(axis=1) for c in self.cluster_centers_], axis=1)

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        if self.n_clusters > X.shape[0]:
            raise ValueError("n_samples=%d should be >= n_clusters=%d" % (X.shape[0], self.n_clusters))
        if self.init is None:
            rng = np.random.default_rng(self.random_state)
            self.cluster_centers_ = X[rng.permutation(len(X))[: self.n_clusters]].copy()
        else:
            self.cluster_centers_ = np.array(self.init, dtype=float)
        self.labels_ = np.full(len(X), -1)
        self.n_iter_ = 0
        while True:
            labels = self.predict(X)
            if (labels == self.labels_).all():
                return self
            self.labels_ = labels
            self.n_iter_ += 1
            for j in np.unique(labels):
                self.cluster_centers_[j] = X[labels == j].mean(axis=0)

    def predict(self, X):
        return self._distances(np.asarray(X, dtype=float)).argmin(axis=1)

    def fit_predict(self, X):
        return self.fit(X).labels_

    def plot(self, X):
        plt.scatter(X[:, 0], X[:, 1], c=self.labels_)
        plt.plot(*self.cluster_centers_.T, "kx")
        plt.show()
