# wrong: the product is clamped, two negative sides make a positive overlap
import numpy as np

def iou_matrix(A, B):
    A, B = np.asarray(A, float), np.asarray(B, float)
    w = np.minimum.outer(A[:, 2], B[:, 2]) - np.maximum.outer(A[:, 0], B[:, 0])
    h = np.minimum.outer(A[:, 3], B[:, 3]) - np.maximum.outer(A[:, 1], B[:, 1])
    inter = np.maximum(w * h, 0)
    sa = (A[:, 2] - A[:, 0]) * (A[:, 3] - A[:, 1])
    sb = (B[:, 2] - B[:, 0]) * (B[:, 3] - B[:, 1])
    union = np.add.outer(sa, sb) - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0)
