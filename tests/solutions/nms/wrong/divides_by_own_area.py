# wrong: intersection over the area of the other box, not over the union
import numpy as np


def nms(boxes, scores, iou_threshold):
    boxes = np.asarray(boxes, dtype=float)
    x1, y1, x2, y2 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    area = (x2 - x1) * (y2 - y1)
    idxs = np.argsort(scores)
    pick = []
    while len(idxs) > 0:
        last = len(idxs) - 1
        i = idxs[last]
        pick.append(i)
        w = np.maximum(0, np.minimum(x2[i], x2[idxs[:last]]) - np.maximum(x1[i], x1[idxs[:last]]))
        h = np.maximum(0, np.minimum(y2[i], y2[idxs[:last]]) - np.maximum(y1[i], y1[idxs[:last]]))
        overlap = (w * h) / np.maximum(area[idxs[:last]], 1e-12)
        idxs = idxs[:last][overlap <= iou_threshold]
    return pick
