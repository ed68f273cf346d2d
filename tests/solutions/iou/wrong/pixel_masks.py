# wrong: drawn on a pixel grid and counted, fractions of a pixel are lost
import numpy as np


def mask_of(box, size):
    m = np.zeros((size, size), dtype=bool)
    x1, y1, x2, y2 = [int(round(v)) for v in box]
    m[y1:y2, x1:x2] = True
    return m


def iou(box_a, box_b):
    size = int(max(max(box_a), max(box_b))) + 2
    a = mask_of(box_a, size)
    b = mask_of(box_b, size)
    union = np.logical_or(a, b).sum()
    if union == 0:
        return 0.0
    return np.logical_and(a, b).sum() / union
