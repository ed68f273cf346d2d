# right: pure python lists and loops
import math


def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    inter = w * h
    return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    scores = [float(s) for s in scores]
    left = list(range(len(scores)))
    indices = []
    kept_scores = []
    while left:
        best = left[0]
        for i in left:
            if scores[i] > scores[best]:
                best = i
        if scores[best] < score_threshold:
            break
        indices.append(best)
        kept_scores.append(scores[best])
        left.remove(best)
        for i in left:
            scores[i] *= math.exp(-iou(boxes[best], boxes[i]) ** 2 / sigma)
    return indices, kept_scores
