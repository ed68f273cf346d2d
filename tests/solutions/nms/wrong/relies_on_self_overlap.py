# wrong: the picked box leaves only by its own IoU of 1, so threshold 1 or a box without area never ends
import numpy as np


def iou(box, others):
    w = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0])
    h = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    inter = w.clip(0) * h.clip(0)
    a = (box[2] - box[0]) * (box[3] - box[1])
    b = (others[:, 2] - others[:, 0]) * (others[:, 3] - others[:, 1])
    return inter / np.maximum(a + b - inter, 1e-12)


def nms(boxes, scores, iou_threshold):
    order = np.argsort(-scores)
    keep = []
    while order.size:
        i = order[0]
        keep.append(i)
        order = order[iou(boxes[i], boxes[order]) <= iou_threshold]
    return keep
