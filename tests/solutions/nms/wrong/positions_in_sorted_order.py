# wrong: returns positions in the sorted arrays, not indices of the input
import numpy as np


def nms(boxes: np.ndarray, scores: np.ndarray, iou_threshold: float) -> np.ndarray:
    order = np.argsort(-scores)
    boxes = boxes[order]
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    alive = np.ones(len(boxes), dtype=bool)
    keep = []
    for i in range(len(boxes)):
        if not alive[i]:
            continue
        keep.append(i)
        lt = np.maximum(boxes[i, :2], boxes[i + 1:, :2])
        rb = np.minimum(boxes[i, 2:], boxes[i + 1:, 2:])
        inter = np.clip(rb - lt, 0, None).prod(axis=1)
        iou = inter / (areas[i] + areas[i + 1:] - inter + 1e-12)
        alive[i + 1:][iou > iou_threshold] = False
    return np.array(keep, dtype=int)
