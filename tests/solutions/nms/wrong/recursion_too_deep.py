# wrong: two frames of recursion per kept box, RecursionError on 500 separate boxes
import numpy as np


def nms(boxes, scores, iou_threshold):
    return pick(boxes, np.argsort(-np.asarray(scores)), iou_threshold)


def pick(boxes, order, thr):
    if len(order) == 0:
        return []
    return [int(order[0])] + drop(boxes, order, thr)


def drop(boxes, order, thr):
    best = boxes[order[0]]
    rest = order[1:]
    wh = np.minimum(best[2:], boxes[rest, 2:]) - np.maximum(best[:2], boxes[rest, :2])
    inter = np.clip(wh, 0, None).prod(axis=1)
    union = (best[2:] - best[:2]).prod() + (boxes[rest, 2:] - boxes[rest, :2]).prod(axis=1) - inter
    return pick(boxes, rest[inter <= thr * union], thr)
