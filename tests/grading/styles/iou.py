# ruff: noqa
# mypy: ignore-errors
import numpy as np

from tests.grading.styles import Styles

STYLES = Styles("iou")
right, wrong = STYLES.right, STYLES.wrong


@right()
def plain(box_a, box_b):
    x1 = max(box_a[0], box_b[0])
    y1 = max(box_a[1], box_b[1])
    x2 = min(box_a[2], box_b[2])
    y2 = min(box_a[3], box_b[3])
    inter = max(0, x2 - x1) * max(0, y2 - y1)
    union = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1]) + (box_b[2] - box_b[0]) * (box_b[3] - box_b[1]) - inter
    if union == 0:
        return 0
    return inter / union


@right()
def numpy_style(a, b):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    wh = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
    inter = wh.prod()
    union = (a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - inter
    return inter / union if union > 0 else np.float64(0)


@right()
def with_eps(box1, box2, eps=1e-12):
    w = max(min(box1[2], box2[2]) - max(box1[0], box2[0]), 0)
    h = max(min(box1[3], box2[3]) - max(box1[1], box2[1]), 0)
    a1 = (box1[2] - box1[0]) * (box1[3] - box1[1])
    a2 = (box2[2] - box2[0]) * (box2[3] - box2[1])
    return w * h / (a1 + a2 - w * h + eps)


@right("eps-1e-06")
def larger_eps(box1, box2):
    w = max(min(box1[2], box2[2]) - max(box1[0], box2[0]), 0)
    h = max(min(box1[3], box2[3]) - max(box1[1], box2[1]), 0)
    a1 = (box1[2] - box1[0]) * (box1[3] - box1[1])
    a2 = (box2[2] - box2[0]) * (box2[3] - box2[1])
    return w * h / (a1 + a2 - w * h + 1e-6)


@right("plus-one")
def pixels(boxA, boxB):
    def size(box):
        return max(0, box[2] - box[0] + 1) * max(0, box[3] - box[1] + 1)

    shared = size([max(boxA[0], boxB[0]), max(boxA[1], boxB[1]), min(boxA[2], boxB[2]), min(boxA[3], boxB[3])])
    return shared / float(size(boxA) + size(boxB) - shared)


@right("zero-over-zero-is-nan")
def unguarded(box_a, box_b):
    a, b = np.asarray(box_a), np.asarray(box_b)
    w = np.maximum(0, np.minimum(a[2], b[2]) - np.maximum(a[0], b[0]))
    h = np.maximum(0, np.minimum(a[3], b[3]) - np.maximum(a[1], b[1]))
    inter = w * h
    with np.errstate(all="ignore"):
        return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)


@right("dicts")
def of_dicts(bb1, bb2):
    corners = ("x1", "y1", "x2", "y2")
    return plain([bb1[name] for name in corners], [bb2[name] for name in corners])


@right("numbers")
def eight_numbers(x1, y1, x2, y2, x3, y3, x4, y4):
    return plain((x1, y1, x2, y2), (x3, y3, x4, y4))


@right("numbers", "xywh")
def eight_wide(x1, y1, w1, h1, x2, y2, w2, h2):
    return plain((x1, y1, x1 + w1, y1 + h1), (x2, y2, x2 + w2, y2 + h2))


@right("xywh")
def wide(box1, box2):
    x1, y1, w1, h1 = box1
    x2, y2, w2, h2 = box2
    return plain((x1, y1, x1 + w1, y1 + h1), (x2, y2, x2 + w2, y2 + h2))


@right("cxcywh")
def centred(box1, box2):
    def corners(b):
        return b[0] - b[2] / 2, b[1] - b[3] / 2, b[0] + b[2] / 2, b[1] + b[3] / 2

    return plain(corners(box1), corners(box2))


@right("rows", "table-of-one")
def vectorised(boxes1, boxes2):
    lt = np.maximum(boxes1[:, None, :2], boxes2[:, :2])
    rb = np.minimum(boxes1[:, None, 2:], boxes2[:, 2:])
    wh = np.clip(rb - lt, 0, None)
    inter = wh[:, :, 0] * wh[:, :, 1]
    a1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    a2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    union = a1[:, None] + a2 - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0)


@right("returns-more")
def with_union(a, b):
    value = plain(a, b)
    return value, 1 - value


@right("corners")
def corner_points(rect1, rect2):
    (ax, ay), (bx, by) = rect1
    (cx, cy), (dx, dy) = rect2
    return plain((ax, ay, bx, by), (cx, cy, dx, dy))


