# wrong: the helper already returns IoU squared and it is squared again
import math


def iou_squared(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    inter = w * h
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return (inter / union) ** 2


def soft_nms(boxes, scores, sigma, score_threshold):
    left = [(i, float(s)) for i, s in enumerate(scores)]
    keep = []
    while left:
        left = sorted(left, key=lambda t: -t[1])
        best, left = left[0], left[1:]
        if best[1] < score_threshold:
            break
        keep.append(best)
        faded = []
        for i, s in left:
            v = iou_squared(boxes[best[0]], boxes[i])
            weight = math.exp(-(v ** 2) / sigma)
            faded.append((i, s * weight))
        left = faded
    return [k[0] for k in keep], [k[1] for k in keep]
