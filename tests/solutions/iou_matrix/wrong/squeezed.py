# wrong: result is squeezed, (1, M) becomes (M,) and (1, 1) a scalar (rule: shape (N, M))
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, float)
    b = np.asarray(boxes_b, float)
    lt = np.maximum(a[:, None, :2], b[None, :, :2])
    rb = np.minimum(a[:, None, 2:], b[None, :, 2:])
    w, h = np.split(np.clip(rb - lt, 0, None), 2, axis=-1)
    inter = w * h
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = area_a[:, None, None] + area_b[None, :, None] - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0).squeeze()
