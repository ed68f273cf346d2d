import numpy as np


def iou_matrix(boxes_a, boxes_b):
    low = np.maximum(boxes_a[:, None, :2], boxes_b[None, :, :2])
    high = np.minimum(boxes_a[:, None, 2:], boxes_b[None, :, 2:])
    inter = np.prod(np.clip(high - low, 0, None), axis=2)
    area_a = np.prod(boxes_a[:, 2:] - boxes_a[:, :2], axis=1)
    union = 2 * area_a[:, None] - inter
    return np.where(union > 0, inter / np.where(union == 0, 1, union), 0.0)
