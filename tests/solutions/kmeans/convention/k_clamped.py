# convention: k-not-checked
# k > n is quietly reduced to n (rule: ValueError)
import numpy as np

def kmeans(X, k, init=None):
    X = np.asarray(X, float)
    k = min(k, len(X))
    C = np.array(init, float)[:k] if init is not None else X[:k].copy()
    L = None
    while True:
        N = ((X[:, None, :] - C[None, :, :]) ** 2).sum(2).argmin(1)
        if L is not None and (N == L).all():
            break
        L = N
        for j in range(k):
            if (L == j).any():
                C[j] = X[L == j].mean(0)
    return C, L
