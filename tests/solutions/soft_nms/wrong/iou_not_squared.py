# wrong: exp(-IoU / sigma), the square is missing
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    left = np.arange(len(s))
    keep, vals = [], []
    while left.size:
        m = left[np.argmax(s[left])]
        if s[m] < score_threshold:
            break
        keep.append(m)
        vals.append(s[m])
        left = left[left != m]
        wh = np.clip(np.minimum(boxes[m, 2:], boxes[left, 2:]) - np.maximum(boxes[m, :2], boxes[left, :2]), 0, None)
        inter = wh[:, 0] * wh[:, 1]
        union = np.prod(boxes[m, 2:] - boxes[m, :2]) + np.prod(boxes[left, 2:] - boxes[left, :2], axis=1) - inter
        iou = inter / np.maximum(union, 1e-12)
        s[left] *= np.exp(-iou / sigma)
    return np.array(keep, int), np.array(vals)
