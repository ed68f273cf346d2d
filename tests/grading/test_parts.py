"""The judge's parts: names, comparison, the growth of time."""

import numpy as np
import pytest

from cv_quiz import drills
from cv_quiz.comparison import Clusters, Kept, Picked, Tolerance, close, same
from cv_quiz.grading.calling.names import bind
from cv_quiz.grading.calling.targets import find_targets, near_misses
from cv_quiz.grading.exchange import Failure, Function, Parameter
from cv_quiz.grading.failures import diagnose_failure
from tests.grading.judging import judge

TOLERANCE = Tolerance()


def parameters(text):
    split = [part.strip().partition("=") for part in text.split(",")]
    return [Parameter(name, "positional", default) for name, _, default in split]


@pytest.mark.parametrize(
    ("drill", "text", "roles"),
    [
        ("nms", "boxes, scores, iou_threshold", "boxes scores iou_threshold"),
        ("nms", "dets, thresh", "boxes iou_threshold"),
        ("nms", "bboxes, confidences, score_thr, nms_thr", "boxes scores score_floor iou_threshold"),
        ("nms", "x1, y1, x2, y2, s, t", "x1 y1 x2 y2 scores iou_threshold"),
        ("nms", "a, b, c", "boxes scores iou_threshold"),
        ("nms", "P, thresh_iou=0.5", "boxes iou_threshold"),
        ("nms", "boxes, overlapThresh=0.3, probs=None", "boxes iou_threshold scores"),
        ("nms", "boxes, scores, thr=0.5, top_k=200", "boxes scores iou_threshold optional:max_output"),
        (
            "soft_nms",
            "dets, sigma=0.5, thresh=0.001, Nt=0.3, method=2",
            "boxes sigma score_threshold optional:nt optional:method",
        ),
        ("soft_nms", "boxes, scores, iou_thresh, sigma, score_thresh", "boxes scores nt sigma score_threshold"),
        ("soft_nms", "boxes, scores, sigma, threshold", "boxes scores sigma score_threshold"),
        ("iou", "p, q", "box_a box_b"),
        ("iou", "a, b, c, d, e, f, g, h", "number0 number1 number2 number3 number4 number5 number6 number7"),
        ("kmeans", "X, K, max_iters=100", "points k optional:max_iter"),
        ("kmeans", "data, n_clusters, init_centroids, tol=1e-4", "points k init optional:tolerance"),
        ("kmeans", "X, initial_centroids, max_iters", "points init max_iter"),
        ("kmeans", "points, k, init=None", "points k init"),
    ],
)
def test_what_parameters_mean(drill, text, roles):
    assert " ".join(slot.role for slot in bind(drills.load(drill), parameters(text))) == roles


def functions(*names, calls=()):
    return [Function(name, (), line, calls=calls if name == "nms" else ()) for line, name in enumerate(names)]


@pytest.mark.parametrize(
    ("drill", "names", "found"),
    [
        ("nms", ["py_cpu_nms", "main"], ["py_cpu_nms"]),
        ("nms", ["nms", "soft_nms"], ["nms"]),
        ("nms", ["my_nms_v7"], ["my_nms_v7"]),
        ("soft_nms", ["nms", "soft_nms_gauss"], ["soft_nms_gauss"]),
        ("iou", ["bb_intersection_over_union"], ["bb_intersection_over_union"]),
        ("iou_matrix", ["pairwise_iou"], ["pairwise_iou"]),
        ("kmeans", ["k_means"], ["k_means"]),
        ("kmeans", ["plot_kmeans"], []),
    ],
)
def test_functions_are_found_by_name(drill, names, found):
    targets = find_targets(drills.load(drill), functions(*names), asked=False)
    assert [target.label for target in targets] == found


def test_a_wrapper_stands_for_the_function_it_calls():
    targets = find_targets(drills.load("nms"), functions("nms", "py_cpu_nms", calls=("py_cpu_nms",)), asked=False)
    assert [target.label for target in targets] == ["nms"]


def test_near_misses():
    assert near_misses(drills.load("kmeans"), functions("kmeens", "foo")) == ("kmeens",)


def test_nan_is_no_wildcard():
    assert not close(0.5, float("nan"), TOLERANCE)
    assert close(float("nan"), float("nan"), TOLERANCE)
    assert not close(1.0, float("inf"), TOLERANCE)
    assert close(np.array([0.0, np.nan]), np.array([0.0, np.nan]), TOLERANCE)


def test_shapes_have_to_agree():
    assert not close(np.zeros((3, 1)), np.zeros(3), TOLERANCE)
    assert not same(0.0, Kept(()), TOLERANCE)


def test_order_counts_unless_there_is_none():
    assert not same(Kept((0, 1)), Kept((1, 0)), TOLERANCE)
    assert same(Kept((0, 1)), Kept((1, 0), ordered=False), TOLERANCE)
    assert same(Picked((0, 1), (0.9, 0.8)), Picked((1, 0), (0.8, 0.9), ordered=False), TOLERANCE)
    assert not same(Picked((0, 1), (0.9, 0.8)), Picked((0, 1), (0.9, 0.7)), TOLERANCE)


def test_a_part_that_was_not_returned_is_not_compared():
    whole = Clusters(np.zeros((2, 2)), (0, 1))
    assert same(whole, Clusters(None, (0, 1)), TOLERANCE)
    assert not same(whole, Clusters(None, (1, 0)), TOLERANCE)


def test_other_mistakes_of_strict_mode_are_added():
    def wide_and_unclamped(boxes, scores, t):
        """boxes: x, y, w, h"""
        keep = []
        for i in np.argsort(-scores):
            if all(overlap(boxes[i], boxes[j]) <= t for j in keep):
                keep.append(int(i))
        return sorted(keep)

    def overlap(a, b):
        w, h = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]), min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
        union = a[2] * a[3] + b[2] * b[3] - w * h
        return w * h / union if union else 0

    found = [item.id for item in judge("nms", wide_and_unclamped, strict=True).diagnosis]
    assert found[0] == "no-clamp"
    assert {"xywh", "ascending-indices"} <= set(found)


@pytest.mark.parametrize(
    ("message", "diagnosis", "said"),
    [
        ("module 'numpy' has no attribute 'maximun'", "unknown-numpy-name", "NumPy has no np.maximun (line 3); is np.maximum meant?"),
        ("module 'numpy' has no attribute 'qqqqq'", "unknown-numpy-name", "NumPy has no np.qqqqq (line 3)"),
        ("module 'numpy' has no attribute 'float'.\n`np.float` was a deprecated alias", "needs-older-numpy", "np.float is gone from today's NumPy (line 3)"),
    ],
)  # fmt: skip
def test_names_that_numpy_never_had_are_told_apart_from_those_it_lost(message, diagnosis, said):
    found = diagnose_failure(Failure("AttributeError", message, 3))
    assert (found.id, found.message.en) == (diagnosis, said)
