# wrong: only j >= i is computed and mirrored, as if both sets were the same
import numpy as np


def _iou(p, q):
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    s = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1])
    return w * h / (s - w * h) if s > 0 else 0.0


def iou_matrix(boxes_a, boxes_b):
    n, m = len(boxes_a), len(boxes_b)
    out = np.zeros((n, m))
    for i in range(n):
        for j in range(i, m):
            out[i, j] = _iou(boxes_a[i], boxes_b[j])
            if j < n and i < m:
                out[j, i] = out[i, j]
    return out
