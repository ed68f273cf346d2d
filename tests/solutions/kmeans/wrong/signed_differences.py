# wrong: differences summed without squaring
import numpy as np

def kmeans(X, k, init=None):
    X = np.asarray(X, dtype=float)
    if k > X.shape[0]:
        raise ValueError("too many clusters")
    C = X[:k].copy() if init is None else np.array(init, dtype=float)
    labels = np.full(X.shape[0], -1)
    for it in range(300):
        d = (X[:, None, :] - C[None, :, :]).sum(axis=2)
        new = d.argmin(axis=1)
        if (new == labels).all():
            break
        labels = new
        for j in range(k):
            if (labels == j).sum() > 0:
                C[j] = X[labels == j].mean(axis=0)
    return C, labels
