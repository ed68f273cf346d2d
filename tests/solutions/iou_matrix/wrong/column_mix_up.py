# wrong: the width of the overlap uses column 3 of the second set (y2) for x2
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a, b = np.asarray(boxes_a, float), np.asarray(boxes_b, float)
    iw = np.minimum(a[:, 2][:, None], b[:, 3][None]) - np.maximum(a[:, 0][:, None], b[:, 0][None])
    ih = np.minimum(a[:, 3][:, None], b[:, 3][None]) - np.maximum(a[:, 1][:, None], b[:, 1][None])
    inter = np.maximum(iw, 0) * np.maximum(ih, 0)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = area_a[:, None] + area_b[None] - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0)
