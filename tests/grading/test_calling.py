"""The parts of calling: what names mean, which function is meant, what strange results are read as."""

import warnings
from contextlib import suppress

import numpy as np
import pytest

from cv_quiz import drills
from cv_quiz.grading.calling import READERS
from cv_quiz.grading.calling.candidates import can_be_filled, candidates
from cv_quiz.grading.calling.catalogue import CATALOGUE
from cv_quiz.grading.calling.layout import Layout
from cv_quiz.grading.calling.names import bind
from cv_quiz.grading.calling.reading import Unreadable, View
from cv_quiz.grading.calling.targets import Target, find_targets, near_misses
from cv_quiz.grading.exchange import Function, Parameter, Reply
from cv_quiz.grading.fit import oracle_for

EVERY = ("nms", "soft_nms", "iou", "iou_matrix", "kmeans")


def function(name, text="", *calls, owner="", line=1):
    split = [part.strip().partition("=") for part in text.split(",") if part.strip()]
    parameters = tuple(Parameter(part, "positional", default) for part, _, default in split)
    return Function(name, parameters, line, owner, calls=calls)


def roles(drill, text):
    return " ".join(slot.role for slot in bind(drills.load(drill), function("f", text).parameters))


@pytest.mark.parametrize(
    ("drill", "text", "meant"),
    [
        ("nms", "box_scores, iou_threshold, candidate_size=200", "boxes iou_threshold optional:max_output"),
        ("nms", "boxes, scores, max_det=10, top_k=5", "boxes scores optional:max_output optional:max_output"),
        ("nms", "框, 置信度, 阈值", "boxes scores iou_threshold"),
        ("nms", "boxes, scores, iou_threshold, img_w, img_h", "boxes scores iou_threshold image_side image_side"),
        ("nms", "image_shape, boxes, scores, thr", "image_shape boxes scores iou_threshold"),
        ("kmeans", "X, k, centroids=3", "points k"),
        ("kmeans", "data, random_centers, k", "points init k"),
        ("kmeans", "X, k, init_method='random'", "points k optional:start_method"),
        ("kmeans", "X, k, init_idx=None, random_seed=0", "points k optional:start_method optional:seed"),
        ("kmeans", "X, n", "points k"),
        ("kmeans", "n, k, m, X", "point_count k point_size points"),
        ("iou", "first, second, img_size", "box_a box_b image_shape"),
        ("iou", "self, first, second", "owner box_a box_b"),
        ("nms", "img, bbox, score, threshold", "image boxes scores iou_threshold"),
        ("nms", "bboxes, iou_threshold, threshold", "boxes iou_threshold score_floor"),
        ("kmeans", "values, k, max_iter", "points k max_iter"),
        ("kmeans", "X, k, metric", "points k metric"),
        ("kmeans", "X, k, converge_limit=30", "points k optional:max_iter"),
        ("kmeans", "X, k, converge_limit=0.01", "points k optional:tolerance"),
    ],
)
def test_names_and_defaults_say_what_a_parameter_means(drill, text, meant):
    assert roles(drill, text) == meant


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("b, s, thresh", 1),
        ("b, s, thresh=0.5", 1),
        ("b, s, thresh=1", 1),
        ("b, s, thresh=50", 100),
        ("b, s, iou_pct", 100),
    ],
)
def test_a_threshold_above_one_is_in_percent(text, factor):
    assert bind(drills.load("nms"), function("f", text).parameters)[2].factor == factor


def test_short_names_stand_in_the_order_of_the_contract():
    target = Target(function("kmeans", "P, k, init=None"))
    filled = [[slot.role for slot in layout.slots] for layout in candidates(drills.load("kmeans"), target)]
    assert ["points", "k", "init"] in filled


def test_a_name_that_contradicts_the_order_is_believed():
    target = Target(function("nms", "dets, thresh"))
    filled = {tuple(slot.role for slot in layout.slots) for layout in candidates(drills.load("nms"), target)}
    assert filled == {("boxes", "iou_threshold")}


def test_a_required_parameter_that_nothing_can_fill():
    assert not can_be_filled(drills.load("iou"), Target(function("iou", "truth, found, files, limit")))


@pytest.mark.parametrize("drill", EVERY)
def test_all_that_is_adapted_has_words(drill):
    texts = (
        "a, b, c, d",
        "boxes, scores, thr=50",
        "dets, thresh",
        "X, k, max_iter=9",
        "a, b",
        "predictions, iou_thres",
    )
    for text in texts:
        for layout in candidates(drills.load(drill), Target(function(drill, text))):
            assert set(layout.adapted) <= set(CATALOGUE)
    for reader in READERS[drills.load(drill).gives]:
        assert set(reader.adapted) <= set(CATALOGUE)


def names(drill, *functions, asked=True):
    return [target.label for target in find_targets(drills.load(drill), functions, asked=asked)]


