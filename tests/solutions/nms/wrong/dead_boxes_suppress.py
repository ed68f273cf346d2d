# wrong: boxes already suppressed go on suppressing others
import numpy as np


def nms(boxes, scores, iou_threshold):
    n = len(boxes)
    order = np.argsort(scores)[::-1]
    b = boxes[order]
    keep = np.ones(n, dtype=bool)
    for a in range(n):
        for c in range(a + 1, n):
            w = max(0., min(b[a, 2], b[c, 2]) - max(b[a, 0], b[c, 0]))
            h = max(0., min(b[a, 3], b[c, 3]) - max(b[a, 1], b[c, 1]))
            inter = w * h
            if inter == 0:
                continue
            union = (b[a, 2:] - b[a, :2]).prod() + (b[c, 2:] - b[c, :2]).prod() - inter
            if inter / union > iou_threshold:
                keep[c] = False
    return order[keep]
