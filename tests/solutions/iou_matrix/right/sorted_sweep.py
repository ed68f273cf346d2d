# right: boxes of b sorted by left edge, inner loop stops early, written back in input order
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = [tuple(map(float, r)) for r in boxes_a]
    b = [tuple(map(float, r)) for r in boxes_b]
    out = np.zeros((len(a), len(b)))
    order = sorted(range(len(b)), key=lambda j: b[j][0])
    for i, (x1, y1, x2, y2) in enumerate(a):
        for j in order:
            u1, v1, u2, v2 = b[j]
            if u1 >= x2:
                break           # all later ones start further right
            if u2 <= x1 or v1 >= y2 or v2 <= y1:
                continue
            inter = (min(x2, u2) - max(x1, u1)) * (min(y2, v2) - max(y1, v1))
            if inter <= 0:
                continue
            out[i, j] = inter / ((x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - inter)
    return out
