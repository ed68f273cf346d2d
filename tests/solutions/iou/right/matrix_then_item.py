# right: batched code called with batches of one
import numpy as np


def pairwise_iou(a, b):
    lt = np.maximum(a[:, None, :2], b[None, :, :2])
    rb = np.minimum(a[:, None, 2:4], b[None, :, 2:4])
    inter = np.clip(rb - lt, 0, None).prod(-1)
    area_a = (a[:, 2:4] - a[:, :2]).prod(-1)
    area_b = (b[:, 2:4] - b[:, :2]).prod(-1)
    union = area_a[:, None] + area_b[None] - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)


def iou(box_a, box_b):
    box_a = np.asarray(box_a, float).reshape(1, -1)
    box_b = np.asarray(box_b, float).reshape(1, -1)
    return pairwise_iou(box_a, box_b).item()
