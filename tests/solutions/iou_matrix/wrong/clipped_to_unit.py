# wrong: sides of the overlap clipped to [0, 1] instead of [0, inf)
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    boxes_a, boxes_b = np.asarray(boxes_a, float), np.asarray(boxes_b, float)
    tl = np.maximum(boxes_a[:, None, :2], boxes_b[None, :, :2])
    br = np.minimum(boxes_a[:, None, 2:], boxes_b[None, :, 2:])
    wh = np.clip(br - tl, 0, 1)
    inter = wh[..., 0] * wh[..., 1]
    area_a = np.prod(boxes_a[:, 2:] - boxes_a[:, :2], axis=1)
    area_b = np.prod(boxes_b[:, 2:] - boxes_b[:, :2], axis=1)
    union = area_a[:, None] + area_b - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
