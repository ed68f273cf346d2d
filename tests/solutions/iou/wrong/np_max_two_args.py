# wrong: np.max(a, b) takes b for an axis and crashes
import numpy as np


def iou(box_a, box_b):
    x1 = np.max(box_a[0], box_b[0])
    y1 = np.max(box_a[1], box_b[1])
    x2 = np.min(box_a[2], box_b[2])
    y2 = np.min(box_a[3], box_b[3])
    inter = np.maximum(0, x2 - x1) * np.maximum(0, y2 - y1)
    union = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1]) + (box_b[2] - box_b[0]) * (box_b[3] - box_b[1]) - inter
    return inter / union if union > 0 else 0.0
