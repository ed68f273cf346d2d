# right (convention: boxes are cx, cy, w, h)
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, dtype=float)
    b = np.asarray(boxes_b, dtype=float)
    half_sum = (a[:, None, 2:] + b[None, :, 2:]) / 2
    dist = np.abs(a[:, None, :2] - b[None, :, :2])
    # overlap of two centred intervals, never longer than the shorter one
    side = np.minimum(half_sum - dist, np.minimum(a[:, None, 2:], b[None, :, 2:]))
    side = np.maximum(side, 0)
    inter = side.prod(axis=2)
    union = a[:, 2:].prod(axis=1)[:, None] + b[:, 2:].prod(axis=1)[None, :] - inter
    result = np.zeros(inter.shape)
    mask = union > 1e-15
    result[mask] = inter[mask] / union[mask]
    return result
