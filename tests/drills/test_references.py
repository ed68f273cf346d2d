"""The references on inputs whose answers can be worked out by hand, and against other libraries where these are installed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cv_quiz import drills
from cv_quiz.comparison import Clusters
from cv_quiz.drills.iou import iou
from cv_quiz.drills.iou_matrix import iou_matrix
from cv_quiz.drills.kmeans import kmeans
from cv_quiz.drills.nms import nms
from cv_quiz.drills.soft_nms import soft_nms

numbers = st.integers(-20, 20).map(float)
boxes = st.tuples(numbers, numbers, st.integers(0, 15), st.integers(0, 15)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)


def test_iou_of_a_shifted_square():
    assert iou(np.array([0, 0, 4, 4]), np.array([2, 0, 6, 4])) == pytest.approx(8 / 24)
    assert iou(np.array([0, 0, 4, 4]), np.array([2, 0, 6, 4]), pixel=1.0) == pytest.approx(15 / 35)


def test_zero_over_zero():
    point = np.array([3.0, 3, 3, 3])
    assert iou(point, point) == 0.0
    assert iou(point, point, empty=1.0) == 1.0
    assert np.isnan(iou(point, point, empty=float("nan")))


@given(boxes, boxes)
def test_iou_is_symmetric_and_in_range(a, b):
    value = iou(np.array(a), np.array(b))
    assert 0.0 <= value <= 1.0
    assert value == iou(np.array(b), np.array(a))


@given(st.lists(boxes, max_size=5), st.lists(boxes, max_size=5))
def test_matrix_holds_every_pair(rows, columns):
    table = iou_matrix(np.array(rows).reshape(-1, 4), np.array(columns).reshape(-1, 4))
    assert table.shape == (len(rows), len(columns))
    for i, a in enumerate(rows):
        for j, b in enumerate(columns):
            assert table[i, j] == iou(np.array(a), np.array(b))


@given(st.lists(st.tuples(boxes, st.integers(1, 9)), max_size=8), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
def test_nms_keeps_a_box_unless_a_better_kept_one_overlaps(rows, threshold):
    table, scores = np.array([row[0] for row in rows]).reshape(-1, 4), np.array([row[1] / 10 for row in rows])
    keep = nms(table, scores, threshold)
    assert list(scores[keep]) == sorted(scores[keep], reverse=True)
    for i in range(len(rows)):
        rivals = [j for j in keep if j != i and scores[j] >= scores[i] and iou(table[i], table[j]) > threshold]
        if i in keep:
            assert not [j for j in rivals if keep.index(j) < keep.index(i)]
        else:
            assert rivals


def test_nms_of_nothing():
    assert nms(np.zeros((0, 4)), np.zeros(0), 0.5) == []


def test_nms_with_an_eps_suppresses_at_a_threshold_of_zero_only():
    table = np.array([[0, 0, 4, 4], [0, 0, 4, 2], [4, 0, 8, 4]], dtype=float)
    scores = np.array([0.9, 0.8, 0.7])
    assert nms(table, scores, 0.5, at_zero=True) == nms(table, scores, 0.5) == [0, 1, 2]
    assert nms(table, scores, 0.0, at_zero=True) == [0]
    assert nms(table, scores, 0.0) == [0, 2]


@pytest.mark.parametrize(
    ("unchecked", "above", "kept"),
    [("", False, []), ("first", False, [0]), ("first", True, [0]), ("undecayed", False, [0, 1])],
)
def test_soft_nms_below_the_threshold_from_the_start(unchecked, above, kept):
    apart = np.array([[0, 0, 4, 4], [10, 0, 14, 4]], dtype=float)
    assert soft_nms(apart, np.array([0.375, 0.25]), 0.5, 0.5, unchecked=unchecked, above=above)[0] == kept


def test_soft_nms_at_the_threshold_behind_an_unchecked_first_pick():
    apart = np.array([[0, 0, 4, 4], [10, 0, 14, 4]], dtype=float)
    scores = np.array([0.75, 0.5])
    assert soft_nms(apart, scores, 0.5, 0.5, unchecked="first")[0] == [0, 1]
    assert soft_nms(apart, scores, 0.5, 0.5, unchecked="first", above=True)[0] == [0]


def test_soft_nms_by_hand():
    table = np.array([[0, 0, 4, 4], [2, 0, 6, 4], [20, 0, 24, 4]], dtype=float)
    indices, scores = soft_nms(table, np.array([0.9, 0.8, 0.5]), 0.5, 0.1)
    assert indices == [0, 1, 2]
    assert scores == pytest.approx([0.9, 0.8 * np.exp(-((1 / 3) ** 2) / 0.5), 0.5])


def test_kmeans_by_hand():
    points = np.array([[0.0, 0], [0, 2], [10, 0], [10, 2]])
    centroids, labels = kmeans(points, 2, np.array([[0.0, 0], [10, 0]]))
    assert centroids.tolist() == [[0, 1], [10, 1]]
    assert labels.tolist() == [0, 0, 1, 1]


def test_kmeans_keeps_an_empty_cluster_where_it_was():
    points = np.array([[0.0, 0], [0, 2]])
    centroids, labels = kmeans(points, 2, np.array([[0.0, 1], [99, 99]]))
    assert centroids.tolist() == [[0, 1], [99, 99]]
    assert labels.tolist() == [0, 0]


def test_kmeans_from_the_first_points_looks_at_no_init():
    points = np.array([[0.0, 0], [0, 2], [10, 0], [10, 2]])
    given_one = kmeans(points, 2, points[:2])
    without = kmeans(points, 2, np.array([[0.0, 0], [10, 0]]), start="first")
    assert all(np.array_equal(one, other) for one, other in zip(given_one, without, strict=True))


def test_nothing_starts_from_a_centroid_that_is_nan():
    follow = drills.load("kmeans").follow
    inputs = {"points": np.array([[1.0, 1], [1, 1], [5, 5]]), "k": 2, "init": None}
    own = {"start": "own"}
    nowhere = Clusters(np.array([[np.nan, np.nan], [7 / 3, 7 / 3]]), (1, 1, 1))
    assert follow(inputs, own, nowhere) == own
    assert "answer" in follow(inputs, own, Clusters(np.array([[9.0, 9], [7 / 3, 7 / 3]]), (1, 1, 1)))
    assert "answer" in follow({**inputs, "points": np.ones((3, 2))}, own, nowhere)


def test_kmeans_refuses_more_clusters_than_points():
    with pytest.raises(ValueError, match="2"):
        kmeans(np.zeros((2, 2)), 3, np.zeros((3, 2)))


@given(st.lists(st.tuples(numbers, numbers), min_size=4, max_size=12), st.integers(1, 4))
def test_kmeans_ends_where_nothing_changes(rows, k):
    points = np.array(rows)
    centroids, labels = kmeans(points, k, points[:k])
    again, same = kmeans(points, k, centroids)
    assert labels.tolist() == same.tolist()
    assert np.allclose(centroids, again)


@given(st.lists(boxes, min_size=1, max_size=6), st.lists(boxes, min_size=1, max_size=6))
def test_matrix_counts_cells(rows, columns):
    """With whole coordinates an area is a number of cells."""

    def cells(box):
        grid = np.zeros((60, 60), dtype=bool)
        x1, y1, x2, y2 = (int(value) + 20 for value in box)
        grid[y1:y2, x1:x2] = True
        return grid

    shared = [[(cells(a) & cells(b)).sum() / max((cells(a) | cells(b)).sum(), 1) for b in columns] for a in rows]
    assert np.allclose(iou_matrix(np.array(rows), np.array(columns)), shared)


def clouds(count):
    """The clouds of many seeds with their starts: no label there is a matter of rounding."""
    drill = drills.load("kmeans")
    cases = [case for seed in range(count) for case in drill.cases(np.random.default_rng(seed))]
    return [case.inputs for case in cases if case.name.startswith(("cloud", "crowd", "groups", "many-rounds"))]


def test_kmeans_is_scipys():
    vq = pytest.importorskip("scipy.cluster.vq")
    for inputs in clouds(3):
        centroids, labels = kmeans(**inputs)
        if len(set(labels.tolist())) == inputs["k"]:
            theirs, their_labels = vq.kmeans2(inputs["points"], inputs["init"], minit="matrix", iter=100)
            assert np.allclose(centroids, theirs)
            assert labels.tolist() == their_labels.tolist()


def test_kmeans_is_scikit_learns():
    cluster = pytest.importorskip("sklearn.cluster")
    for inputs in clouds(3):
        centroids, labels = kmeans(**inputs)
        if len(set(labels.tolist())) == inputs["k"]:
            model = cluster.KMeans(inputs["k"], init=inputs["init"], n_init=1, algorithm="lloyd", tol=0, max_iter=300)
            model.fit(inputs["points"])
            assert np.allclose(centroids, model.cluster_centers_)
            assert labels.tolist() == model.labels_.tolist()


def greedy_cases(name):
    """Cases of a greedy drill with distinct positive scores and no box without area, where every library means the same."""
    for case in drills.load(name).cases(np.random.default_rng(5)):
        scores = case.inputs["scores"].tolist()
        if (
            len(set(scores)) == len(scores) > 0
            and min(scores) > 0
            and not case.tags & {"no-area", "threshold", "threshold-0", "large"}
        ):
            yield case.inputs


def as_corner_and_size(table):
    return np.concatenate([table[:, :2], table[:, 2:] - table[:, :2]], axis=1).tolist()


def test_nms_is_opencvs():
    cv2 = pytest.importorskip("cv2")
    for inputs in greedy_cases("nms"):
        table, scores, threshold = inputs["boxes"], inputs["scores"], inputs["iou_threshold"]
        theirs = cv2.dnn.NMSBoxes(as_corner_and_size(table), scores.tolist(), 0.0, threshold)
        assert nms(table, scores, threshold) == [int(index) for index in np.ravel(theirs)]
