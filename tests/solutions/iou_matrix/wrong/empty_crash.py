# wrong: crashes when either set is empty (rule: the result is (N, M), here with 0)
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    rows = []
    for a in boxes_a:
        row = []
        for b in boxes_b:
            w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
            h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
            u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
            row.append(w * h / u if u > 0 else 0.0)
        rows.append(np.stack(row))
    return np.stack(rows)
