# right (convention: boxes are x, y, w, h): darknet-like, vectorised
import numpy as np

def nms_boxes(boxes, confidences, nms_thresh):
    x, y, w, h = boxes.T
    areas = w * h
    order = confidences.argsort()[::-1]

    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        r = order[1:]
        dx = np.minimum(x[i] + w[i], x[r] + w[r]) - np.maximum(x[i], x[r])
        dy = np.minimum(y[i] + h[i], y[r] + h[r]) - np.maximum(y[i], y[r])
        inter = np.maximum(dx, 0) * np.maximum(dy, 0)
        bad = inter > nms_thresh * (areas[i] + areas[r] - inter)
        order = r[~bad]
    return np.array(keep, dtype=np.int64)
