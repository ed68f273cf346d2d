# wrong: ^ for **, TypeError on floats
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = scores.copy()
    left = np.arange(len(s))
    keep, vals = [], []
    while len(left) > 0:
        i = left[s[left].argmax()]
        if s[i] < score_threshold:
            break
        keep.append(i)
        vals.append(s[i])
        left = left[left != i]
        for j in left:
            w = max(0, min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0]))
            h = max(0, min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1]))
            inter = w * h
            union = np.prod(boxes[i, 2:] - boxes[i, :2]) + np.prod(boxes[j, 2:] - boxes[j, :2]) - inter
            iou = inter / union if union > 0 else 0.0
            s[j] = s[j] * np.exp(-(iou^2) / sigma)
    return keep, vals
