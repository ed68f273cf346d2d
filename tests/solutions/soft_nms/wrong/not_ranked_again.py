# wrong: sorted once at the start, never ranked again after a pick
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, dtype=float)
    order = np.argsort(-s)
    indices, values = [], []
    for k in range(len(s)):
        i = order[k]
        if s[i] < score_threshold:
            continue
        indices.append(int(i))
        values.append(float(s[i]))
        for j in order[k + 1:]:
            w = max(0.0, min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0]))
            h = max(0.0, min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1]))
            inter = w * h
            if inter > 0:
                iou = inter / (np.prod(boxes[i, 2:] - boxes[i, :2]) + np.prod(boxes[j, 2:] - boxes[j, :2]) - inter)
                s[j] *= np.exp(-iou ** 2 / sigma)
    return indices, values
