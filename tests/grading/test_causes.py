"""What is said of files whose mistake is easily taken for another one, and of those that look like another drill."""

import textwrap

import pytest

from cv_quiz.grading.host import Worker
from cv_quiz.grading.judge import grade_file

NMS = """
import numpy as np
def overlap(a, b):
    w = np.maximum(0, np.minimum(a[2], b[:, 2]) - np.maximum(a[0], b[:, 0]))
    h = np.maximum(0, np.minimum(a[3], b[:, 3]) - np.maximum(a[1], b[:, 1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) - w * h
    return w * h / np.where(union > 0, union, 1)
def nms(boxes, scores, iou_threshold):
    order, keep = np.argsort(-scores, kind="stable"), []
    while len(order):
        best, order = order[0], order[1:]
        keep.append(int(best))
        order = order[overlap(boxes[best], boxes[order]) <= iou_threshold]
    return keep
"""
TABLE = """
import numpy as np
def box_iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            w = max(0, min(a[i][2], b[j][2]) - max(a[i][0], b[j][0]))
            h = max(0, min(a[i][3], b[j][3]) - max(a[i][1], b[j][1]))
            union = (a[i][2] - a[i][0]) * (a[i][3] - a[i][1]) + (b[j][2] - b[j][0]) * (b[j][3] - b[j][1]) - w * h
            table[i, j] = w * h / union if union > 0 else 0.0
    return table
"""
KMEANS = """
import numpy as np
def kmeans(points, k, init=None):
    if k > len(points):
        raise ValueError("k")
    centroids = np.array(points[:k] if init is None else init, dtype=float)
    labels = np.full(len(points), -1)
    while True:
        nearest = ((points[:, None] - centroids) ** 2).sum(-1).argmin(1)
        if (nearest == labels).all():
            return centroids, labels
        labels = nearest
        for j in range(k):
            if (labels == j).any():
                centroids[j] = points[labels == j].mean(0)
"""


@pytest.fixture(scope="module")
def worker():
    with Worker() as running:
        yield running


@pytest.fixture
def judged(worker, tmp_path):
    def results(text, **options):
        path = tmp_path / "solution.py"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return grade_file(worker, path, **options)

    return results


def first(report):
    (result,) = report.results
    return result.verdict, result.diagnosis[0].id if result.diagnosis else ""


@pytest.mark.parametrize("text", [NMS, TABLE, KMEANS])
def test_as_they_stand_they_are_right(judged, text):
    assert first(judged(text)) == ("accepted", "")


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("np.minimum(a[2], b[:, 2])", "b[:, 2]", "corner-of-one-box"),
        ("np.maximum(a[1], b[:, 1])", "a[1]", "corner-of-one-box"),
        ("union > 0, union, 1)", "union > 0, np.inf, 1)", "suppresses-nothing"),
        ("np.where(union > 0, union, 1)", "union_", "undefined-name"),
        ("boxes[order]) <=", "boxes[order, :3]) <=", "outside-the-sequence"),
    ],
)
def test_the_cause_is_named(judged, old, new, cause):
    assert first(judged(NMS.replace(old, new), drill="nms"))[1] == cause


def test_an_overlap_that_is_always_zero_is_called_that(judged):
    assert first(judged(TABLE.replace("w * h / union if", "0.0 if"), drill="iou_matrix"))[1] == "overlap-always-zero"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return table", "        return table"),
        ("for j in range(len(b))", "for j in range(i, len(b))"),
    ],
)
def test_a_function_of_tables_is_none_of_pairs_even_where_it_is_wrong(judged, old, new):
    report = judged(TABLE.replace(old, new))
    assert [(result.drill, result.verdict) for result in report.results] == [("iou_matrix", "wrong-answer")]


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("np.array(points[:k] if init is None else init, dtype=float)", "points[:k] if init is None else np.array(init, dtype=float)", "wrong-answer"),
        ("points[:k] if init is None else init", "points[k:] if init is None else init", "wrong-answer"),
        ("points[:k] if init is None else init", "init", "runtime-error"),
    ],
)  # fmt: skip
def test_k_means_is_asked_without_init_where_it_allows_that(judged, old, new, verdict):
    assert first(judged(KMEANS.replace(old, new)))[0] == verdict
    assert first(judged(KMEANS.replace(old, new).replace("init=None", "init")))[0] == "accepted"


def test_a_start_of_its_own_without_init_is_a_convention(judged):
    report = judged(KMEANS.replace("points[:k] if", "points[-k:] if"))
    assert report.results[0].conventions == ("own-start-without-init",)
    assert first(judged(KMEANS.replace("points[:k] if", "points[-k:] if"), strict=True))[0] == "wrong-answer"


def test_a_convention_excuses_no_exception(judged):
    """Centroids of whole numbers are one; that nothing works without init is none."""
    text = KMEANS.replace("np.array(points[:k] if init is None else init, dtype=float)", "np.array(init)")
    assert first(judged(text))[0] != "accepted"


def test_what_is_read_unwritten_is_remarked(judged):
    text = NMS.replace("w * h / np.where(union > 0, union, 1)", "np.divide(w * h, union, where=union > 0)")
    assert first(judged(text, drill="nms"))[1] == "unwritten-memory"


def test_methods_and_what_is_called_through_others_are_helpers(judged):
    text = (
        "class Suppressor:\n"
        + textwrap.indent(TABLE.replace("def box_iou(a, b)", "def box_iou(self, a, b)").replace("import numpy as np", ""), "    ")
        + "    def between(self, a, b):\n        return self.box_iou([a], [b])[0, 0]\n"
        + "    def nms(self, boxes, scores, iou_threshold):\n        keep = []\n"
        + "        for i in sorted(range(len(boxes)), key=lambda i: -scores[i]):\n"
        + "            if all(self.between(boxes[i], boxes[j]) <= iou_threshold for j in keep):\n"
        + "                keep.append(i)\n        return keep\n"
    )  # fmt: skip
    report = judged("import numpy as np\n" + text)
    assert [(result.function, result.verdict) for result in report.results] == [("Suppressor.nms", "accepted")]
    assert {(helper.function, helper.caller) for helper in report.helpers} == {
        ("Suppressor.box_iou", "Suppressor.between")
    }


def test_code_for_torch_is_told_so(judged):
    text = "import torch\ndef nms(boxes, scores, t):\n    return scores.unsqueeze(0).cpu()\n"
    assert first(judged(text)) == ("runtime-error", "wants-tensors")


def test_nothing_is_said_of_conventions_where_nothing_works(judged):
    result = judged("def nms(boxes, scores, t):\n    raise NotImplementedError\n").results[0]
    assert (result.conventions, result.calling) == ((), ())
