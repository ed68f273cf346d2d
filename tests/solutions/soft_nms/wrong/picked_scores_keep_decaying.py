# wrong: later picks go on decaying the scores of boxes already picked
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    n = len(boxes)
    s = np.array(scores, float)
    keep = []
    while len(keep) < n:
        i = max((k for k in range(n) if k not in keep), key=lambda k: s[k])
        if s[i] < score_threshold:
            break
        keep.append(i)
        for j in range(n):
            if j == i:
                continue
            w = max(0.0, min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0]))
            h = max(0.0, min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1]))
            if w == 0 or h == 0:
                continue
            u = (boxes[i, 2:] - boxes[i, :2]).prod() + (boxes[j, 2:] - boxes[j, :2]).prod() - w * h
            s[j] *= np.exp(-(w * h / u) ** 2 / sigma)
    keep = np.array(keep, dtype=int)
    return keep, s[keep]
