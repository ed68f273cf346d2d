# right: epsilon of 1e-12 in the denominator, too small to be seen
import numpy as np
import matplotlib.pyplot as plt

EPS = 1e-12


def get_iou(bb1, bb2):
    """
    Calculate the Intersection over Union (IoU) of two bounding boxes.

    Parameters
    ----------
    bb1, bb2 : sequences of 4 floats, x1 y1 x2 y2

    Returns
    -------
    float in [0, 1]
    """
    ixmin = np.maximum(bb1[0], bb2[0])
    iymin = np.maximum(bb1[1], bb2[1])
    ixmax = np.minimum(bb1[2], bb2[2])
    iymax = np.minimum(bb1[3], bb2[3])
    iw = np.maximum(ixmax - ixmin, 0.)
    ih = np.maximum(iymax - iymin, 0.)
    inters = iw * ih
    uni = (bb1[2] - bb1[0]) * (bb1[3] - bb1[1]) + (bb2[2] - bb2[0]) * (bb2[3] - bb2[1]) - inters
    return inters / (uni + EPS)


def show(bb1, bb2):
    ax = plt.gca()
    for bb, col in ((bb1, "r"), (bb2, "b")):
        ax.add_patch(plt.Rectangle((bb[0], bb[1]), bb[2] - bb[0], bb[3] - bb[1], fill=False, color=col))
    plt.show()
