# right (convention: returns a dict {index: score} in picking order)
import math


def soft_nms(boxes, scores, sigma, score_threshold):
    live = {i: float(s) for i, s in enumerate(scores)}
    picked = {}
    while live:
        i, s = max(live.items(), key=lambda kv: kv[1])
        if s < score_threshold:
            break
        picked[i] = s
        del live[i]
        live = {j: v * _decay(boxes[i], boxes[j], sigma) for j, v in live.items()}
    return picked


def _decay(a, b, sigma):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 1.0
    inter = w * h
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return math.exp(-math.pow(inter / union, 2) / sigma)
