# wrong: widths and heights never clamped to 0
import numpy as np


def compute_iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, float)[:, np.newaxis, :]
    b = np.asarray(boxes_b, float)[np.newaxis, :, :]
    w = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    h = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    inter = w * h
    area_a = (a[..., 2] - a[..., 0]) * (a[..., 3] - a[..., 1])
    area_b = (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    union = area_a + area_b - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union != 0)
