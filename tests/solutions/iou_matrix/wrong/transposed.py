# wrong: result is (M, N), transposed
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, float)
    b = np.asarray(boxes_b, float)
    lt = np.maximum(b[:, None, :2], a[None, :, :2])
    rb = np.minimum(b[:, None, 2:], a[None, :, 2:])
    wh = np.clip(rb - lt, 0, None)
    inter = wh[..., 0] * wh[..., 1]
    union = np.prod(b[:, 2:] - b[:, :2], 1)[:, None] + np.prod(a[:, 2:] - a[:, :2], 1)[None] - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
