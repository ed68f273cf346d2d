# wrong: returns the best IoU per box of the first set, not the matrix
import numpy as np


def match_boxes(boxes_a, boxes_b):
    a, b = np.asarray(boxes_a, float), np.asarray(boxes_b, float)
    best = np.zeros(len(a))
    for i in range(len(a)):
        for j in range(len(b)):
            w = max(0, min(a[i, 2], b[j, 2]) - max(a[i, 0], b[j, 0]))
            h = max(0, min(a[i, 3], b[j, 3]) - max(a[i, 1], b[j, 1]))
            u = np.prod(a[i, 2:] - a[i, :2]) + np.prod(b[j, 2:] - b[j, :2]) - w * h
            if u > 0:
                best[i] = max(best[i], w * h / u)
    return best
