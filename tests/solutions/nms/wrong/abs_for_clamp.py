# wrong: abs() in place of a clamp to 0
import numpy as np


def iou_matrix(b):
    lt = np.maximum(b[:, None, :2], b[None, :, :2])
    rb = np.minimum(b[:, None, 2:], b[None, :, 2:])
    wh = np.abs(rb - lt)
    inter = wh[..., 0] * wh[..., 1]
    a = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = a[:, None] + a[None, :] - inter
    return np.where(union != 0, inter / np.where(union != 0, union, 1), 0)


def nms(boxes, scores, iou_threshold):
    m = iou_matrix(boxes)
    alive = np.ones(len(boxes), bool)
    keep = []
    for i in np.argsort(-scores):
        if alive[i]:
            keep.append(i)
            alive[m[i] > iou_threshold] = False
    return keep
