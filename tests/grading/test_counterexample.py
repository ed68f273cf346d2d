"""The smallest counterexample: few rows, small whole numbers, and wrong for the reason that was diagnosed."""

import numpy as np
import pytest

from cv_quiz.grading.peculiar import peculiarities
from cv_quiz.grading.simpler import few_rows, narrower, one_row_less, plain_numbers, plain_scores, small_coordinates
from tests.grading.judging import judge


def keeps_all(boxes, scores, iou_threshold):
    return sorted(range(len(boxes)), key=lambda i: -scores[i])


def overlap(a, b, clamp=0.0):
    width, height = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), clamp)
    union = np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - width * height
    return width * height / union if union else 0.0


def greedy(boxes, scores, iou_threshold, clamp=0.0, above=False):
    keep = []
    for i in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        ious = [overlap(boxes[i], boxes[j], clamp) for j in keep]
        if not any(iou > iou_threshold or (above and iou == iou_threshold) for iou in ious):
            keep.append(i)
    return keep


def example(drill, function, **options):
    return judge(drill, function, counterexample=True, **options).counterexample


def coordinates(found):
    names = [name for name in found.inputs if name.startswith(("box", "points", "init"))]
    return np.concatenate([found.inputs[name].ravel() for name in names])


def test_two_boxes_of_small_whole_numbers_are_enough():
    found = example("nms", keeps_all)
    assert len(found.inputs["boxes"]) == 2
    assert sorted(found.inputs["scores"]) == [0.8, 0.9]
    assert found.inputs["iou_threshold"] in (0.4, 0.5)
    assert (coordinates(found) == np.round(coordinates(found))).all()
    assert 0 <= coordinates(found).min() <= coordinates(found).max() <= 6
    assert len(found.right.indices) == 1
    assert sorted(found.given.indices) == [0, 1]
    assert "IoU" in found.step.en


def test_few_points_are_enough():
    def nothing_moves(points, k, init=None):
        if k > len(points):
            raise ValueError("k")
        return np.array(init, dtype=float), ((points[:, None] - init) ** 2).sum(-1).argmin(1)

    found = example("kmeans", nothing_moves)
    assert len(found.inputs["points"]) <= 3
    assert found.inputs["k"] == len(found.inputs["init"])
    assert (coordinates(found) == np.round(coordinates(found))).all()


def test_it_is_wrong_for_the_reason_that_is_named():
    """The mistake shows only where boxes lie apart on both axes: a crash on no boxes at all is another matter."""

    def two_faults(boxes, scores, iou_threshold):
        return [] if boxes[0] is None else greedy(boxes, scores, iou_threshold, clamp=-np.inf)

    judged = judge("nms", two_faults, counterexample=True)
    assert judged.diagnosis[0].id == "no-clamp"
    a, b = judged.counterexample.inputs["boxes"]
    assert (np.minimum(a[2:], b[2:]) < np.maximum(a[:2], b[:2])).all()


def test_a_crash_stays_the_same_crash():
    def picky(box_a, box_b):
        if box_a[0] < 0:
            raise KeyError("below zero")
        if box_a[2] == box_b[0]:
            raise IndexError("touching")
        return overlap(np.asarray(box_a), np.asarray(box_b))

    found = example("iou", picky)
    assert found.got.en.startswith(("raises KeyError", "raises IndexError"))
    kind = "below zero" if found.inputs["box_a"][0] < 0 else "touching"
    assert kind in found.got.zh


def test_it_does_not_slip_onto_the_threshold():
    """Suppressing at the threshold is a convention; the counterexample must show the mistake, not the convention."""

    def swapped(boxes, scores, iou_threshold):
        return greedy(boxes, -np.asarray(scores), iou_threshold, above=True)

    found = example("nms", swapped)
    ious = [overlap(a, b) for a in found.inputs["boxes"] for b in found.inputs["boxes"] if a is not b]
    assert all(abs(iou - found.inputs["iou_threshold"]) > 1e-6 for iou in ious)


def test_fractions_stay_where_they_are_what_goes_wrong():
    def cut(box_a, box_b):
        return overlap(np.trunc(box_a), np.trunc(box_b))

    found = example("iou", cut)
    assert (coordinates(found) != np.round(coordinates(found))).any()
    assert (coordinates(found) * 10 == np.round(coordinates(found) * 10)).all()


