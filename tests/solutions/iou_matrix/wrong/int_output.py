# wrong: values stored in an integer array, nearly everything becomes 0
import numpy as np


def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


def iou_matrix(boxes_a, boxes_b):
    m = np.zeros((len(boxes_a), len(boxes_b)), dtype=int)
    for i, a in enumerate(boxes_a):
        for j, b in enumerate(boxes_b):
            m[i, j] = iou(a, b)
    return m
