# wrong: returns the suppressed boxes instead of the kept ones
import numpy as np


def nms(boxes, scores, iou_threshold):
    todo = list(np.argsort(-scores))
    kept, removed = [], []
    while todo:
        m = todo.pop(0)
        kept.append(m)
        later = []
        for t in todo:
            x = max(0, min(boxes[m, 2], boxes[t, 2]) - max(boxes[m, 0], boxes[t, 0]))
            y = max(0, min(boxes[m, 3], boxes[t, 3]) - max(boxes[m, 1], boxes[t, 1]))
            am = (boxes[m, 2] - boxes[m, 0]) * (boxes[m, 3] - boxes[m, 1])
            at = (boxes[t, 2] - boxes[t, 0]) * (boxes[t, 3] - boxes[t, 1])
            iou = x * y / max(am + at - x * y, 1e-12)
            (removed if iou > iou_threshold else later).append(t)
        todo = later
    return removed