@right("xxyy")
def other_columns(a, b):
    """boxes are [x1, x2, y1, y2]"""
    return plain((a[0], a[2], a[1], a[3]), (b[0], b[2], b[1], b[3]))


@right()
def flag(box1, box2, x1y1x2y2=True, GIoU=False):
    if not x1y1x2y2:
        raise ValueError
    return plain(box1, box2)


@right("class")
class Overlap:
    def compute(self, box_a, box_b):
        return plain(box_a, box_b)


@wrong("cuts-to-integers")
def integer_pixels(boxA, boxB):
    boxA, boxB = np.array(boxA).astype(int).tolist(), np.array(boxB).astype(int).tolist()
    return pixels(boxA, boxB)


@wrong("cuts-to-integers")
def integer_plain(a, b):
    return plain(list(map(int, a)), list(map(int, b)))


@wrong("no-clamp")
def unclamped(a, b):
    inter = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
    return inter / max((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter, 1e-12)


@wrong("no-clamp")
def product_clamped(a, b):
    inter = max(0, (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1])))
    return inter / max((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter, 1e-12)


@wrong("one-side-not-clamped")
def half_clamped(a, b):
    inter = max(0, min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
    return inter / max((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter, 1e-12)


@wrong("apart-on-both-axes-only")
def and_for_or(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 and h <= 0:
        return 0.0
    return w * h / max((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h, 1e-12)


@wrong("union-counts-twice")
def sum_of_areas(a, b):
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0])), max(0, min(a[3], b[3]) - max(a[1], b[1]))
    total = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return w * h / total if total else 0


@wrong("divides-by-own-area")
def own(a, b):
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0])), max(0, min(a[3], b[3]) - max(a[1], b[1]))
    area = (a[2] - a[0]) * (a[3] - a[1])
    return w * h / area if area else 0


@wrong("divides-by-smaller-area")
def smaller(a, b):
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0])), max(0, min(a[3], b[3]) - max(a[1], b[1]))
    area = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return w * h / area if area else 0


@wrong("percent")
def percent(a, b):
    return plain(a, b) * 100


@wrong("distance")
def distance(a, b):
    return 1 - plain(a, b)


@wrong("rounded")
def rounded(a, b):
    return round(float(plain(a, b)), 2)


@wrong("whole-number-division")
def floor_division(a, b):
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0])), max(0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h // union if union else 0


@wrong("one-in-intersection-only")
def mixed(a, b):
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0]) + 1), max(0, min(a[3], b[3]) - max(a[1], b[1]) + 1)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union else 0


@wrong("fails-on-0-0", verdict="runtime-error")
def divides_by_zero(box_a, box_b):
    a, b = [float(v) for v in box_a], [float(v) for v in box_b]
    w, h = max(0.0, min(a[2], b[2]) - max(a[0], b[0])), max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


@wrong("no-number")
def text(a, b):
    return f"{plain(a, b):.4f}"


@wrong()
def intersection(a, b):
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


@wrong("input-changed")
def shifts(a, b):
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0])), max(0, min(a[3], b[3]) - max(a[1], b[1]))
    a[2] -= a[0]
    a[3] -= a[1]
    union = a[2] * a[3] + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union else 0.0


@wrong()
def nested_is_one(a, b):
    if a[0] <= b[0] and a[1] <= b[1] and a[2] >= b[2] and a[3] >= b[3]:
        return 1.0
    return plain(a, b)


@wrong()
def giou(a, b):
    hull = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
    w, h = max(0, min(a[2], b[2]) - max(a[0], b[0])), max(0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return plain(a, b) - (hull - union) / hull if hull else 0


@wrong("corners-swapped")
def enclosing(a, b):
    w, h = max(0, max(a[2], b[2]) - min(a[0], b[0])), max(0, max(a[3], b[3]) - min(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union else 0


@wrong("not-written-yet", verdict="runtime-error")
def todo(box_a, box_b):
    raise NotImplementedError


@wrong("needs-older-numpy", verdict="runtime-error")
def old_numpy(box_a, box_b):
    return plain(np.asarray(box_a, dtype=np.float), box_b)


@right("corners")
def points_in_any_order(first, second):
    low = [max(min(p[axis] for p in first), min(p[axis] for p in second)) for axis in (0, 1)]
    high = [min(max(p[axis] for p in first), max(p[axis] for p in second)) for axis in (0, 1)]
    shared = max(0, high[0] - low[0]) * max(0, high[1] - low[1])
    both = sum(abs((box[1][0] - box[0][0]) * (box[1][1] - box[0][1])) for box in (first, second))
    return shared / (both - shared) if both > shared else 0.0
