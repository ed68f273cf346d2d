# wrong: min and max exchanged, this is the enclosing box
import numpy as np

def iou(a, b):
    a, b = np.array(a, float), np.array(b, float)
    tl = np.minimum(a[:2], b[:2])
    br = np.maximum(a[2:], b[2:])
    wh = np.clip(br - tl, 0, None)
    inter = wh[0] * wh[1]
    union = np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - inter
    if union == 0:
        return 0.0
    return inter / union
