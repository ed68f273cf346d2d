# wrong: +1 in the intersection but not in the areas
import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    x1, y1, x2, y2 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    areas = (x2 - x1) * (y2 - y1)
    s = scores.astype(float)
    order = np.arange(len(s))
    keep, keep_s = [], []
    while order.size > 0:
        m = np.argmax(s[order])
        i = order[m]
        if s[i] < score_threshold:
            break
        keep.append(i)
        keep_s.append(s[i])
        order = np.delete(order, m)
        w = np.maximum(0.0, np.minimum(x2[i], x2[order]) - np.maximum(x1[i], x1[order]) + 1)
        h = np.maximum(0.0, np.minimum(y2[i], y2[order]) - np.maximum(y1[i], y1[order]) + 1)
        inter = w * h
        iou = inter / (areas[i] + areas[order] - inter + 1e-12)
        s[order] *= np.exp(-(iou * iou) / sigma)
    return np.array(keep, int), np.array(keep_s)
