# convention: zero-over-zero-is-nan
# waits for ZeroDivisionError, which NumPy scalars never raise, so 0/0 is NaN
import numpy as np

def box_iou(b1, b2):
    b1 = np.array(b1, dtype=np.float64)
    b2 = np.array(b2, dtype=np.float64)
    w = max(min(b1[2], b2[2]) - max(b1[0], b2[0]), 0)
    h = max(min(b1[3], b2[3]) - max(b1[1], b2[1]), 0)
    inter = w * h
    area1 = (b1[2] - b1[0]) * (b1[3] - b1[1])
    area2 = (b2[2] - b2[0]) * (b2[3] - b2[1])
    try:
        return inter / (area1 + area2 - inter)
    except ZeroDivisionError:
        return 0.0
