# convention: zero-over-zero-is-nan
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    left = np.arange(len(s))
    keep, vals = [], []
    while left.size > 0:
        k = np.argmax(s[left])
        i = left[k]
        if s[i] < score_threshold:
            break
        keep.append(i)
        vals.append(s[i])
        left = np.delete(left, k)
        w = np.maximum(0.0, np.minimum(boxes[i, 2], boxes[left, 2]) - np.maximum(boxes[i, 0], boxes[left, 0]))
        h = np.maximum(0.0, np.minimum(boxes[i, 3], boxes[left, 3]) - np.maximum(boxes[i, 1], boxes[left, 1]))
        inter = w * h
        iou = inter / (area[i] + area[left] - inter)
        s[left] *= np.exp(-iou ** 2 / sigma)
    return np.array(keep, dtype=int), np.array(vals)
