# right (convention: boxes are x, y, width, height)
import numpy as np


def pairwise_iou_xywh(dets, gts):
    dets = np.array(dets, dtype=float).reshape(-1, 4)
    gts = np.array(gts, dtype=float).reshape(-1, 4)
    d_area = dets[:, 2] * dets[:, 3]
    g_area = gts[:, 2] * gts[:, 3]
    # xywh -> xyxy on our own copies
    dets[:, 2:] += dets[:, :2]
    gts[:, 2:] += gts[:, :2]
    w = np.minimum(dets[:, 2][:, np.newaxis], gts[:, 2]) - np.maximum(dets[:, 0][:, np.newaxis], gts[:, 0])
    h = np.minimum(dets[:, 3][:, np.newaxis], gts[:, 3]) - np.maximum(dets[:, 1][:, np.newaxis], gts[:, 1])
    inter = np.maximum(w, 0) * np.maximum(h, 0)
    union = d_area[:, np.newaxis] + g_area - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0.0)
