# wrong: +1 in the intersection but not in the areas
import numpy as np


def bbox_overlaps(boxes, query_boxes):
    n, k = len(boxes), len(query_boxes)
    overlaps = np.zeros((n, k))
    for j in range(k):
        qx1, qy1, qx2, qy2 = query_boxes[j]
        q_area = (qx2 - qx1) * (qy2 - qy1)
        for i in range(n):
            bx1, by1, bx2, by2 = boxes[i]
            iw = min(bx2, qx2) - max(bx1, qx1) + 1
            ih = min(by2, qy2) - max(by1, qy1) + 1
            if iw > 0 and ih > 0:
                ua = (bx2 - bx1) * (by2 - by1) + q_area - iw * ih
                overlaps[i, j] = iw * ih / ua if ua else 0.0
    return overlaps
