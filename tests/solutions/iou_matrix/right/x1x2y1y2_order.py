# right (convention: boxes are x1, x2, y1, y2)
import numpy as np

def iou_matrix(p, q):
    p, q = np.atleast_2d(np.asarray(p, float)), np.atleast_2d(np.asarray(q, float))
    side = lambda k: np.maximum(np.minimum(p[:, None, k + 1], q[None, :, k + 1]) - np.maximum(p[:, None, k], q[None, :, k]), 0)
    inter = side(0) * side(2)
    size = lambda r: (r[:, 1] - r[:, 0]) * (r[:, 3] - r[:, 2])
    union = size(p)[:, None] + size(q) - inter
    return np.where(union == 0, 0.0, inter / np.where(union == 0, 1.0, union))
