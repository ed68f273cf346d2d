# wrong: return inside the outer loop, only the first row is filled
import numpy as np

def iou_matrix(boxes1, boxes2):
    out = np.zeros((len(boxes1), len(boxes2)))
    for i in range(len(boxes1)):
        for j in range(len(boxes2)):
            b1, b2 = boxes1[i], boxes2[j]
            iw = max(min(b1[2], b2[2]) - max(b1[0], b2[0]), 0)
            ih = max(min(b1[3], b2[3]) - max(b1[1], b2[1]), 0)
            u = (b1[2]-b1[0])*(b1[3]-b1[1]) + (b2[2]-b2[0])*(b2[3]-b2[1]) - iw*ih
            if u > 0:
                out[i, j] = iw * ih / u
        return out
