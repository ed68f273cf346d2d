# wrong: exp(-IoU^2 / (2 sigma^2)) as in a normal density (rule broken: exp(-IoU^2 / sigma))
import math


def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / u if u > 0 else 0.0


def gaussian(v, sigma):
    return math.exp(-v ** 2 / (2 * sigma ** 2))


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    scores = [float(s) for s in scores]
    left = list(range(len(scores)))
    out = []
    while left:
        best = max(left, key=lambda i: scores[i])
        if scores[best] < score_threshold:
            break
        out.append((best, scores[best]))
        left.remove(best)
        for i in left:
            scores[i] *= gaussian(iou(boxes[best], boxes[i]), sigma)
    return [o[0] for o in out], [o[1] for o in out]
