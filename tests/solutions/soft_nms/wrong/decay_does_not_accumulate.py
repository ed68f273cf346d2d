# wrong: every decay starts from the original score, only the last pick counts
import numpy as np


def box_iou(a, b):
    iw = np.clip(np.minimum(a[2], b[:, 2]) - np.maximum(a[0], b[:, 0]), 0, None)
    ih = np.clip(np.minimum(a[3], b[:, 3]) - np.maximum(a[1], b[:, 1]), 0, None)
    inter = iw * ih
    ua = (a[2] - a[0]) * (a[3] - a[1]) + (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) - inter
    return inter / np.maximum(ua, 1e-12)


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    rest = np.arange(len(s))
    keep, kept = [], []
    while rest.size > 0:
        p = s[rest].argmax()
        i = rest[p]
        if s[i] < score_threshold:
            break
        keep.append(i)
        kept.append(s[i])
        rest = np.delete(rest, p)
        s[rest] = scores[rest] * np.exp(-box_iou(boxes[i], boxes[rest]) ** 2 / sigma)
    return np.array(keep, int), np.array(kept)
