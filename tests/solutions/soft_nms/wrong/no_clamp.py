# wrong: width and height of the intersection are not clamped to 0
import numpy as np


def iou(box, boxes):
    lt = np.maximum(box[:2], boxes[:, :2])
    rb = np.minimum(box[2:], boxes[:, 2:])
    wh = rb - lt
    inter = wh[:, 0] * wh[:, 1]
    union = (box[2:] - box[:2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(axis=1) - inter
    return np.where(union == 0, 0.0, inter / np.where(union == 0, 1.0, union))


def soft_nms(boxes, scores, sigma, score_threshold):
    scores = scores.copy()
    active = list(range(len(boxes)))
    keep = []
    out = []
    while active:
        k = int(np.argmax(scores[active]))
        i = active.pop(k)
        if scores[i] < score_threshold:
            break
        keep.append(i)
        out.append(scores[i])
        if active:
            scores[active] *= np.exp(-iou(boxes[i], boxes[active]) ** 2 / sigma)
    return keep, out
