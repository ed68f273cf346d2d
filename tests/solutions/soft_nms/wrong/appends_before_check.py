# wrong: appends before the threshold test, one box too many is kept
import numpy as np


def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / u if u > 0 else 0.0


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    todo = list(range(len(s)))
    keep, vals = [], []
    while len(todo) > 0:
        i = max(todo, key=lambda k: s[k])
        keep.append(i)
        vals.append(s[i])
        if s[i] < score_threshold:
            break
        todo.remove(i)
        for j in todo:
            s[j] *= np.exp(-iou(boxes[i], boxes[j]) ** 2 / sigma)
    return keep, vals
