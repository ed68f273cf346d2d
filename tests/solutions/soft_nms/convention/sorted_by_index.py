# convention: ascending-indices
# result sorted by index (rule broken: order of picking)
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    lt = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    rb = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    inter = np.clip(rb - lt, 0, None).prod(axis=2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    iou = inter / np.maximum(area[:, None] + area - inter, 1e-12)
    free = np.ones(len(s), bool)
    keep, vals = [], []
    while free.any():
        i = np.where(free, s, -1).argmax()
        if s[i] < score_threshold:
            break
        free[i] = False
        keep.append(i)
        vals.append(s[i])
        s[free] *= np.exp(-iou[i, free] ** 2 / sigma)
    keep, vals = np.array(keep, int), np.array(vals)
    order = np.argsort(keep)
    return keep[order], vals[order]
