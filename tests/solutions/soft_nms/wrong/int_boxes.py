# wrong: the boxes are cast to int first
import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    b = boxes.astype(int)
    s = scores.copy()
    n = len(b)
    alive = [True] * n
    keep, vals = [], []
    while any(alive):
        best = None
        for i in range(n):
            if alive[i] and (best is None or s[i] > s[best]):
                best = i
        if s[best] < score_threshold:
            break
        alive[best] = False
        keep.append(best)
        vals.append(s[best])
        for i in range(n):
            if not alive[i]:
                continue
            w = min(b[best][2], b[i][2]) - max(b[best][0], b[i][0])
            h = min(b[best][3], b[i][3]) - max(b[best][1], b[i][1])
            if w > 0 and h > 0:
                u = np.prod(b[best][2:] - b[best][:2]) + np.prod(b[i][2:] - b[i][:2]) - w * h
                s[i] *= np.exp(-(w * h / u) ** 2 / sigma)
    return keep, vals
