# wrong: turns the caller's boxes into xywh in place, so iou_matrix(b, b) and a second call are wrong (inputs must stay unchanged)
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    boxes_a = np.asarray(boxes_a, dtype=float)
    boxes_b = np.asarray(boxes_b, dtype=float)
    lt = np.maximum(boxes_a[:, None, :2], boxes_b[None, :, :2])
    rb = np.minimum(boxes_a[:, None, 2:], boxes_b[None, :, 2:])
    wh = np.clip(rb - lt, 0, None)
    inter = wh[..., 0] * wh[..., 1]
    # corners -> sizes
    boxes_a[:, 2:] -= boxes_a[:, :2]
    boxes_b[:, 2:] -= boxes_b[:, :2]
    area_a = boxes_a[:, 2] * boxes_a[:, 3]
    area_b = boxes_b[:, 2] * boxes_b[:, 3]
    union = area_a[:, None] + area_b[None, :] - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
