# wrong: intersection over the smaller box
import numpy as np

def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, dtype=float)
    b = np.asarray(boxes_b, dtype=float)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    tl = np.maximum(a[:, np.newaxis, :2], b[:, :2])
    br = np.minimum(a[:, np.newaxis, 2:], b[:, 2:])
    inter = np.prod(br - tl, axis=2) * (tl < br).all(axis=2)
    smaller = np.minimum(area_a[:, np.newaxis], area_b)
    return np.divide(inter, smaller, out=np.zeros_like(inter), where=smaller > 0)
