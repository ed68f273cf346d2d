# wrong: the second set is indexed along rows (boxes_b[:2]) instead of columns
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, float)
    b = np.asarray(boxes_b, float)
    out = np.zeros((len(a), len(b)))
    areas_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    for i in range(len(a)):
        x1 = np.maximum(a[i, 0], b[0])
        y1 = np.maximum(a[i, 1], b[1])
        x2 = np.minimum(a[i, 2], b[2])
        y2 = np.minimum(a[i, 3], b[3])
        inter = np.maximum(0, x2 - x1) * np.maximum(0, y2 - y1)
        area = (a[i, 2] - a[i, 0]) * (a[i, 3] - a[i, 1])
        out[i] = inter / (area + areas_b - inter)
    return out
