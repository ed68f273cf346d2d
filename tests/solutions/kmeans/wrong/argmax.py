# wrong: argmax, every point goes to the farthest centroid
import numpy as np


def kmeans(data, k, init=None):
    data = np.asarray(data, dtype=float)
    if k > data.shape[0]:
        raise ValueError("k > n")
    centers = data[:k].copy() if init is None else np.array(init, dtype=float)
    labels = None
    for _ in range(200):
        distances = np.linalg.norm(data[:, np.newaxis] - centers, axis=2)
        new_labels = np.argmax(distances, axis=1)
        if labels is not None and (labels == new_labels).all():
            break
        labels = new_labels
        for i in range(k):
            if (labels == i).any():
                centers[i] = data[labels == i].mean(axis=0)
    return centers, labels
