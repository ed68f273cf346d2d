# ruff: noqa
# mypy: ignore-errors
"""Ways in which right functions want to be called, and in which they answer."""

import numpy as np

from tests.grading.styles import Expected, Styles
from tests.grading.styles.iou import plain
from tests.grading.styles.iou_matrix import loops
from tests.grading.styles.kmeans import assign, unchecked
from tests.grading.styles.nms_right import textbook
from tests.grading.styles.soft_nms import ious, soft

STYLES = Styles("")


def right(drill, *said, name=""):
    def note(function):
        STYLES.collected.append(Expected(drill, function, "accepted", frozenset(said), name=name or drill))
        return function

    return note


def corners(boxes):
    boxes = np.asarray(boxes, dtype=float).reshape(-1, 4)
    return np.concatenate([boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2], axis=1)


# Two boxes and tables of boxes


@right("iou", "class", name="IoUMetric")
class CalledInstance:
    def __init__(self, eps=0.0):
        self.seen = []

    def __call__(self, pred, gt):
        self.seen.append(plain(pred, gt))
        return self.seen[-1]

    def mean(self):
        return sum(self.seen) / len(self.seen)


@right("iou", "class", name="Overlap")
class OnePublicMethod:
    @staticmethod
    def ratio(box1, box2):
        return plain(box1, box2)

    def _unused(self):
        return None


@right("iou")
def by_name_only(*, box_a, box_b):
    return plain(box_a, box_b)


@right("iou")
def of_stars(*boxes):
    return plain(*boxes)


@right("iou", "returns-dict")
def in_a_dict(a, b):
    return {"iou": plain(a, b), "boxes": 2}


@right("iou", "x2y2x1y1")
def far_corner_first(a, b):
    """Boxes are (x2, y2, x1, y1)."""
    return plain((a[2], a[3], a[0], a[1]), (b[2], b[3], b[0], b[1]))


@right("iou", "extra-arguments")
def told_the_size_of_the_image(box1, box2, img_w, img_h):
    clipped = [np.clip(box, [-img_w, -img_h] * 2, [img_w, img_h] * 2) for box in (box1, box2)]
    return plain(*clipped)


@right("iou", "extra-arguments")
def normalised_boxes(box1, box2, image_shape):
    h, w = image_shape
    return plain(np.array(box1) * [w, h, w, h], np.array(box2) * [w, h, w, h])


@right("iou_matrix", "turned")
def columns(A, B):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    assert A.shape[0] == B.shape[0] == 4
    return loops(A.T, B.T)


@right("iou_matrix", "batch")
def batch_of_one(boxes1, boxes2):
    batch, n, four = boxes1.shape
    return np.stack([loops(boxes1[0], boxes2[0])])


# Suppression


@right("nms", "turned", "dets")
def rows_of_coordinates(dets, thresh):
    x1, y1, x2, y2, s = dets
    return textbook(np.stack([x1, y1, x2, y2], axis=1), s, thresh)


@right("nms", "threshold-in-percent")
def in_percent(boxes, scores, overlap_threshold=50):
    return textbook(boxes, scores, overlap_threshold / 100)


@right("nms", "threshold-in-percent")
def percent_by_name(boxes, scores, iou_percent):
    return textbook(boxes, scores, iou_percent / 100)


@right("nms", "extra-arguments")
def class_ids_required(boxes, scores, class_ids, iou_threshold):
    keep = []
    for c in np.unique(class_ids):
        at = np.where(class_ids == c)[0]
        keep += [int(at[k]) for k in textbook(boxes[at], scores[at], iou_threshold)]
    return keep


@right("nms", "batch", "returns-per-class")
def batches(boxes, scores, iou_threshold):
    assert boxes.ndim == 3 and scores.ndim == 2
    return [textbook(b, s, iou_threshold) for b, s in zip(boxes, scores)]


@right("nms", "list-of-one", "returns-per-class", "extra-arguments")
def one_list_per_model(boxes, scores, labels, iou_thr=0.5):
    assert isinstance(boxes, list) and len(labels[0]) == len(scores[0])
    return [textbook(b, s, iou_thr) for b, s in zip(boxes, scores)]


