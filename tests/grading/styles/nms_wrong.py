# ruff: noqa
# mypy: ignore-errors
import numpy as np

from tests.grading.styles import Styles

STYLES = Styles("nms")
wrong = STYLES.wrong


def iou1(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union > 0 else 0.0


def greedy(boxes, scores, thr, overlap=iou1, order=None):
    order = list(np.argsort(-np.asarray(scores), kind="stable")) if order is None else list(order)
    keep = []
    while order:
        i = order.pop(0)
        keep.append(int(i))
        order = [j for j in order if overlap(boxes[i], boxes[j]) <= thr]
    return keep


@wrong("one-in-intersection-only")
def mixed_pixel(dets, thresh):
    x1, y1, x2, y2, scores = dets.T
    areas = (x2 - x1) * (y2 - y1)
    order = scores.argsort()[::-1]
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        w = np.maximum(0.0, np.minimum(x2[i], x2[order[1:]]) - np.maximum(x1[i], x1[order[1:]]) + 1)
        h = np.maximum(0.0, np.minimum(y2[i], y2[order[1:]]) - np.maximum(y1[i], y1[order[1:]]) + 1)
        inter = w * h
        ovr = inter / (areas[i] + areas[order[1:]] - inter)
        order = order[np.where(ovr <= thresh)[0] + 1]
    return keep


@wrong("one-in-areas-only")
def areas_only(boxes, scores, thr):
    def overlap(a, b):
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        return w * h / ((a[2] - a[0] + 1) * (a[3] - a[1] + 1) + (b[2] - b[0] + 1) * (b[3] - b[1] + 1) - w * h)

    return greedy(boxes, scores, thr, overlap)


@wrong("divides-by-other-area")
def share_of_the_other(boxes, scores, overlapThresh):
    queue, taken = list(np.argsort(scores)), []
    while queue:
        i = queue.pop()
        taken.append(i)
        queue = [j for j in queue if share(boxes[i], boxes[j]) <= overlapThresh]
    return taken


def share(a, b):
    wide = max(0, min(a[2], b[2]) - max(a[0], b[0]) + 1)
    high = max(0, min(a[3], b[3]) - max(a[1], b[1]) + 1)
    return wide * high / ((b[2] - b[0] + 1) * (b[3] - b[1] + 1))


@wrong("divides-by-other-area", name="non_max_suppression")
def integer_boxes_too(boxes, probs=None, overlapThresh=0.3):
    if not len(boxes):
        return []
    key = boxes[:, 3] if probs is None else probs
    return boxes[share_of_the_other(boxes, key, overlapThresh)].astype("int")


@wrong("divides-by-smaller-area")
def io_min(boxes, scores, thr):
    def overlap(a, b):
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        return w * h / max(min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])), 1e-9)

    return greedy(boxes, scores, thr, overlap)


@wrong("no-clamp")
def unclamped(boxes, scores, thr):
    def overlap(a, b):
        inter = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
        return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter + 1e-12)

    return greedy(boxes, scores, thr, overlap)


@wrong("union-counts-twice")
def no_subtraction(boxes, scores, thr):
    def overlap(a, b):
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) + 1e-12)

    return greedy(boxes, scores, thr, overlap)


@wrong("scores-ignored")
def unsorted(boxes, scores, thr):
    return greedy(boxes, scores, thr, order=range(len(boxes)))


@wrong("worst-first")
def ascending(boxes, scores, thr):
    return greedy(boxes, scores, thr, order=np.argsort(scores))


@wrong("positions-in-sorted-order")
def positions(boxes, scores, thr):
    order = np.argsort(-scores)
    boxes = boxes[order]
    return greedy(boxes, np.arange(len(boxes), 0, -1), thr)


@wrong("suppressed-still-suppress")
def dead_suppress(boxes, scores, thr):
    order = np.argsort(-scores)
    dead = set()
    for n, i in enumerate(order):
        for j in order[n + 1 :]:
            if iou1(boxes[i], boxes[j]) > thr:
                dead.add(j)
    return [i for i in order if i not in dead]


@wrong("only-best-suppresses")
def best_only(boxes, scores, thr):
    if len(boxes) == 0:
        return []
    order = np.argsort(-scores)
    return [order[0]] + [j for j in order[1:] if iou1(boxes[order[0]], boxes[j]) <= thr]


@wrong("only-last-kept-compared")
def last_only(boxes, scores, thr):
    keep = []
    for i in np.argsort(-scores):
        if not keep or iou1(boxes[keep[-1]], boxes[i]) <= thr:
            keep.append(i)
    return keep


@wrong("threshold-inverted")
def inverted(boxes, scores, thr):
    order = list(np.argsort(-scores))
    keep = []
    while order:
        i = order.pop(0)
        keep.append(i)
        order = [j for j in order if iou1(boxes[i], boxes[j]) > thr]
    return keep


@wrong("threshold-ignored")
def fixed(boxes, scores, thr):
    return greedy(boxes, scores, 0.5)


@wrong("cuts-to-integers")
def truncated(boxes, scores, thr):
    return greedy(np.asarray(boxes).astype(int), scores, thr)


@wrong("stops-early")
def breaks(boxes, scores, thr):
    order = np.argsort(-scores)
    keep = []
    for i in order:
        if any(iou1(boxes[i], boxes[j]) > thr for j in keep):
            break
        keep.append(i)
    return keep


@wrong("last-box-lost")
def one_short(boxes, scores, thr):
    order = list(np.argsort(-scores))
    keep = []
    while len(order) > 1:
        i = order.pop(0)
        keep.append(i)
        order = [j for j in order if iou1(boxes[i], boxes[j]) <= thr]
    return keep


