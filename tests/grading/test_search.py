"""Right code differs on several axes at once; each that can be told is named."""

import functools
import itertools
import random

import pytest

from cv_quiz import drills
from cv_quiz.grading.calling.layout import Layout
from cv_quiz.grading.points import Point, space_of
from tests.grading.judging import judge
from tests.grading.test_confirmation import with_parameters

NAMES = ("iou", "iou_matrix", "kmeans", "nms", "soft_nms")


def at_point(drill, keywords):
    """The reference under some conventions, as a learner would write it."""
    return with_parameters(functools.partial(drill.reference, **keywords), drill)


def points(name, count):
    """Points anywhere in the space, far from the contract for the most part."""
    space, rng = space_of(drills.load(name), Layout(name)), random.Random(name)
    choices = [tuple(rng.randrange(len(options)) for options in space.options) for _ in range(count)]
    return [space.at(choice) for choice in choices]


@pytest.mark.parametrize(("name", "point"), [(name, point) for name in NAMES for point in points(name, 8)])
def test_every_point_is_found(name, point):
    drill = drills.load(name)
    result = judge(name, at_point(drill, point.keywords))
    assert result.verdict == "accepted", result.diagnosis
    assert len(result.conventions) <= len(point.ids)


def test_four_axes_at_once_are_all_named():
    keywords = {"pixel": 1.0, "at_threshold": True, "ascending": True, "floor": 0.25}
    result = judge("nms", at_point(drills.load("nms"), keywords))
    assert result.verdict == "accepted"
    assert result.conventions == ("plus-one", "suppress-at-threshold", "ascending-indices", "score-threshold-0.25")


@pytest.mark.parametrize("name", NAMES)
def test_the_contract_itself_has_no_name(name):
    space = space_of(drills.load(name), Layout(name))
    assert space.at(space.start) == Point({})
    assert all(space.at(choice).ids for choice in space.beside(space.start))


def test_two_steps_together_are_on_two_axes():
    space = space_of(drills.load("nms"), Layout("nms"))
    every = set(itertools.product(*(range(len(options)) for options in space.options)))
    wanted = {choice for choice in every if sum(number != 0 for number in choice) == 2}
    found = list(space.joined(space.start, list(space.beside(space.start))))
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_no_convention_excuses_a_mistake():
    drill = drills.load("nms")

    def careless(boxes, scores, iou_threshold):
        kept = drill.reference(boxes, scores, iou_threshold, pixel=1.0, ascending=True)
        return kept[:-1] if len(kept) > 3 else kept

    assert judge("nms", careless).verdict == "wrong-answer"
