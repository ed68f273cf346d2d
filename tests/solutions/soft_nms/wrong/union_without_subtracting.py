# wrong: union is the plain sum of the areas
from math import exp

def area(b):
    return (b[2] - b[0]) * (b[3] - b[1])

def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    inter = w * h
    return inter / (area(a) + area(b))

def soft_nms(boxes, scores, sigma, score_threshold):
    def go(pool, acc):
        if not pool:
            return acc
        i = max(pool, key=pool.get)
        if pool[i] < score_threshold:
            return acc
        nxt = {j: s * exp(-iou(boxes[i], boxes[j]) ** 2 / sigma) for j, s in pool.items() if j != i}
        return go(nxt, acc + [(i, pool[i])])
    picked = go({i: float(s) for i, s in enumerate(scores)}, [])
    return [p[0] for p in picked], [p[1] for p in picked]
