# right: namedtuple boxes, zip and sorted, small helpers
from collections import namedtuple

Box = namedtuple("Box", "x1 y1 x2 y2 score index")


def area(b):
    return (b.x2 - b.x1) * (b.y2 - b.y1)


def intersection(a, b):
    w = min(a.x2, b.x2) - max(a.x1, b.x1)
    h = min(a.y2, b.y2) - max(a.y1, b.y1)
    return w * h if w > 0 and h > 0 else 0.0


def too_close(a, b, thr):
    i = intersection(a, b)
    # no division, so nothing to guard
    return i > thr * (area(a) + area(b) - i)


def nms(boxes, scores, iou_threshold):
    queue = [Box(*map(float, b), float(s), i) for i, (b, s) in enumerate(zip(boxes, scores))]
    queue.sort(key=lambda b: b.score, reverse=True)
    kept = []
    for b in queue:
        if not any(too_close(k, b, iou_threshold) for k in kept):
            kept.append(b)
    return [b.index for b in kept]
