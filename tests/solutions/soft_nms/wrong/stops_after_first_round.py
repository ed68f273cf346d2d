# wrong: one round of decay from the best box, then everything is sorted and returned
import math


def iou(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / u if u > 0 else 0.0


def soft(boxes, pairs, sigma, thr):
    pairs = [p for p in pairs if p[1] >= thr]
    if not pairs:
        return []
    top = max(pairs, key=lambda p: p[1])
    rest = [(i, s * math.exp(-iou(boxes[top[0]], boxes[i]) ** 2 / sigma)) for i, s in pairs if i != top[0]]
    ranked = sorted(rest, key=lambda p: p[1], reverse=True)
    return [top] + [p for p in ranked if p[1] >= thr]


def soft_nms(boxes, scores, sigma, score_threshold):
    res = soft(boxes, [(i, float(s)) for i, s in enumerate(scores)], sigma, score_threshold)
    return [r[0] for r in res], [r[1] for r in res]
