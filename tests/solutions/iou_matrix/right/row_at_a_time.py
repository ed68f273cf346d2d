# right: loop over the first set, vectorised over the second
import numpy as np
import matplotlib.pyplot as plt


def bbox_ious(boxes_a, boxes_b):
    """IoU of every box of boxes_a (rows) with every box of boxes_b (columns)."""
    boxes_a = np.asarray(boxes_a, dtype=np.float64)
    boxes_b = np.asarray(boxes_b, dtype=np.float64)
    out = np.zeros((len(boxes_a), len(boxes_b)))
    if out.size == 0:
        return out
    bx1, by1, bx2, by2 = boxes_b.T
    b_areas = (bx2 - bx1) * (by2 - by1)
    for i, (x1, y1, x2, y2) in enumerate(boxes_a):
        iw = np.minimum(bx2, x2) - np.maximum(bx1, x1)
        ih = np.minimum(by2, y2) - np.maximum(by1, y1)
        hit = (iw > 0) & (ih > 0)
        inter = iw[hit] * ih[hit]
        out[i, hit] = inter / ((x2 - x1) * (y2 - y1) + b_areas[hit] - inter)
    return out


def plot(matrix):
    plt.imshow(matrix, vmin=0, vmax=1)
    plt.colorbar()
    plt.show()
