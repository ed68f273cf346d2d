"""What is right on the cases that everybody can know has to be right on others too."""

import itertools

import numpy as np
import pytest

from cv_quiz import drills
from cv_quiz.grading.alone import find_case
from cv_quiz.grading.calling.targets import find_targets
from cv_quiz.grading.fit import oracle_for
from cv_quiz.grading.opinion import judge_function
from cv_quiz.grading.session import Session
from cv_quiz.grading.timing import timed
from cv_quiz.grading.trusted import TrustedSubmission
from cv_quiz.grading.unforeseen import seed_for, unforeseen
from tests.grading.judging import judge

NAMES = ("iou", "iou_matrix", "kmeans", "nms", "soft_nms")


def key(inputs):
    return tuple(np.asarray(value).tobytes() for value in inputs.values())


def by_heart(drill, otherwise):
    """A function that knows the answers to all cases of seed 0, and otherwise does something else."""
    cases = [case for case in (*oracle_for(drill, 0).cases, *timed(drill, 0).cases) if not case.raises]
    table = {key(case.inputs): drill.reference(**case.inputs) for case in cases}

    def function(*args):
        inputs = dict(zip(drill.takes, args, strict=True))
        known = table.get(key(inputs))
        return otherwise(*args) if known is None else known

    return with_parameters(function, drill)


def with_parameters(function, drill):
    """The function with the drill's parameters, as a learner would write it."""
    names = ", ".join(drill.takes)
    namespace = {"function": function}
    exec(f"def {drill.name}({names}):\n    return function({names})\n", namespace)
    return namespace[drill.name]


class Handed(TrustedSubmission):
    """Functions as if they stood in a file with some text."""

    text = b""

    @property
    def digest(self):
        return self.text


def judged(drill, function, text):
    submission = Handed({drill.name: function})
    submission.text = text
    target = find_targets(drill, submission.inspect().functions, asked=True)[0]
    return judge_function(Session(submission, oracle_for(drill, 0), target), strict=True, counterexample=True)


@pytest.mark.parametrize(
    "name", ["kmeans", *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES if name != "kmeans")]
)
def test_answers_learnt_by_heart_are_not_accepted(name):
    drill = drills.load(name)
    wrong = {"iou": 0.5, "iou_matrix": [[0.0]], "kmeans": ([[0.0, 0.0]], [0]), "nms": [0], "soft_nms": ([0], [0.5])}[
        name
    ]
    result = judge(name, by_heart(drill, lambda *_: wrong), counterexample=True)
    assert result.verdict == "wrong-answer"
    found = result.counterexample
    assert find_case(drill, found.case, found.seed) is not None
    assert found.seed != 0


def test_edge_cases_learnt_by_heart_are_not_accepted():
    """Right wherever two boxes have an area, and by heart where the known cases have none."""
    drill = drills.load("iou")

    def careless(a, b):
        if (a[2] - a[0]) * (a[3] - a[1]) == 0 == (b[2] - b[0]) * (b[3] - b[1]):
            return 0.25
        return drill.reference(a, b)

    result = judge("iou", by_heart(drill, careless))
    assert (result.verdict, [item.id for item in result.diagnosis]) == ("wrong-answer", ["wrong-on-0-0"])


@pytest.mark.parametrize("name", NAMES)
def test_what_is_right_is_accepted_whatever_the_text(name):
    drill = drills.load(name)
    right = with_parameters(drill.reference, drill)
    for text in (b"", b"a", b"b", b"c", b"d", b"e"):
        result = judged(drill, right, text)
        assert result.verdict == "accepted", (text, result.diagnosis, result.counterexample)


def test_the_cases_follow_from_text_and_seed_alone():
    assert seed_for(b"text", 3) == seed_for(b"text", 3)
    assert len({seed_for(text, seed) for text, seed in itertools.product((b"a", b"b"), (0, 1))}) == 4
    drill = drills.load("nms")
    names = [case.name for case in unforeseen(drill, 5)]
    assert len(set(names)) == len(names)
    for case in unforeseen(drill, 5):
        again = find_case(drill, case.name, 5)
        assert all(np.array_equal(case.inputs[item], again.inputs[item]) for item in case.inputs)


@pytest.mark.parametrize("name", ["iou", "iou_matrix", "nms"])
def test_turned_boxes_overlap_as_before(name):
    """A fixed case that is turned, moved and shuffled asks for the same answer in other words."""
    drill = drills.load(name)
    before = {case.name + "-varied": case for case in oracle_for(drill, 0).cases}
    varied = [case for case in unforeseen(drill, 17) if case.name in before]
    assert len(varied) >= 15
    for case in varied:
        old, new = drill.reference(**before[case.name].inputs), drill.reference(**case.inputs)
        assert len(new) == len(old) if name == "nms" else np.allclose(np.sort(np.ravel(new)), np.sort(np.ravel(old)))


def test_wrong_for_many_rows_only_is_wrong():
    drill = drills.load("iou_matrix")

    def forgetful(boxes_a, boxes_b):
        result = drill.reference(boxes_a, boxes_b)
        result[16:] = 0.0
        return result

    result = judge("iou_matrix", forgetful, counterexample=True)
    assert result.verdict == "wrong-answer"
    assert find_case(drill, result.counterexample.case, 0) is not None


def test_wrong_for_many_points_only_is_wrong():
    drill = drills.load("kmeans")

    def forgetful(points, k, init):
        centroids, labels = drill.reference(points, k, init)
        return centroids, [0 if at > 150 else label for at, label in enumerate(labels)]

    assert judge("kmeans", forgetful).verdict == "wrong-answer"


def test_an_exception_on_many_points_is_a_runtime_error():
    drill = drills.load("kmeans")

    def deep(points, k, init):
        if len(points) > 150:
            raise RecursionError("maximum recursion depth exceeded")
        return drill.reference(points, k, init)

    result = judge("kmeans", deep)
    assert (result.verdict, result.diagnosis[0].id) == ("runtime-error", "recursion-too-deep")


def test_giving_up_for_lack_of_memory_is_none():
    drill = drills.load("iou_matrix")

    def small(boxes_a, boxes_b):
        if len(boxes_a) > 60:
            raise MemoryError
        return drill.reference(boxes_a, boxes_b)

    assert judge("iou_matrix", small).verdict == "accepted"


def test_single_precision_is_no_mistake_on_large_inputs():
    def single(points, k, init):
        points, centroids = np.asarray(points, np.float32), np.asarray(init, np.float32).copy()
        if k > len(points):
            raise ValueError
        labels = np.full(len(points), -1)
        while True:
            nearest = ((points[:, None] - centroids[None]) ** 2).sum(axis=2).argmin(axis=1)
            if (nearest == labels).all():
                return centroids, labels
            labels = nearest
            for j in range(k):
                if (labels == j).any():
                    centroids[j] = points[labels == j].mean(axis=0)

    for seed in range(3):
        assert judge("kmeans", single, seed=seed).verdict == "accepted"
