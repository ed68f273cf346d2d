# right: functional, reduce over the ranked indices
from functools import reduce

area = lambda b: (b[2] - b[0]) * (b[3] - b[1])
clamp = lambda v: v if v > 0 else 0.0
inter = lambda a, b: (clamp(min(a[2], b[2]) - max(a[0], b[0]))
                      * clamp(min(a[3], b[3]) - max(a[1], b[1])))


def iou(a, b):
    i = inter(a, b)
    u = area(a) + area(b) - i
    return i / u if u else 0.0


def nms(boxes, scores, iou_threshold):
    bs = [tuple(float(v) for v in b) for b in boxes]
    step = lambda kept, i: kept + [i] if all(iou(bs[k], bs[i]) <= iou_threshold for k in kept) else kept
    return reduce(step, sorted(range(len(bs)), key=lambda i: scores[i], reverse=True), [])
