# right (convention: returns (boxes, scores) of the survivors)
import numpy as np


def apply_nms(boxes, scores, iou_thres=0.45):
    order = np.argsort(scores)[::-1]
    boxes, scores = boxes[order], scores[order]
    kept_b, kept_s = [], []
    while len(boxes) > 0:
        kept_b.append(boxes[0])
        kept_s.append(scores[0])
        iou = box_iou(boxes[0], boxes[1:])
        m = iou <= iou_thres
        boxes, scores = boxes[1:][m], scores[1:][m]
    return np.array(kept_b).reshape(-1, 4), np.array(kept_s)


def box_iou(one, many):
    ix = np.maximum(0, np.minimum(one[2], many[:, 2]) - np.maximum(one[0], many[:, 0]))
    iy = np.maximum(0, np.minimum(one[3], many[:, 3]) - np.maximum(one[1], many[:, 1]))
    inter = ix * iy
    a = (one[2] - one[0]) * (one[3] - one[1])
    b = (many[:, 2] - many[:, 0]) * (many[:, 3] - many[:, 1])
    return inter / np.maximum(a + b - inter, 1e-12)
