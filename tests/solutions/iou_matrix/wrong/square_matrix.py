# wrong: result allocated as (N, N), crash or wrong shape when M differs from N
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    n = len(boxes_a)
    ious = np.zeros((n, n))
    for i, p in enumerate(boxes_a):
        for j, q in enumerate(boxes_b):
            w = max(0, min(p[2], q[2]) - max(p[0], q[0]))
            h = max(0, min(p[3], q[3]) - max(p[1], q[1]))
            union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h
            ious[i, j] = w * h / union if union > 0 else 0
    return ious
