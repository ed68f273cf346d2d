# right: vectorised numpy, shrinking order array
import numpy as np


def nms(boxes, scores, iou_threshold):
    """Greedy non-maximum suppression."""
    if len(boxes) == 0:
        return np.array([], dtype=int)

    x1, y1, x2, y2 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    areas = (x2 - x1) * (y2 - y1)
    order = np.argsort(-scores)
    keep = []

    while order.size > 0:
        best, rest = order[0], order[1:]
        keep.append(best)

        iw = np.minimum(x2[best], x2[rest]) - np.maximum(x1[best], x1[rest])
        ih = np.minimum(y2[best], y2[rest]) - np.maximum(y1[best], y1[rest])
        inter = np.clip(iw, 0, None) * np.clip(ih, 0, None)
        union = areas[best] + areas[rest] - inter
        iou = np.where(union > 0, inter / np.where(union > 0, union, 1), 0.0)

        order = rest[iou <= iou_threshold]

    return np.array(keep, dtype=int)
