# wrong: starts from np.ones and skips separate boxes, which stay at 1
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    res = np.ones((len(boxes_a), len(boxes_b)))
    for i, a in enumerate(boxes_a):
        for j, b in enumerate(boxes_b):
            x1, y1 = max(a[0], b[0]), max(a[1], b[1])
            x2, y2 = min(a[2], b[2]), min(a[3], b[3])
            if x1 >= x2 or y1 >= y2:
                continue
            inter = (x2 - x1) * (y2 - y1)
            res[i, j] = inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)
    return res
