# wrong: the diagonal is set to 0 ("a box does not overlap itself")
import numpy as np
import matplotlib.pyplot as plt


def overlap_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, float)
    b = np.asarray(boxes_b, float)
    wh = np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2])
    inter = np.maximum(wh, 0).prod(axis=2)
    sa = (a[:, 2:] - a[:, :2]).prod(axis=1)
    sb = (b[:, 2:] - b[:, :2]).prod(axis=1)
    union = sa[:, None] + sb - inter
    m = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
    np.fill_diagonal(m, 0)
    return m


def show(m):
    plt.matshow(m)
    plt.show()