@pytest.mark.parametrize(
    ("inputs", "peculiar"),
    [
        ({"boxes": [[0, 0, 2, 2], [1, 1, 3, 3]], "scores": [0.9, 0.8]}, set()),
        ({"boxes": [[0, 0, 2, 2], [1, 1, 3, 3]], "scores": [0.8, 0.8]}, {"ties"}),
        ({"boxes": [[0, 0, 4, 4], [0, 0, 4, 2]], "scores": [0.9, 0.8], "iou_threshold": 0.5}, {"threshold", "nested"}),
        ({"boxes": [[0, 0, 3, 3], [0, 1, 3, 4]], "scores": [0.9, 0.8], "iou_threshold": 0.6}, {"threshold"}),
        (
            {"boxes": [[0, 0, 2, 0.5], [1, -1, 3, 300]], "scores": [0.9, 0.8]},
            {"fraction", "negative", "large-coordinates"},
        ),
        ({"box_a": [0, 0, 2, 2], "box_b": [2, 0, 3, 2]}, {"touching"}),
        ({"box_a": [0, 0, 2, 2], "box_b": [0, 0, 2, 2]}, {"duplicates", "nested"}),
        ({"box_a": [0, 0, 2, 0], "box_b": [5, 5, 6, 6]}, {"no-area", "touching"}),
        ({"points": [[0, 0], [4, 4]], "init": [[0, 1], [4, 3]], "k": 2}, set()),
        ({"points": [[0, 0], [4, 0]], "init": [[2, 0], [9, 9]], "k": 2}, {"empty-cluster"}),
        ({"points": [[0, 0], [2, 0]], "init": [[-1, 0], [1, 0]], "k": 2}, {"negative", "equal-distance"}),
        ({"points": [[0, 0]], "init": [[0, 0]], "k": 1}, {"one-cluster"}),
    ],
)
def test_peculiarities(inputs, peculiar):
    arrays = {
        name: np.array(value, dtype=float) if isinstance(value, list) else value for name, value in inputs.items()
    }
    assert peculiarities(arrays) == peculiar


BOXES = {
    "boxes": np.array([[10.5, 20, 14, 25], [11, 20, 14.5, 26], [40, 41, 47, 49.0]]),
    "scores": np.array([0.7, 0.91, 0.7]),
    "iou_threshold": 0.45,
}


def test_the_fewest_rows_come_first_and_rows_stay_together():
    found = list(few_rows([("boxes", "scores")], BOXES))
    assert [len(inputs["boxes"]) for inputs in found] == [1, 1, 1, 2, 2, 2]
    assert all(len(inputs["boxes"]) == len(inputs["scores"]) for inputs in found)
    assert next(one_row_less([("boxes", "scores")], BOXES))["scores"].tolist() == [0.7, 0.91]


def test_the_number_of_clusters_follows_the_start():
    inputs = {"points": np.zeros((4, 2)), "init": np.zeros((3, 2)), "k": 3}
    assert all(fewer["k"] == len(fewer["init"]) for fewer in few_rows([("points",), ("init",)], inputs))


def test_equal_scores_stay_equal():
    first = next(plain_scores(BOXES))
    assert first["scores"].tolist() == [0.8, 0.9, 0.8]
    assert [inputs["iou_threshold"] for inputs in plain_numbers(BOXES)] == [0.5]


def test_small_grids_come_first_and_keep_the_arrangement():
    sizes = [float(inputs["boxes"].max()) for inputs in small_coordinates(BOXES)]
    assert sizes[0] == 2
    assert all(inputs["boxes"].min() >= 0 for inputs in small_coordinates(BOXES))
    ranked = next(inputs for inputs in small_coordinates(BOXES) if inputs["boxes"].max() == 5)
    assert ranked["boxes"][2].tolist() == [4, 3, 5, 4]


def test_room_is_taken_away_one_by_one():
    wide = {"box_a": np.array([0.0, 0, 1, 1]), "box_b": np.array([9.0, 0, 10, 1])}
    assert any(inputs["box_b"].tolist() == [8, 0, 9, 1] for inputs in narrower(wide))
    assert list(narrower({"box_a": np.array([0.5, 0, 1, 1]), "box_b": np.array([9.0, 0, 10, 1])})) == []
