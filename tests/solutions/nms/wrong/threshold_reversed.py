# wrong: threshold the wrong way round, keeps the overlapping ones
import numpy as np


def nms(boxes, scores, iou_threshold):
    x1, y1, x2, y2 = np.split(boxes, 4, axis=1)
    x1, y1, x2, y2 = x1.ravel(), y1.ravel(), x2.ravel(), y2.ravel()
    areas = (x2 - x1) * (y2 - y1)
    order = scores.argsort()[::-1]
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(int(i))
        iw = np.clip(np.minimum(x2[i], x2[order[1:]]) - np.maximum(x1[i], x1[order[1:]]), 0, None)
        ih = np.clip(np.minimum(y2[i], y2[order[1:]]) - np.maximum(y1[i], y1[order[1:]]), 0, None)
        inter = iw * ih
        iou = inter / (areas[i] + areas[order[1:]] - inter + 1e-12)
        left = np.where(iou > iou_threshold)[0]
        order = order[left + 1]
    return keep
