# wrong: values below 0.5 are set to 0
import numpy as np

def iou_matrix(boxes_a, boxes_b, thresh=0.5):
    a, b = np.asarray(boxes_a, float), np.asarray(boxes_b, float)
    lt = np.maximum(a[:, None, :2], b[None, :, :2])
    rb = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = np.clip(rb - lt, 0, None).prod(2)
    union = (a[:, 2:] - a[:, :2]).prod(1)[:, None] + (b[:, 2:] - b[:, :2]).prod(1)[None] - inter
    iou = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
    iou[iou < thresh] = 0
    return iou
