# wrong: the intersection is added to the union, not subtracted
from functools import reduce


def _iou(a, b):
    inter = max(min(a[2], b[2]) - max(a[0], b[0]), 0) * max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) + inter
    return inter / union if union else 0.0


def nms(boxes, scores, iou_threshold):
    ranked = sorted(range(len(boxes)), key=lambda i: -scores[i])
    return reduce(
        lambda acc, i: acc if any(_iou(boxes[i], boxes[k]) > iou_threshold for k in acc) else acc + [i],
        ranked,
        [],
    )
