# convention: zero-over-zero-suppresses
# 0/0 gives NaN, and NaN <= threshold drops the second of two boxes without area
import numpy as np


def nms(boxes, scores, iou_threshold):
    left, top, right, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    area = (right - left) * (bottom - top)
    order = np.argsort(-scores)
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        rest = order[1:]
        w = np.maximum(0, np.minimum(right[i], right[rest]) - np.maximum(left[i], left[rest]))
        h = np.maximum(0, np.minimum(bottom[i], bottom[rest]) - np.maximum(top[i], top[rest]))
        inter = w * h
        ovr = inter / (area[i] + area[rest] - inter)
        inds = np.where(ovr <= iou_threshold)[0]
        order = rest[inds]
    return keep
