# right: ten lines, check each box against the kept ones
import numpy as np

def nms(b, s, t):
    keep = []
    for i in np.argsort(-s):
        k = b[keep]
        wh = (np.minimum(b[i, 2:], k[:, 2:]) - np.maximum(b[i, :2], k[:, :2])).clip(0)
        inter = wh.prod(1)
        union = (b[i, 2:] - b[i, :2]).prod() + (k[:, 2:] - k[:, :2]).prod(1) - inter
        if not (inter / union > t).any():
            keep.append(i)
    return keep
