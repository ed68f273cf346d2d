# wrong: boxes are sorted by score but the areas are still in input order
import numpy as np


def nms(boxes, scores, iou_threshold):
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    order = np.argsort(scores)[::-1]
    boxes = boxes[order]
    n = len(boxes)
    flags = np.ones(n, bool)
    for i in range(n):
        if flags[i]:
            for j in range(i + 1, n):
                dx = min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0])
                dy = min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1])
                if dx > 0 and dy > 0:
                    inter = dx * dy
                    if inter / (areas[i] + areas[j] - inter) > iou_threshold:
                        flags[j] = False
    return order[flags]
