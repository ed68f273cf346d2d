# wrong: bracket closed too early, the exponential is divided by sigma
import numpy as np


def overlap(a, b):
    size = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    inter = np.maximum(size, 0).prod(-1)
    return inter / np.maximum((a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - inter, 1e-12)


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    free = np.ones(s.shape, bool)
    keep, vals = [], []
    while free.any():
        i = np.where(free, s, -np.inf).argmax()
        if s[i] < score_threshold:
            break
        free[i] = False
        keep.append(int(i))
        vals.append(float(s[i]))
        ov = overlap(boxes[i], boxes[free])
        s[free] *= np.exp(-ov ** 2) / sigma
    return keep, vals
