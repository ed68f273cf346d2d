# wrong: only the width is clamped, the height may be negative
import numpy as np


def iou(box_a, box_b):
    x1 = np.maximum(box_a[0], box_b[0])
    y1 = np.maximum(box_a[1], box_b[1])
    x2 = np.minimum(box_a[2], box_b[2])
    y2 = np.minimum(box_a[3], box_b[3])
    inter = np.maximum(0, x2 - x1) * (y2 - y1)
    s = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1]) + (box_b[2] - box_b[0]) * (box_b[3] - box_b[1])
    if s - inter <= 0:
        return 0.0
    return inter / (s - inter)
