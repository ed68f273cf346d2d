# wrong: both sets repeated with np.repeat, the pairs do not cover all combinations
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, float)
    b = np.asarray(boxes_b, float)
    n, m = len(a), len(b)
    p = np.repeat(a, m, axis=0)
    q = np.repeat(b, n, axis=0)
    wh = np.maximum(np.minimum(p[:, 2:], q[:, 2:]) - np.maximum(p[:, :2], q[:, :2]), 0)
    inter = wh[:, 0] * wh[:, 1]
    union = np.prod(p[:, 2:] - p[:, :2], axis=1) + np.prod(q[:, 2:] - q[:, :2], axis=1) - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0).reshape(n, m)
