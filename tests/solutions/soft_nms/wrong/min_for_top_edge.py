# wrong: min instead of max for the top edge
import math


def get_iou(a, b):
    left = max(a[0], b[0])
    top = min(a[1], b[1])
    right = min(a[2], b[2])
    bottom = min(a[3], b[3])
    if right < left or bottom < top:
        return 0.0
    inter = (right - left) * (bottom - top)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union if union != 0 else 0.0


def soft_nms(boxes, scores, sigma, score_threshold):
    d = {i: float(s) for i, s in enumerate(scores)}
    result = {}
    while d:
        best = max(d, key=d.get)
        if d[best] < score_threshold:
            break
        result[best] = d.pop(best)
        for k in d:
            d[k] *= math.exp(-get_iou(boxes[best], boxes[k]) ** 2 / sigma)
    return list(result), list(result.values())
