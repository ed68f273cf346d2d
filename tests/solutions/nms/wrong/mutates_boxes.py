# wrong: turns the caller's boxes into x, y, w, h in place (rule broken: inputs unchanged)
import numpy as np


def nms(boxes, scores, iou_threshold):
    b = boxes
    b[:, 2] -= b[:, 0]
    b[:, 3] -= b[:, 1]
    order = list(np.argsort(-scores))
    keep = []
    while order:
        i = order.pop(0)
        keep.append(i)
        nxt = []
        for j in order:
            w = min(b[i, 0] + b[i, 2], b[j, 0] + b[j, 2]) - max(b[i, 0], b[j, 0])
            h = min(b[i, 1] + b[i, 3], b[j, 1] + b[j, 3]) - max(b[i, 1], b[j, 1])
            inter = w * h if w > 0 and h > 0 else 0.0
            if inter <= iou_threshold * (b[i, 2] * b[i, 3] + b[j, 2] * b[j, 3] - inter):
                nxt.append(j)
        order = nxt
    return keep
