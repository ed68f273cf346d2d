# wrong: the picked box decays by its own IoU of 1 before its score is saved
import numpy as np


def iou_with_all(box, boxes):
    wh = np.maximum(np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2]), 0)
    inter = wh[:, 0] * wh[:, 1]
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return inter / np.maximum(np.prod(box[2:] - box[:2]) + area - inter, 1e-12)


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    free = np.ones(len(s), dtype=bool)
    keep, vals = [], []
    while free.any():
        i = int(np.where(free, s, -np.inf).argmax())
        if s[i] < score_threshold:
            break
        keep.append(i)
        iou = iou_with_all(boxes[i], boxes)
        s *= np.exp(-iou ** 2 / sigma)
        vals.append(s[i])
        free[i] = False
    return keep, vals
