import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    scores, left, picked, kept = np.array(scores, dtype=float), list(range(len(boxes))), [], []
    while left:
        best = max(left, key=lambda i: scores[i])
        if scores[best] < score_threshold:
            break
        left.remove(best)
        picked.append(best)
        kept.append(float(scores[best]))
        for i in left:
            scores[i] *= np.exp(-overlap(boxes[best], boxes[i]) / sigma)
    return picked, kept


def overlap(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    inter = max(0.0, w) * max(0.0, h)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union if union > 0 else 0.0
