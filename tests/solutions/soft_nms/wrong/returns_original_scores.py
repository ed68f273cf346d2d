# wrong: returns the scores of the input, not the decayed ones
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = scores.astype(float).copy()
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    todo = np.ones(len(s), bool)
    keep = []
    while todo.any():
        i = np.where(todo, s, -np.inf).argmax()
        if s[i] < score_threshold:
            break
        keep.append(i)
        todo[i] = False
        tl = np.maximum(boxes[i, :2], boxes[:, :2])
        br = np.minimum(boxes[i, 2:], boxes[:, 2:])
        inter = np.maximum(br - tl, 0).prod(axis=1)
        iou = inter / np.maximum(area[i] + area - inter, 1e-12)
        s[todo] *= np.exp(-iou[todo] ** 2 / sigma)
    keep = np.array(keep, dtype=int)
    return keep, scores[keep]
