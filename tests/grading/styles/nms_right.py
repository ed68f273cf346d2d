# ruff: noqa
# mypy: ignore-errors
import numpy as np

from tests.grading.styles import Styles

STYLES = Styles("nms")
right = STYLES.right


@right()
def textbook(boxes, scores, iou_threshold):
    if len(boxes) == 0:
        return []
    x1, y1, x2, y2 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    areas = (x2 - x1) * (y2 - y1)
    order = scores.argsort()[::-1]
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        xx1 = np.maximum(x1[i], x1[order[1:]])
        yy1 = np.maximum(y1[i], y1[order[1:]])
        xx2 = np.minimum(x2[i], x2[order[1:]])
        yy2 = np.minimum(y2[i], y2[order[1:]])
        inter = np.maximum(0.0, xx2 - xx1) * np.maximum(0.0, yy2 - yy1)
        union = areas[i] + areas[order[1:]] - inter
        iou = inter / np.where(union > 0, union, 1)
        order = order[np.where(iou <= iou_threshold)[0] + 1]
    return keep


@right("zero-over-zero-suppresses")
def unguarded(boxes, scores, iou_threshold):
    order = scores.argsort()[::-1]
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    keep = []
    while order.size > 0:
        i, rest = order[0], order[1:]
        keep.append(i)
        low, high = np.maximum(boxes[i, :2], boxes[rest, :2]), np.minimum(boxes[i, 2:], boxes[rest, 2:])
        inter = np.prod(np.maximum(high - low, 0.0), axis=1)
        order = rest[inter / (areas[i] + areas[rest] - inter) <= iou_threshold]
    return keep


@right()
def pure_python(boxes, scores, iou_threshold):
    def iou(a, b):
        w = min(a[2], b[2]) - max(a[0], b[0])
        h = min(a[3], b[3]) - max(a[1], b[1])
        if w <= 0 or h <= 0:
            return 0.0
        inter = w * h
        return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)

    order = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)
    keep = []
    while order:
        best = order.pop(0)
        keep.append(best)
        order = [i for i in order if iou(boxes[best], boxes[i]) <= iou_threshold]
    return keep


@right()
def int32_array(boxes, scores, iou_threshold=0.5):
    boxes, scores = np.asarray(boxes, dtype=np.float32).reshape(-1, 4), np.asarray(scores)
    idx = np.argsort(-scores, kind="stable")
    suppressed = np.zeros(len(boxes), dtype=bool)
    keep = []
    for n, i in enumerate(idx):
        if suppressed[i]:
            continue
        keep.append(i)
        for j in idx[n + 1 :]:
            lt = np.maximum(boxes[i, :2], boxes[j, :2])
            rb = np.minimum(boxes[i, 2:], boxes[j, 2:])
            wh = np.clip(rb - lt, 0, None)
            inter = wh[0] * wh[1]
            union = np.prod(boxes[i, 2:] - boxes[i, :2]) + np.prod(boxes[j, 2:] - boxes[j, :2]) - inter
            if inter / max(union, 1e-9) > iou_threshold:
                suppressed[j] = True
    return np.array(keep, dtype=np.int32)


@right()
def uint_tuple(boxes, scores, thr):
    order = list(np.argsort(scores)[::-1])
    keep = ()
    while order:
        i = order[0]
        keep = keep + (np.uint16(i),)
        rest = []
        for j in order[1:]:
            w = max(0, min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0]))
            h = max(0, min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1]))
            a = (boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1])
            b = (boxes[j][2] - boxes[j][0]) * (boxes[j][3] - boxes[j][1])
            if w * h <= thr * (a + b - w * h):
                rest.append(j)
        order = rest
    return keep


@right("dets", "plus-one")
def one_table(dets, thresh):
    corners, confidence = dets[:, :4], dets[:, 4]
    size = np.prod(corners[:, 2:] - corners[:, :2] + 1, axis=1)
    queue, chosen = np.argsort(confidence)[::-1], []
    while len(queue):
        head, tail = queue[0], queue[1:]
        chosen.append(head)
        side = np.minimum(corners[head, 2:], corners[tail, 2:]) - np.maximum(corners[head, :2], corners[tail, :2]) + 1
        shared = np.prod(np.where(side > 0, side, 0.0), axis=1)
        queue = tail[shared / (size[head] + size[tail] - shared) <= thresh]
    return chosen