@right(
    "nms",
    "prediction",
    "cxcywh",
    "score-threshold-0.25",
    "returns-per-class",
    "returns-rows",
    name="non_max_suppression",
)
def yolo_v5(prediction, conf_thres=0.25, iou_thres=0.45, agnostic=False):
    """Gives for each image a table of x1, y1, x2, y2, confidence, class."""
    output = [None] * prediction.shape[0]
    for at, x in enumerate(prediction):
        x = x[x[:, 4] > conf_thres]
        x[:, 5:] *= x[:, 4:5]
        if not len(x):
            continue
        boxes, confidence = corners(x[:, :4]), x[:, 5:].max(1)
        table = np.column_stack([boxes, confidence, x[:, 5:].argmax(1)])
        output[at] = table[textbook(boxes, confidence, iou_thres)]
    return output


@right("nms", "prediction-columns", "cxcywh", "score-threshold-0.25", name="nms_yolov8")
def yolo_v8(outputs, conf_thres=0.25, iou_thres=0.5):
    rows = np.squeeze(outputs, axis=0).T
    assert rows.shape[1] == 5
    good = np.where(rows[:, 4:].max(axis=1) >= conf_thres)[0]
    return [int(good[k]) for k in textbook(corners(rows[good, :4]), rows[good, 4], iou_thres)]


@right("nms", "limits-lifted", "dets", "returns-rows")
def at_most_so_many_candidates(box_scores, iou_threshold, top_k=-1, candidate_size=20):
    order = np.argsort(-box_scores[:, -1], kind="stable")[:candidate_size]
    rest = box_scores[order]
    return rest[textbook(rest[:, :4], rest[:, 4], iou_threshold)]


@right("nms")
def words_of_another_language(框, 得分, 阈值):
    return textbook(框, 得分, 阈值)


@right("nms")
def keywords_only(*, boxes, scores, iou_threshold=0.5):
    return textbook(boxes, scores, iou_threshold)


@right("nms", "class", name="NonMaxSuppression")
class MadeWithItsThreshold:
    def __init__(self, t):
        self.t = t

    def __call__(self, b, s):
        return textbook(b, s, self.t)


@right("soft_nms", "detection-dicts", "returns-rows")
def dicts_in_and_out(detections, sigma=0.5, score_threshold=0.001):
    boxes, scores = [d["bbox"] for d in detections], [d["score"] for d in detections]
    return [dict(detections[i], score=s) for i, s in zip(*soft(boxes, scores, sigma, score_threshold))]


@right("soft_nms", "returns-dict")
def score_of_each_index(boxes, scores, sigma, score_threshold):
    return dict(zip(*soft(boxes, scores, sigma, score_threshold)))


@right("soft_nms", "dets", "returns-rows-and-indices")
def rows_and_their_indices(dets, sigma=0.5, thresh=0.001):
    i, s = soft(dets[:, :4], dets[:, 4], sigma, thresh)
    return np.column_stack([dets[i, :4], s]), np.array(i, dtype=int)


@right("soft_nms", "extra-arguments", "argument-order", "method-given")
def numbered_method(boxes, scores, iou_thr, score_threshold, sigma=0.5, method=1):
    weight = {1: lambda o: 1 - o * o, 2: lambda o: np.exp(-(o**2) / sigma)}[method]
    return soft(boxes, scores, sigma, score_threshold, weight)


# K-means


@right("kmeans", "turned", "k-not-checked")
def features_in_rows(X, k, init):
    centroids, labels = unchecked(X.T, k, init.T)
    return centroids.T, labels


@right("kmeans", "k-not-checked")
def letters(P, k, init=None):
    return unchecked(P, k, P[:k] if init is None else init)


@right("kmeans", "k-not-checked")
def points_and_their_number(A, n, c):
    return unchecked(A, n, c)


@right(
    "kmeans",
    "own-start",
    "no-init",
    "k-not-checked",
    "argument-order",
    "extra-arguments",
    "returns-more",
    "returns-memberships",
)
def membership_table(n, k, m, X, max_iter):
    assert X.shape == (n, m)
    start = X[np.random.choice(n, k, replace=n < k)]
    centroids, labels = unchecked(X, k, start, max_iter)
    return centroids, np.eye(k)[labels], 7


