# convention: zero-over-zero-is-nan
# NaN on 0/0 (rule: 0/0 is 0)
import numpy as np


def jaccard(box_a, box_b):
    box_a, box_b = np.asarray(box_a, float), np.asarray(box_b, float)
    max_xy = np.minimum(box_a[:, None, 2:], box_b[None, :, 2:])
    min_xy = np.maximum(box_a[:, None, :2], box_b[None, :, :2])
    inter = np.clip(max_xy - min_xy, 0, None).prod(axis=2)
    area_a = ((box_a[:, 2] - box_a[:, 0]) * (box_a[:, 3] - box_a[:, 1]))[:, None]
    area_b = ((box_b[:, 2] - box_b[:, 0]) * (box_b[:, 3] - box_b[:, 1]))[None, :]
    return inter / (area_a + area_b - inter)