def test_a_wrapper_that_cannot_be_called_leaves_its_helper():
    helper, wrapper = function("bb_iou", "a, b"), function("box_iou", "truth, found, files", "bb_iou")
    assert names("iou", helper, wrapper) == ["bb_iou"]


def test_the_drills_own_name_stands_for_its_callers_where_the_drill_is_asked_for():
    nms, outer = function("nms", "boxes, scores, thr"), function("multiclass_nms", "boxes, scores, ids, thr", "nms")
    assert names("nms", nms, outer) == ["nms"]
    assert names("nms", nms, outer, asked=False) == ["multiclass_nms"]


def test_the_only_function_with_the_drills_parameters_is_meant():
    found = function("solve", "boxes, scores, iou_threshold"), function("draw", "image, colour")
    assert names("nms", *found) == ["solve"]


def test_the_only_method_that_no_other_calls_is_meant():
    found = function("area", "self, box", owner="Boxes"), function("ratio", "self, a, b", "area", owner="Boxes")
    assert names("iou", *found) == ["Boxes.ratio"]


def test_a_name_in_two_scripts_is_two_words():
    assert names("iou", function("计算IoU", "a, b"), function("主程序"), asked=False) == ["计算IoU"]


@pytest.mark.parametrize(
    ("drill", "found", "near"),
    [
        ("nms", [function("area", "box"), function("nsm", "a, b, c")], ("nsm",)),
        ("nms", [function("area", "box"), function("f", "boxes, scores, thr", "area")], ("f",)),
        ("kmeans", [function("cluster_points_k", "X, k"), function("assign", "X, centroids")], ("cluster_points_k",)),
        ("iou", [function("main"), function("test_iuo", "a, b"), function("g", "box1, box2")], ("g",)),
        ("kmeans", [function("kmaens", "X, k"), function("other", "data, n_clusters")], ("kmaens", "other")),
        ("nms", [function("helper", "boxes, scores, thr"), function("run", "path", "helper")], ()),
    ],
)
def test_near_misses(drill, found, near):
    assert near_misses(drills.load(drill), found) == near


HUGE = (float("nan"), float("inf"), -float("inf"), 1e308, -1e308, 1e19)


@pytest.mark.parametrize("drill", EVERY)
def test_no_result_makes_a_reader_warn(drill):
    case = next(case for case in oracle_for(drills.load(drill), 0).cases if len(next(iter(case.inputs.values()))) > 2)
    count = len(next(iter(case.inputs.values())))
    values = [value for number in HUGE for value in strange(number, count)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for value in values:
            reply = Reply("ok", value, arguments_after=tuple(case.inputs.values()))
            for reader in READERS[drills.load(drill).gives]:
                with suppress(Unreadable, ValueError, TypeError, IndexError, OverflowError):
                    reader.read(value, View(reply, case.inputs, Layout("f")))


def strange(number, count):
    flat, table = np.full(count, number), np.full((count, 4), number)
    centroids = np.full((2, 2), number)
    yield from (number, np.float64(number), flat, flat.tolist(), table, np.full((count, 5), number))
    yield from ((table, flat), (flat, flat), (centroids, flat), (flat, centroids), (centroids, flat, number))
    yield from (
        [(row, number) for row in table],
        {"boxes": table, "scores": flat},
        (centroids, np.full((count, 2), number)),
    )


@pytest.mark.parametrize("value", [[0.0, float("nan")], [0.0, 2.0**60], [0.5, 1.0]])
def test_floats_that_are_no_integers_are_no_indices(value):
    inputs = {"boxes": np.zeros((2, 4)), "scores": np.array([0.9, 0.8]), "iou_threshold": 0.5}
    reader = next(reader for reader in READERS["indices"] if reader.fault == "float-indices")
    with pytest.raises(Unreadable):
        reader.read(np.array(value), View(Reply("ok"), inputs, Layout("f")))


def test_limits_left_alone_are_no_longer_given():
    lifted = next(
        layout
        for layout in candidates(drills.load("nms"), Target(function("nms", "dets, thresh, score_thresh=0.5")))
        if "limits-lifted" in layout.adapted
    )
    assert "score_floor" in {slot.role for slot in lifted.slots}
    assert "score_floor" not in {slot.role for slot in lifted.unlifted.slots}
    assert "limits-lifted" not in lifted.unlifted.adapted


def test_an_image_is_black_and_holds_the_boxes_as_far_as_it_can_be_sent():
    layout = Layout("f", slots=bind(drills.load("nms"), function("f", "img, boxes, scores, thr").parameters))
    inputs = {"boxes": np.array([[0, 0, 30.5, 9000.0]]), "scores": np.array([0.5]), "iou_threshold": 0.5}
    image = layout.call(inputs).args[0]
    assert image.shape == (512, 31, 3)
    assert not image.any()
