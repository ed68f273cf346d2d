# right: np.minimum.outer and np.maximum.outer per axis
import numpy as np


def _overlap(lo_a, hi_a, lo_b, hi_b):
    d = np.minimum.outer(hi_a, hi_b) - np.maximum.outer(lo_a, lo_b)
    return d * (d > 0)


def jaccard(box_a, box_b):
    ax1, ay1, ax2, ay2 = np.asarray(box_a, float).reshape(-1, 4).T
    bx1, by1, bx2, by2 = np.asarray(box_b, float).reshape(-1, 4).T
    inter = _overlap(ax1, ax2, bx1, bx2) * _overlap(ay1, ay2, by1, by2)
    union = np.add.outer((ax2 - ax1) * (ay2 - ay1), (bx2 - bx1) * (by2 - by1)) - inter
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(inter / union)
