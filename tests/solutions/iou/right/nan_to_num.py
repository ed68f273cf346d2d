# right: 0/0 becomes NaN and then 0
import numpy as np

def bbox_iou(box1, box2):
    b1_x1, b1_y1, b1_x2, b1_y2 = np.asarray(box1, dtype=float)
    b2_x1, b2_y1, b2_x2, b2_y2 = np.asarray(box2, dtype=float)
    # 交集
    w = np.maximum(np.minimum(b1_x2, b2_x2) - np.maximum(b1_x1, b2_x1), 0)
    h = np.maximum(np.minimum(b1_y2, b2_y2) - np.maximum(b1_y1, b2_y1), 0)
    inter = w * h
    # 并集
    union = (b1_x2 - b1_x1) * (b1_y2 - b1_y1) + (b2_x2 - b2_x1) * (b2_y2 - b2_y1) - inter
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(inter / union)
