"""Pictures of counterexamples: what can be told from them without colours, and where they do not fit."""

import re

import numpy as np
import pytest

from cv_quiz.comparison import Clusters, Kept, Picked
from cv_quiz.grading.findings import Counterexample
from cv_quiz.language import Text
from cv_quiz.terminal.pictures import Canvas, draw

CANVAS = Canvas(70, len, False, "en")
NOTHING = Text("", "")


def found(inputs, right, given, **keywords):
    arrays = {
        name: np.array(value, dtype=float) if isinstance(value, list) else value for name, value in inputs.items()
    }
    return Counterexample("x", 0, arrays, NOTHING, NOTHING, right=right, given=given, keywords=keywords)


def picked(boxes, scores, right, given, limit=0.5, **keywords):
    inputs = {"boxes": boxes, "scores": scores, "iou_threshold": limit}
    return found(inputs, Kept(tuple(right)), Kept(tuple(given)), **keywords)


TWO = picked([[0, 0, 4, 4], [1, 0, 4, 4]], [0.8, 0.9], [1], [1, 0])


def test_a_box_that_has_to_go_is_dashed_and_one_that_stays_is_not():
    inside = draw(TWO, "boxes", CANVAS)[2]
    assert inside.index("╎") < inside.index("│") < inside.rindex("│")
    assert "dashed: boxes that have to go" in "\n".join(draw(TWO, "boxes", CANVAS))


def test_scores_overlap_and_threshold_stand_beside_the_boxes():
    text = "\n".join(draw(TWO, "boxes", CANVAS))
    assert "0.75 > 0.5 (1)  dropped   kept #2 !" in text
    assert "░" in text


def test_the_overlap_is_the_one_of_the_convention():
    pixels = picked([[0, 0, 3, 3], [0, 0, 3, 1]], [0.9, 0.8], [0], [0, 1], pixel=1.0, at_threshold=True)
    assert "0.5 >= 0.5 (0)" in "\n".join(draw(pixels, "boxes", CANVAS))


def test_labels_of_boxes_that_lie_on_each_other_are_all_there():
    same = [[0, 0, 4, 4]] * 4
    text = "\n".join(draw(picked(same, [0.9, 0.8, 0.7, 0.6], [0], [0, 1, 2, 3]), "boxes", CANVAS))
    assert all(f"{at}:0.{9 - at}" in text for at in range(4))


@pytest.mark.parametrize(
    "boxes", [[[3, 3, 3, 3], [0, 0, 0, 9]], [[0, 0, 1e6, 1], [0, 0, 1e-6, 1e6]], [[-5, -7, 0.5, 1]] * 2]
)
@pytest.mark.parametrize("width", [20, 34, 80])
def test_boxes_of_any_shape_fit(boxes, width):
    lines = draw(picked(boxes, [0.9, 0.8], [0, 1], [0]), "boxes", Canvas(width, len, False, "en"))
    assert lines
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize(
    "canvas",
    [Canvas(50, len, True, "en"), Canvas(50, lambda text: sum(2 if x in "─│┌┐└┘░" else 1 for x in text), False, "en")],
)
def test_ascii_where_it_is_asked_for_or_lines_are_wide(canvas):
    lines = draw(TWO, "boxes", canvas)
    assert any("+" in line for line in lines)
    assert any(":" in line and "|" in line for line in lines)
    assert "".join(lines).isascii()


def test_labels_do_not_run_into_each_other():
    wide = [[0, 0, 8, 8], [1, 0, 8, 8]]
    text = "\n".join(draw(picked(wide, [0.5, 0.875], [1], [1, 0]), "boxes", CANVAS))
    assert re.search(r"(^|[^\d.:])0(:0\.5)?($|[^\d.:])", text.partition("box  score")[0])
    assert "0.51:" not in text


