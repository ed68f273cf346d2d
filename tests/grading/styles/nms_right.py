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
        iou = inter / (areas[i] + areas[order[1:]] - inter)
        order = order[np.where(iou <= iou_threshold)[0] + 1]
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
def rbg(dets, thresh):
    x1 = dets[:, 0]
    y1 = dets[:, 1]
    x2 = dets[:, 2]
    y2 = dets[:, 3]
    scores = dets[:, 4]
    areas = (x2 - x1 + 1) * (y2 - y1 + 1)
    order = scores.argsort()[::-1]
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        xx1 = np.maximum(x1[i], x1[order[1:]])
        yy1 = np.maximum(y1[i], y1[order[1:]])
        xx2 = np.minimum(x2[i], x2[order[1:]])
        yy2 = np.minimum(y2[i], y2[order[1:]])
        w = np.maximum(0.0, xx2 - xx1 + 1)
        h = np.maximum(0.0, yy2 - yy1 + 1)
        inter = w * h
        ovr = inter / (areas[i] + areas[order[1:]] - inter)
        inds = np.where(ovr <= thresh)[0]
        order = order[inds + 1]
    return keep


@right("dets", "plus-one", "suppress-at-threshold")
def strict_rbg(dets, thresh):
    dets = np.asarray(dets).reshape(-1, 5)
    order = dets[:, 4].argsort()[::-1]
    areas = (dets[:, 2] - dets[:, 0] + 1) * (dets[:, 3] - dets[:, 1] + 1)
    suppressed = np.zeros(len(dets), dtype=int)
    keep = []
    for _i in range(len(dets)):
        i = order[_i]
        if suppressed[i] == 1:
            continue
        keep.append(int(i))
        for _j in range(_i + 1, len(dets)):
            j = order[_j]
            if suppressed[j] == 1:
                continue
            w = max(0.0, min(dets[i, 2], dets[j, 2]) - max(dets[i, 0], dets[j, 0]) + 1)
            h = max(0.0, min(dets[i, 3], dets[j, 3]) - max(dets[i, 1], dets[j, 1]) + 1)
            if w * h / (areas[i] + areas[j] - w * h) >= thresh:
                suppressed[j] = 1
    return keep


@right("returns-boxes")
def boxes_out(bounding_boxes, confidence_score, threshold):
    if len(bounding_boxes) == 0:
        return []
    boxes = np.array(bounding_boxes)
    order = np.argsort(confidence_score)
    picked = []
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while order.size > 0:
        index = order[-1]
        picked.append(bounding_boxes[index])
        x1 = np.maximum(boxes[index, 0], boxes[order[:-1], 0])
        x2 = np.minimum(boxes[index, 2], boxes[order[:-1], 2])
        y1 = np.maximum(boxes[index, 1], boxes[order[:-1], 1])
        y2 = np.minimum(boxes[index, 3], boxes[order[:-1], 3])
        inter = np.maximum(0.0, x2 - x1) * np.maximum(0.0, y2 - y1)
        ratio = inter / (area[index] + area[order[:-1]] - inter)
        order = order[:-1][ratio <= threshold]
    return picked


@right("returns-boxes-and-scores", "plus-one", "suppress-at-threshold")
def boxes_and_scores_out(bounding_boxes, confidence_score, threshold):
    if len(bounding_boxes) == 0:
        return [], []
    boxes = np.array(bounding_boxes)
    start_x, start_y, end_x, end_y = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    score = np.array(confidence_score)
    picked_boxes, picked_score = [], []
    areas = (end_x - start_x + 1) * (end_y - start_y + 1)
    order = np.argsort(score)
    while order.size > 0:
        index = order[-1]
        picked_boxes.append(bounding_boxes[index])
        picked_score.append(confidence_score[index])
        x1 = np.maximum(start_x[index], start_x[order[:-1]])
        x2 = np.minimum(end_x[index], end_x[order[:-1]])
        y1 = np.maximum(start_y[index], start_y[order[:-1]])
        y2 = np.minimum(end_y[index], end_y[order[:-1]])
        w = np.maximum(0.0, x2 - x1 + 1)
        h = np.maximum(0.0, y2 - y1 + 1)
        intersection = w * h
        ratio = intersection / (areas[index] + areas[order[:-1]] - intersection)
        left = np.where(ratio < threshold)
        order = order[left]
    return picked_boxes, picked_score


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
    if len(boxes) == 0:
        return []
    pick = []
    x1, y1, x2, y2 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    area = (x2 - x1) * (y2 - y1)
    idxs = np.argsort(y2)
    while len(idxs) > 0:
        last = len(idxs) - 1
        i = idxs[last]
        pick.append(i)
        xx1 = np.maximum(x1[i], x1[idxs[:last]])
        yy1 = np.maximum(y1[i], y1[idxs[:last]])
        xx2 = np.minimum(x2[i], x2[idxs[:last]])
        yy2 = np.minimum(y2[i], y2[idxs[:last]])
        inter = np.maximum(0, xx2 - xx1) * np.maximum(0, yy2 - yy1)
        overlap = inter / np.maximum(area[i] + area[idxs[:last]] - inter, 1e-12)
        idxs = np.delete(idxs, np.concatenate(([last], np.where(overlap > overlapThresh)[0])))
    return boxes[pick]


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


@right("class-score-first", "returns-rows")
def class_first(bboxes, iou_threshold, threshold=0.0, box_format="corners"):
    """bboxes: list of [class, prob, x1, y1, x2, y2]"""
    bboxes = [list(box) for box in bboxes if box[1] > threshold]
    bboxes = sorted(bboxes, key=lambda x: x[1], reverse=True)
    after = []
    while bboxes:
        chosen = bboxes.pop(0)
        bboxes = [
            box
            for box in bboxes
            if box[0] != chosen[0] or textbook(np.array([chosen[2:], box[2:]]), np.array([1.0, 0.5]), iou_threshold) != [0]
        ]
        after.append(chosen)
    return after


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
def mtcnn(dets, thresh, mode="Union"):
    order = dets[:, 4].argsort()[::-1]
    areas = (dets[:, 2] - dets[:, 0] + 1) * (dets[:, 3] - dets[:, 1] + 1)
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        w = np.maximum(0.0, np.minimum(dets[i, 2], dets[order[1:], 2]) - np.maximum(dets[i, 0], dets[order[1:], 0]) + 1)
        h = np.maximum(0.0, np.minimum(dets[i, 3], dets[order[1:], 3]) - np.maximum(dets[i, 1], dets[order[1:], 1]) + 1)
        inter = w * h
        if mode == "Union":
            ovr = inter / (areas[i] + areas[order[1:]] - inter)
        elif mode == "Minimum":
            ovr = inter / np.minimum(areas[i], areas[order[1:]])
        order = order[np.where(ovr <= thresh)[0] + 1]
    return keep


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
