# right: divide and conquer, halves glued together with concatenate
import numpy as np


def iou_matrix(a, b):
    a = np.asarray(a, float)
    b = np.asarray(b, float)
    n, m = len(a), len(b)
    if n == 0 or m == 0:
        return np.zeros((n, m))
    if n > 1:
        return np.concatenate([iou_matrix(a[: n // 2], b), iou_matrix(a[n // 2 :], b)], axis=0)
    if m > 1:
        return np.concatenate([iou_matrix(a, b[: m // 2]), iou_matrix(a, b[m // 2 :])], axis=1)
    p, q = a[0], b[0]
    w = min(p[2], q[2]) - max(p[0], q[0])
    h = min(p[3], q[3]) - max(p[1], q[1])
    if w <= 0 or h <= 0:
        return np.zeros((1, 1))
    i = w * h
    return np.array([[i / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - i)]])
