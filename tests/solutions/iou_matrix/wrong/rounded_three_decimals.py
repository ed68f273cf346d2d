# wrong: rounded to three decimals (rule: relative tolerance 1e-5)
import numpy as np


def iou_matrix(boxes_a, boxes_b):
    a = np.asarray(boxes_a, float)[:, None]
    b = np.asarray(boxes_b, float)[None]
    wh = np.clip(np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2]), 0, None)
    inter = wh.prod(-1)
    union = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - inter
    iou = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
    return np.round(iou, 3)


if __name__ == "__main__":
    print(iou_matrix([[0, 0, 3, 3]], [[1, 1, 4, 4]]))
