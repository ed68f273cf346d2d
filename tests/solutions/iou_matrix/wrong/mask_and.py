# wrong: pairs are zeroed only when they are apart on both axes
import numpy as np

def iou_matrix(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    w = np.minimum(a[:, None, 2], b[None, :, 2]) - np.maximum(a[:, None, 0], b[None, :, 0])
    h = np.minimum(a[:, None, 3], b[None, :, 3]) - np.maximum(a[:, None, 1], b[None, :, 1])
    inter = w * h
    inter[(w <= 0) & (h <= 0)] = 0
    sa = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    sb = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = sa[:, None] + sb[None, :] - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0.0)
