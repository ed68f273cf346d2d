# wrong: the scores are never used, boxes are taken in input order
import numpy as np

def nms(boxes, scores, iou_threshold):
    n = len(boxes)
    keep = []
    for i in range(n):
        x1, y1, x2, y2 = boxes[i]
        good = True
        for k in keep:
            u1, v1, u2, v2 = boxes[k]
            iw = max(0., min(x2, u2) - max(x1, u1))
            ih = max(0., min(y2, v2) - max(y1, v1))
            inter = iw * ih
            union = (x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - inter
            if union > 0 and inter / union > iou_threshold:
                good = False
        if good:
            keep.append(i)
    return np.array(keep, dtype=int)
