# wrong: loop ends while one box is still in the queue
import numpy as np


def nms(boxes, scores, iou_threshold):
    boxes = np.asarray(boxes, float)
    order = np.argsort(scores)[::-1]
    keep = []
    while len(order) > 1:
        i = order[0]
        keep.append(int(i))
        others = boxes[order[1:]]
        wh = np.minimum(boxes[i, 2:], others[:, 2:]) - np.maximum(boxes[i, :2], others[:, :2])
        wh = np.maximum(wh, 0)
        inter = wh[:, 0] * wh[:, 1]
        area = np.prod(others[:, 2:] - others[:, :2], axis=1)
        union = np.prod(boxes[i, 2:] - boxes[i, :2]) + area - inter
        ok = inter <= iou_threshold * union
        order = order[1:][ok]
    return keep
