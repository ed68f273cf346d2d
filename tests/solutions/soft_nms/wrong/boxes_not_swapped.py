# wrong: scores and indices are swapped to the front, the boxes are not
import math


def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / u if u > 0 else 0.0


def soft_nms(boxes, scores, sigma, score_threshold):
    b = [list(map(float, r)) for r in boxes]
    s = [float(v) for v in scores]
    ids = list(range(len(s)))
    count = 0
    for i in range(len(s)):
        m = max(range(i, len(s)), key=lambda k: s[k])
        s[i], s[m] = s[m], s[i]
        ids[i], ids[m] = ids[m], ids[i]
        if s[i] < score_threshold:
            break
        count += 1
        for j in range(i + 1, len(s)):
            s[j] *= math.exp(-iou(b[i], b[j]) ** 2 / sigma)
    return ids[:count], s[:count]