@right("kmeans", "own-start", "no-init", "k-not-checked")
def start_by_name(X, k, init="random"):
    if init not in ("random", "first"):
        raise ValueError(init)
    return unchecked(X, k, X[np.random.choice(len(X), k, replace=len(X) < k)])


@right("kmeans", "k-not-checked")
def word_or_array(X, k, init="random"):
    if isinstance(init, str):
        init = X[np.random.choice(len(X), k, replace=len(X) < k)]
    return unchecked(X, k, init)


@right("kmeans", "own-start", "no-init", "k-not-checked", "extra-arguments")
def method_of_starting(X, k, init_method):
    if init_method == "random":
        return unchecked(X, k, X[np.random.choice(len(X), k, replace=len(X) < k)])
    raise ValueError(init_method)


@right("kmeans", "own-start", "no-init", "k-not-checked", "returns-more", "returns-assessment")
def label_and_distance(data, k):
    centroids, labels = unchecked(data, k, data[np.random.choice(len(data), k, replace=len(data) < k)])
    return centroids, np.column_stack([labels, ((data - centroids[labels]) ** 2).sum(1)]), "done"


@right("kmeans", "class", "attributes", "own-start", "no-init", "k-not-checked", name="KMeans")
class FitThenPredict:
    def __init__(self, n_clusters=8):
        self.n_clusters = n_clusters

    def fit(self, X, y=None):
        start = X[np.random.choice(len(X), self.n_clusters, replace=len(X) < self.n_clusters)]
        self.cluster_centers_, _ = unchecked(X, self.n_clusters, start)
        return self

    def predict(self, X):
        return assign(X, self.cluster_centers_)


@right("nms", "argument-order", "extra-arguments", "returns-boxes-and-scores")
def classes_scores_boxes(classes, scores, bboxes, nms_threshold=0.45):
    keep = textbook(bboxes, scores, nms_threshold)
    return classes[keep], scores[keep], bboxes[keep]


# What has nothing to do with the drill, and what was taken out of its surroundings


@right("nms", "extra-arguments", "returns-boxes-and-scores")
def beside_its_image(img, boxes, confidences, thresh):
    assert img.ndim == 3
    keep = textbook(boxes, confidences, thresh)
    return [boxes[i] for i in keep], [confidences[i] for i in keep]


@right("soft_nms", "extra-arguments")
def out_of_its_class(self, boxes, scores, sigma=0.5, score_thr=0.001):
    return soft(boxes, scores, sigma, score_thr)


@right("iou", "named-dicts")
def of_named_sides(first, second):
    ends = [(b["left"], b["top"], b["left"] + b["width"], b["top"] + b["height"]) for b in (first, second)]
    return plain(*ends)


@right("iou", "named-dicts", "cxcywh")
def of_named_centres(first, second):
    """x and y are the centre (cx, cy)."""
    return plain(*corners([[b["x"], b["y"], b["w"], b["h"]] for b in (first, second)]))


@right("soft_nms", "detection-dicts", "returns-rows")
def decays_the_confidence(detections, sigma=0.5, conf_threshold=0.001):
    picked = soft([d["bbox"] for d in detections], [d["confidence"] for d in detections], sigma, conf_threshold)
    return [detections[i] | {"confidence": s} for i, s in zip(*picked)]


@right("kmeans", "class", "attributes", "first-points", "no-init", "k-not-checked", name="KMeans")
class Trained:
    def __init__(self, num_clusters):
        self.num_clusters, self.distance = num_clusters, None

    def train(self, data, rounds=100):
        self.distance = lambda a, b: ((a - b) ** 2).sum(-1)
        start = data[np.arange(self.num_clusters) % len(data)].astype(float)
        self.centroids = unchecked(data, self.num_clusters, start, rounds)[0]

    def predict(self, data):
        return self.distance(data[:, None], self.centroids).argmin(1)


@right("kmeans", "extra-arguments", "first-points", "no-init", "k-not-checked")
def with_rounds_in_place_of_a_start(dados, k, max_iter):
    return unchecked(dados, k, dados[np.arange(k) % len(dados)].astype(float), max_iter)


@right("kmeans", "extra-arguments", "first-points", "no-init", "k-not-checked")
def with_a_choice_of_distance(data, k, metric):
    if metric != "l2":
        raise ValueError(metric)
    return unchecked(data, k, data[np.arange(k) % len(data)].astype(float))
