# wrong: union clamped to at least 1, wrong for normalised coordinates
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, dtype=float)
    b = np.asarray(boxes_b, dtype=float)
    out = np.zeros((a.shape[0], b.shape[0]))
    for i, box in enumerate(a):
        xy1 = np.maximum(box[:2], b[:, :2])
        xy2 = np.minimum(box[2:], b[:, 2:])
        inter = np.prod(np.clip(xy2 - xy1, 0, None), axis=1)
        union = (box[2] - box[0]) * (box[3] - box[1]) + np.prod(b[:, 2:] - b[:, :2], axis=1) - inter
        out[i] = inter / np.maximum(union, 1)
    return out
