# ruff: noqa
# mypy: ignore-errors
"""Signatures and results that are seen now and then."""

import numpy as np

from tests.grading.styles import Expected, Styles
from tests.grading.styles.iou import plain
from tests.grading.styles.iou_matrix import loops
from tests.grading.styles.kmeans import unchecked
from tests.grading.styles.nms_right import pair, pixel_iou, textbook

STYLES = Styles("nms")


def right(drill, *said, name=""):
    def note(function):
        STYLES.collected.append(Expected(drill, function, "accepted", frozenset(said), name=name or drill))
        return function

    return note


def wrong(drill, diagnosis, verdict="wrong-answer", name=""):
    def note(function):
        STYLES.collected.append(Expected(drill, function, verdict, diagnosis=diagnosis, name=name or drill))
        return function

    return note


@right("nms", "dets-with-class", "returns-rows", "plus-one")
def rows_with_class(bboxes, iou_threshold, sigma=0.3, method="nms"):
    """bboxes: (xmin, ymin, xmax, ymax, score, class)"""
    assert method in ["nms", "soft-nms"]
    result = []
    for name in np.unique(bboxes[:, 5]):
        rest = bboxes[bboxes[:, 5] == name]
        rest = rest[np.argsort(-rest[:, 4])]
        while len(rest):
            result.append(rest[0])
            rest = np.array([row for row in rest[1:] if pixel_iou(result[-1], row) <= iou_threshold])
    return result


@right("nms", "dets")
def single_letter(P, thresh_iou):
    P = np.asarray(P)
    return textbook(P[:, :4], P[:, 4], thresh_iou)


@right("nms", "argument-order", "xywh")
def scores_last(boxes, max_bbox_overlap, scores=None):
    """boxes are (x, y, w, h)"""
    if len(boxes) == 0:
        return []
    corners = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1)
    return textbook(corners, scores, max_bbox_overlap)


@right("nms", "extra-arguments")
def tensorflow_like(boxes, scores, max_output_size, iou_threshold=0.5):
    return np.array(textbook(boxes, scores, iou_threshold)[:max_output_size], dtype=np.int32)


@right("nms", "returns-more")
def three_results(boxes, scores, thr):
    keep = textbook(boxes, scores, thr)
    return keep, np.asarray(scores)[keep]


@right("nms", "detection-dicts", "returns-rows")
def of_dicts(detections, iou_threshold):
    rest = sorted(detections, key=lambda d: d["score"], reverse=True)
    keep = []
    for d in rest:
        if all(pair(d["bbox"], k["bbox"]) <= iou_threshold for k in keep):
            keep.append(d)
    return keep


@right("nms", "columns")
def long_columns(xmin, ymin, xmax, ymax, confidences, nms_threshold):
    return textbook(np.stack([xmin, ymin, xmax, ymax], axis=1), confidences, nms_threshold)


@right("nms")
def stars(*args):
    return textbook(*args)


@right("iou", "row-second", "array-of-one")
def one_and_many(box, boxes):
    w = np.maximum(0, np.minimum(box[2], boxes[:, 2]) - np.maximum(box[0], boxes[:, 0]))
    h = np.maximum(0, np.minimum(box[3], boxes[:, 3]) - np.maximum(box[1], boxes[:, 1]))
    union = (box[2] - box[0]) * (box[3] - box[1]) + (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) - w * h
    return np.where(union > 0, w * h / np.where(union > 0, union, 1), 0.0)


@right("iou", "row-second", "array-of-one", "extra-arguments")
def with_areas(box, boxes, box_area, boxes_area):
    y1, y2 = np.maximum(box[0], boxes[:, 0]), np.minimum(box[2], boxes[:, 2])
    x1, x2 = np.maximum(box[1], boxes[:, 1]), np.minimum(box[3], boxes[:, 3])
    inter = np.maximum(x2 - x1, 0) * np.maximum(y2 - y1, 0)
    union = box_area + boxes_area[:] - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0.0)


@right("iou", "numbers", "xxyy")
def interleaved(ax1, ax2, ay1, ay2, bx1, bx2, by1, by2):
    return plain((ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2))


@right("iou", "extra-arguments")
def told_format(boxes_preds, boxes_labels, box_format):
    assert box_format in ("midpoint", "corners")
    return plain(boxes_preds, boxes_labels)


@right("iou", "cxcywh")
def midpoint_by_default(boxes_preds, boxes_labels, box_format="midpoint"):
    def corners(b):
        return b[0] - b[2] / 2, b[1] - b[3] / 2, b[0] + b[2] / 2, b[1] + b[3] / 2

    if box_format == "midpoint":
        boxes_preds, boxes_labels = corners(boxes_preds), corners(boxes_labels)
    return plain(boxes_preds, boxes_labels)


@right("iou_matrix", "returns-more")
def with_union(boxes1, boxes2):
    return loops(boxes1, boxes2), np.ones((len(boxes1), len(boxes2)))


@right("soft_nms", "plus-one", "first-pick-unchecked", "method-given", "dets", "in-place")
def rows_in_place(boxes, sigma=0.5, Nt=0.3, threshold=0.001, method=0):
    """Sorts and decays the rows of its argument; gives the places of those that stay."""
    end, i = len(boxes), 0
    while i < end:
        best = i + int(np.argmax(boxes[i:end, 4]))
        boxes[[i, best]] = boxes[[best, i]]
        j = i + 1
        while j < end:
            overlap = pixel_iou(boxes[i], boxes[j])
            if method == 2:
                boxes[j, 4] *= np.exp(-(overlap**2) / sigma)
            elif overlap > Nt:
                boxes[j, 4] *= 1 - overlap if method == 1 else 0
            if boxes[j, 4] < threshold:
                end -= 1
                boxes[j] = boxes[end]
            else:
                j += 1
        i += 1
    return list(range(end))


@right("kmeans", "no-count", "k-not-checked", "limits-lifted")
def octave_style(X, initial_centroids, max_iters=10):
    K, idx = len(initial_centroids), None
    centroids = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = ((X[:, None] - centroids) ** 2).sum(-1).argmin(1)
        for j in range(K):
            if (idx == j).any():
                centroids[j] = X[idx == j].mean(0)
    return centroids, idx


@right("kmeans", "class", "attributes", "own-start", "no-init", "k-not-checked", name="KMeans")
class PredictDoesAll:
    def __init__(self, K=5, max_iters=100, plot_steps=False):
        self.K, self.max_iters = K, max_iters
        self.centroids = []

    def predict(self, X):
        start = X[np.random.choice(len(X), self.K, replace=len(X) < self.K)]
        self.centroids, labels = unchecked(X, self.K, start, self.max_iters)
        return labels


@right("kmeans", "own-start", "no-init", "k-not-checked", "returns-labels")
def labels_alone(data, num_clusters, distance=None, seed=3):
    return unchecked(
        data,
        num_clusters,
        data[np.random.RandomState(seed).choice(len(data), num_clusters, replace=len(data) < num_clusters)],
    )[1]


@right("kmeans", "first-points", "no-init", "k-not-checked")
def first_points(points, n_clusters, n_iter=50):
    start = points[np.arange(n_clusters) % len(points)].astype(float)
    return unchecked(points, n_clusters, start, n_iter)
