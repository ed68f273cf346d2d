# wrong: coordinates converted to integers on the way in
import numpy as np

def iou_matrix(boxes_a, boxes_b):
    a = np.array(boxes_a).astype(np.int32)
    b = np.array(boxes_b).astype(np.int32)
    tl = np.maximum(a[:, None, :2], b[None, :, :2])
    br = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = np.prod(np.clip(br - tl, 0, None), axis=-1)
    union = np.prod(a[:, 2:] - a[:, :2], axis=-1)[:, None] + np.prod(b[:, 2:] - b[:, :2], axis=-1)[None] - inter
    return np.where(union > 0, inter / np.maximum(union, 1), 0.0)
