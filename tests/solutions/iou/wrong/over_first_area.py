# wrong: divided by the area of the first box only
import numpy as np


def iou(pred, gt):
    pred = np.asarray(pred, dtype=float)
    gt = np.asarray(gt, dtype=float)
    lt = np.maximum(pred[:2], gt[:2])
    rb = np.minimum(pred[2:], gt[2:])
    w, h = np.clip(rb - lt, 0, None)
    area = (pred[2] - pred[0]) * (pred[3] - pred[1])
    if area == 0:
        return 0.0
    return float(w * h / area)
