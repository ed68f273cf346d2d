# wrong: stops when the centroids move by less than 0.5 (rule: until no label changes)
import numpy as np

def kmeans(X, k, init=None, tol=0.5):
    X = np.asarray(X, dtype=float)
    n = X.shape[0]
    if k > n:
        raise ValueError("k > n")
    C = X[np.random.permutation(n)[:k]] if init is None else np.array(init, dtype=float)
    while True:
        labels = ((X[:, None] - C) ** 2).sum(2).argmin(1)
        new = np.array([X[labels == j].mean(0) if np.any(labels == j) else C[j] for j in range(k)])
        shift = np.linalg.norm(new - C)
        C = new
        if shift < tol:
            break
    return C, labels
