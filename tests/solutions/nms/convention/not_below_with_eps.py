# convention: suppress-at-threshold-with-eps
# boxes stay only below the threshold, and the union has a small number added
import numpy as np


def nms(boxes, scores, iou_threshold):
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    todo = np.argsort(-scores, kind="stable")
    keep = []
    while len(todo):
        top, todo = todo[0], todo[1:]
        keep.append(int(top))
        low = np.maximum(boxes[top, :2], boxes[todo, :2])
        high = np.minimum(boxes[top, 2:], boxes[todo, 2:])
        inter = np.clip(high - low, 0, None).prod(axis=1)
        iou = inter / (area[top] + area[todo] - inter + 1e-9)
        todo = todo[iou < iou_threshold]
    return keep
