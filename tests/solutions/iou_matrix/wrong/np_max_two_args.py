# wrong: np.max and np.min with two arrays, crashes
import numpy as np

def iou_matrix(a, b):
    a = np.asarray(a, float); b = np.asarray(b, float)
    x1 = np.max(a[:, None, 0], b[None, :, 0])
    y1 = np.max(a[:, None, 1], b[None, :, 1])
    x2 = np.min(a[:, None, 2], b[None, :, 2])
    y2 = np.min(a[:, None, 3], b[None, :, 3])
    inter = (x2 - x1).clip(0) * (y2 - y1).clip(0)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = area_a[:, None] + area_b - inter
    return np.where(union > 0, inter / union, 0)
