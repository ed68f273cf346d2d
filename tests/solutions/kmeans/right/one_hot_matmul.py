# right: one-hot membership matrix and a matrix product
import numpy as np

def kmeans(P, k, init=None):
    P = np.array(P, dtype=float)
    if k > P.shape[0]:
        raise ValueError("k > n")
    C = P[np.random.permutation(P.shape[0])[:k]] if init is None else np.array(init, dtype=float)
    old = np.empty((0, 0))
    while True:
        D = np.sum((P[:, np.newaxis] - C) ** 2, axis=-1)
        lab = np.argmin(D, axis=1)
        Z = np.eye(k)[lab]            # (n, k)
        if Z.shape == old.shape and (Z == old).all():
            break
        old = Z
        cnt = Z.sum(axis=0)
        means = (Z.T @ P) / np.maximum(cnt, 1)[:, None]
        C = np.where(cnt[:, None] > 0, means, C)
    return C, lab
