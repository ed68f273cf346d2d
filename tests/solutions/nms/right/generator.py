# right: generator that yields the winners
import numpy as np


def _winners(boxes, scores, thr):
    left = list(np.lexsort((np.arange(len(scores)), -np.asarray(scores))))
    while left:
        w = left.pop(0)
        yield int(w)
        left = [o for o in left if _iou(boxes[w], boxes[o]) <= thr]


def _iou(p, q):
    dx = min(p[2], q[2]) - max(p[0], q[0])
    dy = min(p[3], q[3]) - max(p[1], q[1])
    if dx <= 0 or dy <= 0:
        return 0.
    cap = dx * dy
    cup = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - cap
    return cap / cup


def nms(boxes, scores, iou_threshold):
    return list(_winners(boxes, scores, iou_threshold))
