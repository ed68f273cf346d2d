# right: whole IoU matrix by broadcasting, then a loop of flags
import numpy as np

def iou_matrix(a, b):
    lt = np.maximum(a[:, None, :2], b[None, :, :2])
    rb = np.minimum(a[:, None, 2:], b[None, :, 2:])
    wh = (rb - lt).clip(min=0)
    inter = wh[..., 0] * wh[..., 1]
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    return inter / (area_a[:, None] + area_b[None, :] - inter + 1e-12)

def nms(boxes, scores, iou_threshold):
    n = boxes.shape[0]
    order = scores.argsort()[::-1]
    ious = iou_matrix(boxes[order], boxes[order])
    suppressed = np.zeros(n, dtype=bool)
    for i in range(n):
        if suppressed[i]:
            continue
        # only those that come after
        suppressed[i + 1:] |= ious[i, i + 1:] > iou_threshold
    return order[~suppressed]
