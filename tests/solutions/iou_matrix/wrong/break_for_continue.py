# wrong: break instead of continue at the first separate pair of a row
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    res = np.zeros((len(boxes_a), len(boxes_b)))
    for i in range(len(boxes_a)):
        a = boxes_a[i]
        for j in range(len(boxes_b)):
            b = boxes_b[j]
            w = min(a[2], b[2]) - max(a[0], b[0])
            h = min(a[3], b[3]) - max(a[1], b[1])
            if w <= 0 or h <= 0:
                break
            res[i][j] = w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)
    return res
