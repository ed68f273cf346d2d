# wrong: calls .remove on a numpy array, AttributeError
import numpy as np


def nms(boxes, scores, iou_threshold):
    order = np.argsort(scores)[::-1]
    keep = []
    while len(order) > 0:
        best = order[0]
        keep.append(best)
        order.remove(best)
        for k in order[:]:
            w = max(0.0, min(boxes[best, 2], boxes[k, 2]) - max(boxes[best, 0], boxes[k, 0]))
            h = max(0.0, min(boxes[best, 3], boxes[k, 3]) - max(boxes[best, 1], boxes[k, 1]))
            u = np.prod(boxes[best, 2:] - boxes[best, :2]) + np.prod(boxes[k, 2:] - boxes[k, :2]) - w * h
            if w * h > iou_threshold * u:
                order.remove(k)
    return keep
