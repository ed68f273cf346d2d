# wrong: sorted ascending, the worst box wins
import numpy as np


def nms(boxes, scores, iou_threshold):
    """Return indices of the boxes to keep."""
    order = np.argsort(scores)
    keep = []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while len(order) > 0:
        cur = order[0]
        keep.append(cur)
        order = order[1:]
        lt = np.maximum(boxes[cur, :2], boxes[order, :2])
        rb = np.minimum(boxes[cur, 2:], boxes[order, 2:])
        inter = np.prod(np.clip(rb - lt, 0, None), axis=1)
        union = areas[cur] + areas[order] - inter
        order = order[inter / np.maximum(union, 1e-12) <= iou_threshold]
    return keep
