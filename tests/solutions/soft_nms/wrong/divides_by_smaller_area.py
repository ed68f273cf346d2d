# wrong: intersection over the smaller area, not over the union
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = scores.copy()
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    rest = np.arange(len(s))
    keep, vals = [], []
    while len(rest):
        p = int(s[rest].argmax())
        i = rest[p]
        if s[i] < score_threshold:
            break
        keep.append(i)
        vals.append(s[i])
        rest = np.delete(rest, p)
        size = np.maximum(np.minimum(boxes[i, 2:], boxes[rest, 2:]) - np.maximum(boxes[i, :2], boxes[rest, :2]), 0)
        inter = size[:, 0] * size[:, 1]
        ov = inter / np.maximum(np.minimum(area[i], area[rest]), 1e-12)
        s[rest] = s[rest] * np.exp(-ov ** 2 / sigma)
    return np.array(keep, dtype=int), np.array(vals)
