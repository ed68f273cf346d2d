# right: keeps the sum of IoU^2 per box and applies one exponential
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    n = len(boxes)
    penalty = np.zeros(n)
    left = list(range(n))
    indices, values = [], []

    def iou(i, j):
        a, b = boxes[i], boxes[j]
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
        return w * h / u if u > 0 else 0.0

    while left:
        # 先算当前分数，再取最大
        now = {i: scores[i] * np.exp(-penalty[i] / sigma) for i in left}
        best = max(left, key=now.get)
        if now[best] < score_threshold:
            break
        indices.append(best)
        values.append(now[best])
        left.remove(best)
        for j in left:
            penalty[j] += iou(best, j) ** 2
    return np.array(indices, dtype=int), np.array(values)
