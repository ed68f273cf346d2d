# wrong: x2 where y2 is meant in the height of the intersection
import numpy as np

def iou(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[2]) - max(a[1], b[1]))
    inter = w * h
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union if union > 0 else 0.0

def soft_nms(boxes, scores, sigma, score_threshold):
    s = list(map(float, scores))
    left = set(range(len(s)))
    keep, vals = [], []
    while left:
        i = max(left, key=lambda k: s[k])
        if s[i] < score_threshold:
            break
        left -= {i}
        keep.append(i)
        vals.append(s[i])
        for j in left:
            s[j] *= np.exp(-iou(boxes[i], boxes[j]) ** 2 / sigma)
    return np.array(keep, int), np.array(vals)
