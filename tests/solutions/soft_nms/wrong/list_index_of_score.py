# wrong: finds the box with list.index(score), an equal score that was already picked comes again
import math


def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / u if u > 0 else 0.0


def soft_nms(boxes, scores, sigma, score_threshold):
    s = [float(v) for v in scores]
    keep, vals = [], []
    for _ in range(len(s)):
        best = max(s[i] for i in range(len(s)) if i not in keep)
        i = s.index(best)
        if best < score_threshold:
            break
        keep.append(i)
        vals.append(best)
        for j in range(len(s)):
            if j not in keep:
                s[j] *= math.exp(-iou(boxes[i], boxes[j]) ** 2 / sigma)
        if len(set(keep)) == len(s):
            break
    return keep, vals
