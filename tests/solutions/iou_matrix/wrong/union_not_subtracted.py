# wrong: intersection not subtracted from the sum of areas
import numpy as np


def box_iou(boxes1, boxes2):
    """Pairwise IoU, (N, 4) x (M, 4) -> (N, M)."""
    boxes1 = np.asarray(boxes1, dtype=float)
    boxes2 = np.asarray(boxes2, dtype=float)
    area1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    area2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    lt = np.maximum(boxes1[:, None, :2], boxes2[:, :2])
    rb = np.minimum(boxes1[:, None, 2:], boxes2[:, 2:])
    wh = (rb - lt).clip(min=0)
    inter = wh[:, :, 0] * wh[:, :, 1]
    total = area1[:, None] + area2
    return np.divide(inter, total, out=np.zeros_like(inter), where=total > 0)