@right("dets", "plus-one", "suppress-at-threshold")
def one_table_flags(dets, thresh):
    table = np.asarray(dets).reshape(-1, 5)
    gone, chosen = set(), []
    ranked = np.argsort(-table[:, 4])
    for place, i in enumerate(ranked):
        if i in gone:
            continue
        chosen.append(int(i))
        gone.update(j for j in ranked[place + 1 :] if pixel_iou(table[i], table[j]) >= thresh)
    return chosen


def pixel_iou(a, b):
    wide = max(0.0, 1 + min(a[2], b[2]) - max(a[0], b[0]))
    high = max(0.0, 1 + min(a[3], b[3]) - max(a[1], b[1]))
    both = sum((c[2] - c[0] + 1) * (c[3] - c[1] + 1) for c in (a, b))
    return wide * high / (both - wide * high)


@right("returns-boxes")
def boxes_out(bounding_boxes, confidence_score, threshold):
    ranked = sorted(range(len(confidence_score)), key=lambda i: -confidence_score[i])
    found = []
    for i in ranked:
        if not any(pair(bounding_boxes[i], box) > threshold for box in found):
            found.append(bounding_boxes[i])
    return found


@right("returns-boxes-and-scores", "plus-one", "suppress-at-threshold")
def boxes_and_scores_out(bounding_boxes, confidence_score, threshold):
    kept_boxes, kept_scores = [], []
    for i in np.argsort(confidence_score)[::-1]:
        if all(pixel_iou(bounding_boxes[i], box) < threshold for box in kept_boxes):
            kept_boxes.append(bounding_boxes[i])
            kept_scores.append(confidence_score[i])
    return kept_boxes, kept_scores


@right("returns-mask")
def mask_out(boxes, scores, threshold):
    keep = np.ones(len(boxes), dtype=bool)
    for i in np.argsort(-np.asarray(scores)):
        if not keep[i]:
            continue
        for j in range(len(boxes)):
            if j == i or not keep[j] or (scores[j], -j) > (scores[i], -i):
                continue
            w = max(min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0]), 0)
            h = max(min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1]), 0)
            u = np.prod(boxes[i][2:] - boxes[i][:2]) + np.prod(boxes[j][2:] - boxes[j][:2]) - w * h
            if u > 0 and w * h / u > threshold:
                keep[j] = False
    return keep


@right("ascending-indices")
def sorted_out(boxes, scores, threshold):
    return sorted(int(i) for i in textbook(boxes, scores, threshold))


@right("dets", "returns-rows")
def rows_out(dets, thresh=0.5):
    return dets[textbook(dets[:, :4], dets[:, 4], thresh)]


@right("dets", "returns-rows")
def list_rows(bboxes, thr):
    """bboxes: list of [x1, y1, x2, y2, score]"""
    if not len(bboxes):
        return []
    bboxes = sorted([list(b) for b in bboxes], key=lambda b: b[4], reverse=True)
    chosen = []
    while bboxes:
        top = bboxes.pop(0)
        chosen.append(top)
        bboxes = [b for b in bboxes if textbook(np.array([top[:4], b[:4]]), np.array([1.0, 0.5]), thr) != [0]]
    return chosen


@right("columns")
def by_columns(x1, y1, x2, y2, scores, thresh):
    return textbook(np.stack([x1, y1, x2, y2], axis=1), scores, thresh)


@right("xywh")
def wide(boxes, scores, threshold):
    """boxes: (N, 4) as x, y, w, h"""
    corners = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1)
    return textbook(corners, scores, threshold)


@right("cxcywh")
def centred(boxes, scores, threshold):
    """boxes in (cx, cy, w, h)"""
    corners = np.concatenate([boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2], axis=1)
    return textbook(corners, scores, threshold)


@right("no-scores-by-y2", "boxes-only", "returns-boxes")
def by_y2(boxes, overlapThresh):
    if not len(boxes):
        return []
    lowest_first = list(np.argsort(boxes[:, 3])[::-1])
    taken = []
    while lowest_first:
        i = lowest_first.pop(0)
        taken.append(i)
        lowest_first = [j for j in lowest_first if pair(boxes[i], boxes[j]) <= overlapThresh]
    return boxes[taken]


@right("argument-order")
def scores_first(scores, boxes, thr):
    return textbook(boxes, scores, thr)


@right("extra-arguments")
def with_classes(boxes, scores, labels, iou_threshold):
    keep = []
    for label in np.unique(labels):
        mine = np.where(labels == label)[0]
        keep += [mine[i] for i in textbook(boxes[mine], scores[mine], iou_threshold)]
    return sorted(keep, key=lambda i: -scores[i])