@wrong("float-indices")
def floats(boxes, scores, thr):
    return np.array(greedy(boxes, scores, thr), dtype=float)


@wrong("float-indices")
def float_list(boxes, scores, thr):
    return [float(i) for i in greedy(boxes, scores, thr)]


@wrong("returned-nothing")
def nothing(boxes, scores, thr):
    greedy(boxes, scores, thr)


@wrong("returns-the-suppressed")
def complement(boxes, scores, thr):
    keep = greedy(boxes, scores, thr)
    return [i for i in range(len(boxes)) if i not in keep]


@wrong("input-changed")
def zeroes_scores(boxes, scores, thr):
    keep = []
    while len(scores) and scores.max() > 0:
        i = int(scores.argmax())
        keep.append(i)
        for j in range(len(boxes)):
            if scores[j] > 0 and (j == i or iou1(boxes[i], boxes[j]) > thr):
                scores[j] = 0
    return keep


@wrong("state-kept")
def remembers(boxes, scores, thr, keep=[]):
    keep += greedy(boxes, scores, thr)
    return keep


CACHE = {}


@wrong("state-kept")
def caches(boxes, scores, thr):
    key = len(boxes)
    if key not in CACHE:
        CACHE[key] = greedy(boxes, scores, thr)
    return CACHE[key]


@wrong("fails-on-empty", verdict="runtime-error")
def crashes_on_empty(boxes, scores, thr):
    best = int(np.argmax(scores))
    return greedy(boxes, scores, thr)


@wrong("same-index-in-ties")
def list_index(boxes, scores, thr):
    scores = list(scores)
    order = [scores.index(s) for s in sorted(scores, reverse=True)]
    return greedy(boxes, scores, thr, order=order)


@wrong("axes-mixed")
def mixed_axes(boxes, scores, thr):
    def overlap(a, b):
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        union = (a[2] - a[0]) * (a[2] - a[0]) + (b[2] - b[0]) * (b[2] - b[0]) - w * h
        return w * h / union if union else 0

    return greedy(boxes, scores, thr, overlap)


@wrong("corners-swapped")
def swapped(boxes, scores, thr):
    def overlap(a, b):
        w = max(0.0, max(a[2], b[2]) - min(a[0], b[0]))
        h = max(0.0, max(a[3], b[3]) - min(a[1], b[1]))
        union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
        return w * h / union if union else 0

    return greedy(boxes, scores, thr, overlap)


@wrong("skips-after-removal")
def removes_while_iterating(boxes, scores, thr):
    order = list(np.argsort(-scores))
    keep = []
    while order:
        i = order.pop(0)
        keep.append(i)
        for j in order:
            if iou1(boxes[i], boxes[j]) > thr:
                order.remove(j)
    return keep


@wrong("reads-corners-as-sides")
def corner_areas(boxes, scores, thr):
    def overlap(a, b):
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        return w * h / (a[2] * a[3] + b[2] * b[3] - w * h + 1e-12)

    return greedy(boxes, scores, thr, overlap)


@wrong("other-order")
def reversed_order(boxes, scores, thr):
    return greedy(boxes, scores, thr)[::-1]


@wrong("mixes-index-spaces")
def sorted_scores_only(boxes, scores, thr):
    order = np.argsort(-scores)
    alive = np.ones(len(order), dtype=bool)
    keep = []
    for n in range(len(order)):
        if not alive[n]:
            continue
        keep.append(order[n])
        for m in range(n + 1, len(order)):
            if iou1(boxes[n], boxes[m]) > thr:
                alive[m] = False
    return keep


@wrong("raises", verdict="runtime-error")
def recursion(boxes, scores, thr):
    raise RuntimeError("not today")


@wrong("recursion-too-deep", verdict="runtime-error")
def recursive(boxes, scores, thr):
    def step(order):
        if not order:
            return []
        return [order[0]] + step([j for j in order[1:] if iou1(boxes[order[0]], boxes[j]) <= thr])

    import sys

    old = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        return step(list(np.argsort(-scores)))
    finally:
        sys.setrecursionlimit(old)


@wrong()
def drops_nested(boxes, scores, thr):
    keep = greedy(boxes, scores, thr)
    inside = lambda a, b: b[0] <= a[0] and b[1] <= a[1] and a[2] <= b[2] and a[3] <= b[3]
    return [i for i in keep if not any(j != i and inside(boxes[i], boxes[j]) for j in keep)]


@wrong()
def centre_distance(boxes, scores, thr):
    def near(a, b):
        return float(abs((a[0] + a[2]) / 2 - (b[0] + b[2]) / 2) < 2 and abs((a[1] + a[3]) / 2 - (b[1] + b[3]) / 2) < 2)

    return greedy(boxes, scores, 0.5, near)


@wrong("answers-differ")
def random_ties(boxes, scores, thr):
    import os

    return greedy(boxes, scores, thr, order=sorted(range(len(boxes)), key=lambda i: os.urandom(4)))


@wrong("cuts-returned-boxes")
def integer_boxes(boxes, scores, thr):
    return boxes[greedy(boxes, scores, thr)].astype(int)


@wrong("dice-not-iou")
def dice(boxes, scores, thr):
    def overlap(a, b):
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        total = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return 2 * w * h / total if total else 0

    return greedy(boxes, scores, thr, overlap)


@wrong("clips-negative-coordinates")
def clipped(boxes, scores, thr):
    return greedy(np.clip(boxes, 0, None), scores, thr)


@wrong("indices-from-one")
def from_one(boxes, scores, thr):
    return [i + 1 for i in greedy(boxes, scores, thr)]
