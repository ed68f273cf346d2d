# right (convention: boxes are cx, cy, w, h as in YOLO)
import numpy as np


def to_corners(box):
    cx, cy, w, h = (float(v) for v in box)
    return cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2


def box_iou(box1, box2):
    """IoU of two YOLO boxes (centre, size)."""
    ax1, ay1, ax2, ay2 = to_corners(box1)
    bx1, by1, bx2, by2 = to_corners(box2)
    iw = np.clip(min(ax2, bx2) - max(ax1, bx1), 0, None)
    ih = np.clip(min(ay2, by2) - max(ay1, by1), 0, None)
    inter = iw * ih
    union = box1[2] * box1[3] + box2[2] * box2[3] - inter
    return float(inter / union) if union > 0 else 0.0
