# wrong: the overlap is written into the first box before its area is taken
import numpy as np


def iou(box_a, box_b):
    a = np.asarray(box_a, dtype=float)
    b = np.asarray(box_b, dtype=float)
    inter = a
    inter[:2] = np.maximum(a[:2], b[:2])
    inter[2:] = np.minimum(a[2:], b[2:])
    area_i = np.prod(np.clip(inter[2:] - inter[:2], 0, None))
    area_a = np.prod(np.clip(a[2:] - a[:2], 0, None))
    area_b = np.prod(b[2:] - b[:2])
    union = area_a + area_b - area_i
    return float(area_i / union) if union > 0 else 0.0
