# wrong: linear decay 1 - IoU, sigma is not used (rule broken: Gaussian decay)
import math


def _iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


def soft_nms(boxes, scores, sigma, score_threshold):
    alive = [(float(s), i) for i, s in enumerate(scores) if s >= score_threshold]
    indices, final = [], []
    while alive:
        score, top = max(alive)
        alive.remove((score, top))
        indices.append(top)
        final.append(score)
        alive = [(s * (1 - _iou(boxes[top], boxes[i])), i) for s, i in alive]
        alive = [a for a in alive if a[0] >= score_threshold]
    return indices, final
