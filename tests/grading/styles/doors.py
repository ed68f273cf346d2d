# ruff: noqa
# mypy: ignore-errors
"""Wrong functions whose answers a lenient reading could take for right ones."""

import numpy as np

from tests.grading.styles import Expected, Styles
from tests.grading.styles.iou import plain
from tests.grading.styles.kmeans import assign, unchecked
from tests.grading.styles.nms_right import pair, textbook
from tests.grading.styles.soft_nms import ious, soft

STYLES = Styles("")


def wrong(drill, diagnosis="", verdict="wrong-answer", name=""):
    def note(function):
        STYLES.collected.append(Expected(drill, function, verdict, diagnosis=diagnosis, name=name or drill))
        return function

    return note


# Labels alone, from a start of its own


@wrong("kmeans")
def all_in_one_cluster(X, k):
    return [0] * len(X)


@wrong("kmeans")
def one_cluster_and_centroids_of_nan(X, k):
    return np.vstack([X.mean(axis=0), np.full((k - 1, X.shape[1]), np.nan)]), np.zeros(len(X), dtype=int)


@wrong("kmeans")
def one_round_of_labels(X, k):
    return assign(X, X[:k])


@wrong("kmeans")
def slices_by_the_first_coordinate(X, k):
    labels = np.zeros(len(X), dtype=int)
    labels[np.argsort(X[:, 0])] = np.arange(len(X)) * k // len(X)
    return labels


@wrong("kmeans")
def memberships_of_several(X, k, init):
    centroids, labels = unchecked(X, k, init)
    return centroids, (np.arange(k) <= labels[:, None]) * 1


@wrong("kmeans")
def groups_that_overlap(X, k, init):
    centroids, labels = unchecked(X, k, init)
    return centroids, [[i for i in range(len(X)) if labels[i] >= j] for j in range(k)]


@wrong("kmeans", verdict="runtime-error")
def truth_of_an_array(points, k, init=None):
    centroids = init or points[:k]
    return unchecked(points, k, centroids)


@wrong("kmeans", verdict="runtime-error")
def centroids_compared_with_a_word(X, k, centroids=None):
    if centroids is None:
        centroids = X[:k]
    elif centroids == "kmeans++":
        centroids = X[:k]
    return unchecked(X, k, centroids)


@wrong("kmeans", name="KMeans")
class PredictsTheFarthest:
    def __init__(self, k):
        self.k = k

    def fit(self, X):
        self.centroids, self.labels = unchecked(X, self.k, X[: self.k])

    def predict(self, X):
        return ((X[:, None] - self.centroids) ** 2).sum(-1).argmax(1)


@wrong("kmeans", "init-ignored")
def never_looks_at_its_start(X, k, init="random"):
    return unchecked(X, k, X[:k])


# Scores


@wrong("soft_nms", "threshold-ignored")
def all_scores_whatever_the_threshold(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, -1)
    full = np.zeros(len(scores))
    full[i] = s
    return full


@wrong("soft_nms")
def rows_and_indices_that_disagree(dets, sigma=0.5, thresh=0.001):
    i, s = soft(dets[:, :4], dets[:, 4], sigma, thresh)
    return np.column_stack([dets[i, :4], s]), np.array(sorted(i), dtype=int)


@wrong("soft_nms", "original-scores-returned")
def originals_before_the_decayed(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    return i, [scores[j] for j in i], s


@wrong("soft_nms", "original-scores-returned")
def dict_of_originals(boxes, scores, sigma, score_threshold):
    return {i: scores[i] for i in soft(boxes, scores, sigma, score_threshold)[0]}


@wrong("soft_nms")
def right_boxes_wrong_scores(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    return np.asarray(boxes)[i], np.sort(scores)[::-1][: len(i)]


# Boxes, masks, groups


@wrong("nms")
def kept_and_padded(boxes, scores, iou_threshold):
    keep = textbook(boxes, scores, iou_threshold)
    return keep + [0] * (len(boxes) - len(keep))


@wrong("nms")
def counted_from_the_end(boxes, scores, iou_threshold):
    return [i - len(boxes) for i in textbook(boxes, scores, iou_threshold)]


@wrong("nms")
def order_first_then_the_kept(boxes, scores, iou_threshold):
    return np.argsort(-scores), textbook(boxes, scores, iou_threshold)


@wrong("nms")
def the_worse_of_the_boxes(boxes, scores, iou_threshold):
    return np.asarray(boxes)[textbook(boxes, -scores, iou_threshold)]


@wrong("nms")
def boxes_without_their_twins(boxes, scores, iou_threshold):
    return np.unique(np.asarray(boxes)[textbook(boxes, scores, iou_threshold)], axis=0)


@wrong("nms")
def boxes_with_others_scores(boxes, scores, iou_threshold):
    keep = textbook(boxes, scores, iou_threshold)
    return np.asarray(boxes)[keep], np.sort(scores)[::-1][: len(keep)]


@wrong("nms")
def one_group_for_each_kept_box(boxes, scores, iou_threshold):
    keep = textbook(boxes, scores, iou_threshold)
    return {k: [j for j in range(len(boxes)) if pair(boxes[k], boxes[j]) > iou_threshold] for k in keep}


@wrong("nms")
def mask_of_the_suppressed(boxes, scores, iou_threshold):
    mask = np.ones(len(boxes), dtype=bool)
    mask[textbook(boxes, scores, iou_threshold)] = False
    return mask


@wrong("nms")
def mask_in_the_order_of_scores(boxes, scores, iou_threshold):
    keep = set(textbook(boxes, scores, iou_threshold))
    return [int(i) in keep for i in np.argsort(-scores, kind="stable")]


@wrong("nms")
def percent_by_mistake(boxes, scores, iou_threshold=0.5):
    return textbook(boxes, scores, iou_threshold / 100)


@wrong("nms")
def scores_as_the_threshold(boxes, scores, iou_threshold):
    return [i for i in range(len(boxes)) if scores[i] > iou_threshold]


# Two boxes


@wrong("iou")
def corners_swapped(a, b):
    """Overlap of two boxes, each (x1, y1, x2, y2)."""
    return plain((a[2], a[3], a[0], a[1]), (b[2], b[3], b[0], b[1]))


@wrong("iou")
def corners_swapped_without_a_word(a, b):
    return plain((a[2], a[3], a[0], a[1]), (b[2], b[3], b[0], b[1]))


@wrong("iou")
def sides_for_one_of_them(a, b):
    return plain(a, (b[0], b[1], b[0] + b[2], b[1] + b[3]))


@wrong("iou")
def intersection_first(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    return w * h, plain(a, b)


@wrong("iou", verdict="runtime-error")
def objects_with_attributes(box1, box2):
    return plain((box1.x1, box1.y1, box1.x2, box1.y2), (box2.x1, box2.y1, box2.x2, box2.y2))
