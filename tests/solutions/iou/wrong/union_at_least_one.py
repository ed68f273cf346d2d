# wrong: union clamped to at least 1, wrong for normalised coordinates
import numpy as np

def box_iou_single(box1, box2):
    box1 = np.asarray(box1, float)
    box2 = np.asarray(box2, float)
    lt = np.maximum(box1[:2], box2[:2])
    rb = np.minimum(box1[2:], box2[2:])
    wh = np.maximum(rb - lt, 0)
    inter = wh[0] * wh[1]
    area1 = (box1[2] - box1[0]) * (box1[3] - box1[1])
    area2 = (box2[2] - box2[0]) * (box2[3] - box2[1])
    return inter / max(area1 + area2 - inter, 1)    # avoid division by zero