@right("class-score-first", "returns-rows", "limits-lifted")
def class_first(bboxes, iou_threshold, threshold=0.0, box_format="corners"):
    """bboxes: list of [class, prob, x1, y1, x2, y2]"""
    waiting = sorted((list(row) for row in bboxes if row[1] > threshold), key=lambda row: -row[1])
    result = []
    for row in waiting:
        rivals = [other for other in result if other[0] == row[0]]
        if all(pair(row[2:], other[2:]) <= iou_threshold for other in rivals):
            result.append(row)
    return result


@right("limits-lifted")
def top_ten(boxes, scores, overlap=0.5, top_k=10):
    idx = np.argsort(scores)[::-1][:top_k]
    return [int(idx[i]) for i in textbook(boxes[idx], scores[idx], overlap)]


@right("returns-more")
def with_count(boxes, scores, overlap=0.5, top_k=1000):
    keep = np.zeros(len(boxes), dtype=np.int64)
    found = textbook(boxes, scores, overlap)
    keep[: len(found)] = found
    return keep, len(found)


@right("returns-dict")
def in_dict(boxes, scores, t):
    keep = textbook(boxes, scores, t)
    return {"boxes": boxes[keep], "scores": scores[keep], "indices": keep}


@right("iou-threshold-0.5", "no-threshold")
def fixed_threshold(boxes, scores):
    return textbook(boxes, scores, 0.5)


@right("score-threshold-0.3")
def with_floor(boxes, scores, iou_threshold):
    good = np.where(scores >= 0.3)[0]
    return [good[i] for i in textbook(boxes[good], scores[good], iou_threshold)]


@right()
def optional_floor(boxes, scores, iou_threshold=0.5, score_threshold=0.0, max_output_size=None):
    good = np.where(np.asarray(scores) >= score_threshold)[0]
    keep = [good[i] for i in textbook(boxes[good], scores[good], iou_threshold)]
    return keep if max_output_size is None else keep[:max_output_size]


@right("extra-arguments")
def needs_floor(boxes, scores, score_threshold, iou_threshold):
    good = np.where(np.asarray(scores) >= score_threshold)[0]
    return [good[i] for i in textbook(boxes[good], scores[good], iou_threshold)]


@right("dets", "plus-one")
def with_mode(dets, thresh, mode="Union"):
    queue, chosen = list(np.argsort(-dets[:, 4])), []
    while queue:
        i = queue.pop(0)
        chosen.append(i)
        if mode == "Union":
            queue = [j for j in queue if pixel_iou(dets[i], dets[j]) <= thresh]
        else:
            raise ValueError(mode)
    return chosen


@right("lists")
def for_lists(boxes, scores, threshold):
    if not boxes:
        return []
    rest = [*range(len(boxes))]
    keep = []
    while rest:
        best = max(rest, key=scores.__getitem__)
        rest.remove(best)
        keep.append(best)
        rest = [i for i in rest if pair(boxes[best], boxes[i]) <= threshold]
    return keep


def pair(a, b):
    (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = a, b
    w, h = min(ax2, bx2) - max(ax1, bx1), min(ay2, by2) - max(ay1, by1)
    if w <= 0 or h <= 0:
        return 0
    return w * h / ((ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - w * h)


@right("class")
class Suppressor:
    def __init__(self, iou_threshold=0.5):
        self.iou_threshold = iou_threshold

    def __call__(self, boxes, scores):
        return textbook(boxes, scores, self.iou_threshold)


@right()
def matrix_style(boxes, scores, iou_threshold):
    n = len(boxes)
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    order = np.argsort(-scores)
    b = boxes[order]
    area = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    wh = np.clip(np.minimum(b[:, None, 2:], b[None, :, 2:]) - np.maximum(b[:, None, :2], b[None, :, :2]), 0, None)
    inter = wh[..., 0] * wh[..., 1]
    iou = inter / np.maximum(area[:, None] + area[None] - inter, 1e-9)
    alive = np.ones(n, dtype=bool)
    for i in range(n):
        if alive[i]:
            alive[i + 1 :] &= iou[i, i + 1 :] <= iou_threshold
    return order[alive]


@right("pairs")
def of_pairs(detections, threshold):
    """detections: list of (box, score)"""
    order = sorted(range(len(detections)), key=lambda i: detections[i][1], reverse=True)
    keep = []
    for i in order:
        if all(pair(detections[i][0], detections[j][0]) <= threshold for j in keep):
            keep.append(i)
    return keep