def test_soft_suppression_shows_places_and_decayed_scores():
    inputs = {"boxes": [[0, 0, 2, 2], [1, 0, 3, 2]], "scores": [0.9, 0.8], "sigma": 0.5, "score_threshold": 0.1}
    given = Picked((0, 1), (0.9, 0.8))
    text = "\n".join(draw(found(inputs, Picked((0, 1), (0.9, 0.64)), given), "boxes", CANVAS))
    assert "0.333 (0)   #2 0.64   #2 0.8 !" in text


def test_two_boxes_and_their_intersection():
    pair = found({"box_a": [0, 0, 2, 2], "box_b": [1, 1, 3, 3]}, 1 / 7, 0.5)
    lines = draw(pair, "boxes", CANVAS)
    assert any("░" in line for line in lines)
    assert any("│a" in line for line in lines)
    assert "shaded: intersection" in "\n".join(lines)
    apart = found({"box_a": [0, 0, 2, 2], "box_b": [3, 3, 5, 5]}, 0.0, 0.5)
    assert "no intersection" in "\n".join(draw(apart, "boxes", CANVAS))


def test_of_a_matrix_the_entry_that_is_wrong_is_drawn():
    inputs = {"boxes_a": [[0, 0, 2, 2], [5, 5, 9, 9]], "boxes_b": [[0, 0, 2, 2], [5, 5, 9, 7]]}
    right, given = np.array([[1, 0], [0, 0.5]]), np.array([[1, 0], [0, 0.4]])
    text = "\n".join(draw(found(inputs, right, given), "boxes", CANVAS))
    assert "a1" in text
    assert "b1" in text
    assert "a0" not in text
    assert draw(found(inputs, right, given[:1]), "boxes", CANVAS) == []


POINTS = {"points": [[0, 0], [4, 4], [4, 0]], "k": 2, "init": [[0, 0], [4, 4]]}
RIGHT = Clusters(np.array([[0.0, 0], [4, 2]]), (0, 1, 1))
GIVEN = Clusters(np.array([[2.0, 0], [4, 4]]), (0, 1, 0))


def test_clusters_stand_side_by_side():
    lines = draw(found(POINTS, RIGHT, GIVEN), "points", CANVAS)
    assert lines[0].split() == ["expected", "got"]
    text = "\n".join(lines)
    assert re.search(r"point 2 \[4, 0\] +1 +0", text)
    assert "centroid 0 [0, 0]" in text
    assert "[2, 0]" in text


def test_clusters_stand_below_each_other_where_it_is_narrow():
    lines = draw(found(POINTS, RIGHT, GIVEN), "points", Canvas(30, len, False, "en"))
    assert lines[0] == "expected"
    assert "got" in lines
    assert all(len(line) <= 30 for line in lines)


@pytest.mark.parametrize(
    "given",
    [Clusters(None, (0, 0, 0)), Clusters(np.array([[np.nan, 0], [4, 2]]), None), Clusters(np.zeros((1, 2)), (0, 1, 5))],
)
def test_parts_of_an_answer_are_drawn(given):
    assert draw(found(POINTS, RIGHT, given), "points", CANVAS)


@pytest.mark.parametrize("dimensions", [1, 3])
def test_points_of_other_dimensions_are_drawn(dimensions):
    inputs = {"points": np.eye(2, dimensions), "k": 1, "init": np.zeros((1, dimensions))}
    answer = Clusters(np.ones((1, dimensions)), (0, 0))
    assert draw(found(inputs, answer, answer), "points", CANVAS)


def test_a_picture_of_nothing_is_empty():
    nothing = picked(np.zeros((0, 4)), np.zeros(0), [], [])
    assert draw(nothing, "boxes", CANVAS) == []
    assert draw(TWO, "", CANVAS) == []
    assert draw(TWO, "boxes", Canvas(19, len, False, "en")) == []
    assert draw(found({"box_a": [0, 0, 1, 1], "box_b": [0, 0, 1, 1]}, 1.0, None), "boxes", CANVAS) == []
