# ruff: noqa
# mypy: ignore-errors
import numpy as np

from tests.grading.styles import Styles

STYLES = Styles("iou_matrix")
right, wrong = STYLES.right, STYLES.wrong


def one(a, b):
    w, h = max(0.0, min(a[2], b[2]) - max(a[0], b[0])), max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union > 0 else 0.0


@right()
def loops(boxes_a, boxes_b):
    out = np.zeros((len(boxes_a), len(boxes_b)))
    for i in range(len(boxes_a)):
        for j in range(len(boxes_b)):
            out[i, j] = one(boxes_a[i], boxes_b[j])
    return out


@right()
def nested_lists(boxes1, boxes2):
    return [[one(a, b) for b in boxes2] for a in boxes1]


@right("zero-over-zero-is-nan")
def broadcast(boxes1, boxes2):
    area1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    area2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    lt = np.maximum(boxes1[:, None, :2], boxes2[:, :2])
    rb = np.minimum(boxes1[:, None, 2:], boxes2[:, 2:])
    wh = (rb - lt).clip(min=0)
    inter = wh[:, :, 0] * wh[:, :, 1]
    with np.errstate(all="ignore"):
        return inter / (area1[:, None] + area2 - inter)


@right("plus-one")
def pixel_overlaps(boxes, query_boxes):
    table = np.zeros((boxes.shape[0], query_boxes.shape[0]))
    for (n, a), (k, b) in ((left, right) for left in enumerate(boxes) for right in enumerate(query_boxes)):
        wide = 1 + min(a[2], b[2]) - max(a[0], b[0])
        high = 1 + min(a[3], b[3]) - max(a[1], b[1])
        if wide > 0 and high > 0:
            sizes = np.prod(a[2:] - a[:2] + 1) + np.prod(b[2:] - b[:2] + 1)
            table[n, k] = wide * high / (sizes - wide * high)
    return table


@right("xywh")
def wide(boxes_a, boxes_b):
    def corners(b):
        return np.concatenate([b[:, :2], b[:, :2] + b[:, 2:]], axis=1)

    return loops(corners(boxes_a), corners(boxes_b))


@right("cxcywh")
def centred(boxes_a, boxes_b):
    def corners(b):
        return np.concatenate([b[:, :2] - b[:, 2:] / 2, b[:, :2] + b[:, 2:] / 2], axis=1)

    return loops(corners(boxes_a), corners(boxes_b))


@right()
def float32(a, b):
    return loops(np.asarray(a, dtype=np.float32), np.asarray(b, dtype=np.float32)).astype(np.float32)


@right("eps-1e-07")
def smoothed(a, b):
    wh = np.clip(np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2]), 0, None)
    inter = wh.prod(axis=2)
    area = lambda x: (x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1])
    return inter / (area(a)[:, None] + area(b)[None] - inter + 1e-7)


@right("lists")
def list_only(boxes_a, boxes_b):
    if boxes_a == [] or boxes_b == []:
        return np.zeros((len(boxes_a), len(boxes_b)))
    return [[one(a, b) for b in boxes_b] for a in boxes_a]


@wrong("transposed")
def transposed(a, b):
    return loops(b, a)


@wrong("only-own-row")
def diagonal(a, b):
    return loops(a, b) * np.eye(len(a), len(b))


@wrong("upper-triangle-only")
def triangle(a, b):
    out = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(i, len(b)):
            out[i, j] = one(a[i], b[j])
    return out


@wrong("flattened")
def flat(a, b):
    return np.array([one(x, y) for x in a for y in b])


@wrong()
def aligned(a, b):
    return np.array([one(x, y) for x, y in zip(a, b)])


@wrong("union-counts-twice")
def twice(boxes1, boxes2):
    area1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    area2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    wh = (np.minimum(boxes1[:, None, 2:], boxes2[:, 2:]) - np.maximum(boxes1[:, None, :2], boxes2[:, :2])).clip(min=0)
    inter = wh[:, :, 0] * wh[:, :, 1]
    return inter / np.maximum(area1[:, None] + area2, 1e-12)


@wrong("no-clamp")
def unclamped(boxes1, boxes2):
    area1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    area2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    wh = np.minimum(boxes1[:, None, 2:], boxes2[:, 2:]) - np.maximum(boxes1[:, None, :2], boxes2[:, :2])
    inter = wh[:, :, 0] * wh[:, :, 1]
    union = area1[:, None] + area2 - inter
    return inter / np.where(union == 0, 1, union)


@wrong("percent")
def percent(a, b):
    return loops(a, b) * 100


@wrong("cuts-to-integers")
def integers(a, b):
    return loops(np.asarray(a).astype(int), np.asarray(b).astype(int))


@wrong()
def integer_output(a, b):
    return loops(a, b).astype(int)


@wrong(verdict="wrong-answer")
def areas_not_spread(boxes1, boxes2):
    area1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    area2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    wh = (np.minimum(boxes1[:, None, 2:], boxes2[:, 2:]) - np.maximum(boxes1[:, None, :2], boxes2[:, :2])).clip(min=0)
    inter = wh[:, :, 0] * wh[:, :, 1]
    return inter / np.maximum(area1 + area2 - inter, 1e-12)


@wrong("returned-nothing", verdict="wrong-answer")
def none_on_empty(a, b):
    if len(a) == 0 or len(b) == 0:
        return None
    return loops(a, b)


@wrong("fails-on-empty", verdict="runtime-error")
def crash_on_empty(a, b):
    return np.stack([np.stack([np.float64(one(x, y)) for y in b]) for x in a])
