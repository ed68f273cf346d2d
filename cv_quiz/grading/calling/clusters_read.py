"""Readers for functions that return centroids and labels, in whatever order and company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Clusters
from cv_quiz.grading.calling.reading import Reader, Unreadable, array, first_of, indices, integers, sequence

if TYPE_CHECKING:
    import numpy.typing as npt

    from cv_quiz.grading.calling.reading import View

CENTROID_NAMES = (
    "centroids", "centroids_", "cluster_centers_", "centers", "centers_", "cluster_centers", "centres", "means", "means_", "mu",
    "centroid", "center", "_centroids", "clusters_centers", "cluster_centroids",
)  # fmt: skip
LABEL_NAMES = (
    "labels", "labels_", "assignments", "label", "cluster_labels", "assignment", "clusters", "cluster_assignments", "_labels",
    "idx", "y", "predictions", "assign", "cluster",
)  # fmt: skip


def _centroids(value: Any, view: View) -> npt.NDArray[np.float64]:
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    made = array(value)
    points = np.asarray(view.inputs["points"])
    if made.ndim != 2 or made.shape[1] != points.shape[1] or made.dtype.kind == "b":
        raise Unreadable("wrong-shape")
    return made.astype(float)


def _labels(value: Any, view: View) -> tuple[int, ...]:
    found = integers(value)
    if len(found) != view.count:
        raise Unreadable("wrong-shape")
    return found


def _float_labels(value: Any, view: View) -> tuple[int, ...]:
    made = array(value)
    if made.dtype.kind != "f" or made.shape != (view.count,) or not np.equal(np.mod(made, 1), 0).all():
        raise Unreadable("wrong-shape")
    return tuple(int(label) for label in made)


def _both(value: Any, view: View, *, reverse: bool = False, more: bool = False, floats: bool = False) -> Clusters:
    items = list(value) if isinstance(value, list | tuple) else sequence(value)
    if (len(items) > 2) != more or len(items) < 2:
        raise Unreadable("no-pair")
    first, second = (items[1], items[0]) if reverse else (items[0], items[1])
    labels = _float_labels(second, view) if floats else _labels(second, view)
    return Clusters(_centroids(first, view), labels)


def _groups(value: Any, view: View) -> tuple[int, ...]:
    """Labels from the points, or the indices, that each cluster holds."""
    groups = list(value.values()) if isinstance(value, dict) else sequence(value)
    points = np.asarray(view.inputs["points"], dtype=float)
    labels = [-1] * len(points)
    for label, group in enumerate(groups):
        for index in _members(group, points, labels):
            labels[index] = label
    if -1 in labels:
        raise Unreadable("wrong-shape")
    return tuple(labels)


def _members(group: Any, points: npt.NDArray[np.float64], labels: list[int]) -> list[int]:
    if np.ndim(group) == 1 and len(group):
        return list(indices(group, len(points)))
    members: list[int] = []
    for row in sequence(group) if not isinstance(group, np.ndarray) else list(group):
        same = [i for i, point in enumerate(points) if labels[i] < 0 and i not in members and np.allclose(point, row)]
        if not same:
            raise Unreadable("wrong-shape")
        members.append(same[0])
    return members


def _with_groups(value: Any, view: View, *, reverse: bool = False) -> Clusters:
    items = sequence(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    first, second = (items[1], items[0]) if reverse else (items[0], items[1])
    return Clusters(_centroids(first, view), _groups(second, view))


def _with_assessment(value: Any, view: View) -> Clusters:
    """Centroids and a table (n, 2) of label and squared distance."""
    items = sequence(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    table = array(items[1])
    if table.shape != (view.count, 2) or not np.equal(np.mod(table[:, 0], 1), 0).all():
        raise Unreadable("wrong-shape")
    return Clusters(_centroids(items[0], view), tuple(int(label) for label in table[:, 0]))


def _in_dict(value: Any, view: View) -> Clusters:
    return Clusters(_centroids(first_of(value, CENTROID_NAMES), view), _labels(first_of(value, LABEL_NAMES), view))


def _attributes(_value: Any, view: View) -> Clusters:
    attributes = dict(view.reply.attributes)
    centroids = next((attributes[name] for name in CENTROID_NAMES if name in attributes), None)
    labels: tuple[int, ...] | None = None
    for name in LABEL_NAMES:
        if name in attributes and labels is None:
            labels = _try_labels(attributes[name], view)
    if centroids is None:
        raise Unreadable("no-such-key")
    return Clusters(_centroids(centroids, view), labels)


def _try_labels(value: Any, view: View) -> tuple[int, ...] | None:
    for read in (_labels, _float_labels, _groups):
        try:
            return read(value, view)
        except Unreadable:
            continue
    return None


def _attributes_and_result(value: Any, view: View) -> Clusters:
    """Centroids from the instance, labels as the method returned them (fit_predict)."""
    return Clusters(_attributes(value, view).centroids, _labels(value, view))


def _shifted(value: Any, view: View) -> Clusters:
    answer = _both(value, view)
    return Clusters(answer.centroids, tuple(label - 1 for label in answer.labels or ()))


def _turned(value: Any, view: View) -> Clusters:
    items = sequence(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    return Clusters(_centroids(array(items[0]).T, view), _labels(items[1], view))


CLUSTERS = (
    Reader(_both),
    Reader(lambda value, view: _both(value, view, reverse=True), ("returns-reversed",)),
    Reader(_attributes_and_result, ("attributes",)),
    Reader(_attributes, ("attributes",)),
    Reader(lambda value, view: _both(value, view, more=True), ("returns-more",)),
    Reader(lambda value, view: _both(value, view, reverse=True, more=True), ("returns-reversed", "returns-more")),
    Reader(lambda value, view: _both(value, view, floats=True), ("float-labels",)),
    Reader(lambda value, view: _both(value, view, reverse=True, floats=True), ("returns-reversed", "float-labels")),
    Reader(lambda value, view: _both(value, view, more=True, floats=True), ("returns-more", "float-labels")),
    Reader(_with_groups, ("returns-groups",)),
    Reader(lambda value, view: _with_groups(value, view, reverse=True), ("returns-reversed", "returns-groups")),
    Reader(_with_assessment, ("returns-more", "float-labels")),
    Reader(_in_dict, ("returns-dict",)),
    Reader(lambda value, view: Clusters(_centroids(value, view), None), ("returns-centroids",)),
    Reader(lambda value, view: Clusters(None, _labels(value, view)), ("returns-labels",)),
    Reader(lambda value, view: Clusters(None, _float_labels(value, view)), ("returns-labels", "float-labels")),
    Reader(lambda value, view: Clusters(None, _groups(value, view)), ("returns-groups",)),
    Reader(_shifted, fault="labels-from-one"),
    Reader(_turned, fault="transposed"),
)  # fmt: skip
