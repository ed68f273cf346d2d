"""Readers for functions that return centroids and labels, in whatever order and company."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Clusters
from cv_quiz.grading.calling.reading import (
    Reader,
    Unreadable,
    array,
    first_of,
    indices,
    integers,
    sequence,
    whole_floats,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    made = made.T if view.turned else made
    points = np.asarray(view.inputs["points"])
    if made.ndim != 2 or made.shape[1] != points.shape[1] or made.dtype.kind == "b":
        raise Unreadable("wrong-shape")
    return made.astype(float)


def _labels(value: Any, view: View) -> tuple[int, ...]:
    return _one_each(integers(value), view)


def _float_labels(value: Any, view: View) -> tuple[int, ...]:
    return _one_each(whole_floats(value), view)


def _one_each(labels: tuple[int, ...], view: View) -> tuple[int, ...]:
    if len(labels) != view.count:
        raise Unreadable("wrong-shape")
    return labels


def _memberships(value: Any, view: View) -> tuple[int, ...]:
    """Labels from a table (n, k) of zeros with a single one in each row."""
    made = array(value)
    if made.shape != (view.count, view.inputs["k"]) or not np.isin(made, (0, 1)).all() or (made.sum(axis=1) != 1).any():
        raise Unreadable("wrong-shape")
    return tuple(int(label) for label in made.argmax(axis=1))


def _assessed(value: Any, view: View) -> tuple[int, ...]:
    """Labels from a table (n, 2) of label and squared distance."""
    table = array(value)
    if table.shape != (view.count, 2):
        raise Unreadable("wrong-shape")
    return _float_labels(table[:, 0].astype(float), view)


def _groups(value: Any, view: View) -> tuple[int, ...]:
    """Labels from the points, or the indices, that each cluster holds; each in one cluster only."""
    groups = list(value.values()) if isinstance(value, dict) else sequence(value)
    points = np.asarray(view.inputs["points"], dtype=float)
    labels = [-1] * len(points)
    for label, group in enumerate(groups):
        for index in _members(group, points, labels):
            if labels[index] >= 0:
                raise Unreadable("wrong-shape")
            labels[index] = label
    if -1 in labels:
        raise Unreadable("wrong-shape")
    return tuple(labels)


def _members(group: Any, points: npt.NDArray[np.float64], labels: list[int]) -> list[int]:
    if np.ndim(group) == 1 and len(group):
        return list(indices(group, len(points)))
    members: list[int] = []
    free = np.array(labels) < 0
    for row in sequence(group) if not isinstance(group, np.ndarray) else list(group):
        fits = np.shape(row) == points.shape[1:]
        same = np.flatnonzero(free & np.isclose(points, row).all(axis=1)) if fits else np.zeros(0, dtype=int)
        if not same.size:
            raise Unreadable("wrong-shape")
        members.append(int(same[0]))
        free[same[0]] = False
    return members


# The ways to say which cluster each point is in, and what is said of them.
_WAYS: tuple[tuple[Callable[[Any, View], tuple[int, ...]], tuple[str, ...]], ...] = (
    (_labels, ()),
    (_float_labels, ("float-labels",)),
    (_memberships, ("returns-memberships",)),
    (_assessed, ("returns-assessment",)),
    (_groups, ("returns-groups",)),
)


def _pairs() -> Iterator[Reader]:
    """Centroids and labels, in either order, alone or in company."""
    for read, said in _WAYS:
        for reverse in (False, True):
            for more in (False, True):
                adapted = ("returns-reversed",) * reverse + ("returns-more",) * more + said
                yield Reader(partial(_both, read=read, reverse=reverse, more=more), adapted)


def _both(
    value: Any,
    view: View,
    *,
    read: Callable[[Any, View], tuple[int, ...]] = _labels,
    reverse: bool = False,
    more: bool = False,
) -> Clusters:
    items = sequence(value)
    if (len(items) > 2) != more or len(items) < 2:
        raise Unreadable("no-pair")
    first, second = (items[1], items[0]) if reverse else (items[0], items[1])
    return Clusters(_centroids(first, view), read(second, view))


def _alone() -> Iterator[Reader]:
    """Labels without centroids."""
    for read, said in _WAYS:
        yield Reader(partial(_labels_alone, read=read), said if read is _groups else ("returns-labels", *said))


def _labels_alone(value: Any, view: View, *, read: Callable[[Any, View], tuple[int, ...]]) -> Clusters:
    """Where the start is the function's own, the labels stand for the means of their points: those can be judged."""
    labels = read(value, view)
    if _has_centroids(view):
        raise Unreadable("no-such-key")
    return Clusters(_means(labels, view) if "init" in view.layout.lacks else None, labels)


def _has_centroids(view: View) -> bool:
    """Whether the instance shows its centroids: then they are judged with the labels."""
    try:
        return bool(_own_centroids(view).size)
    except Unreadable:
        return False


def _means(labels: tuple[int, ...], view: View) -> npt.NDArray[np.float64]:
    """The means (k, d) of the points of each label; infinite where a label has none, for its centroid may be anywhere."""
    points, found = np.asarray(view.inputs["points"], dtype=float), np.asarray(labels)
    members = [points[found == label] for label in range(view.inputs["k"])]
    return np.stack([rows.mean(axis=0) if len(rows) else np.full(points.shape[1], np.inf) for rows in members])


def _in_dict(value: Any, view: View) -> Clusters:
    return Clusters(_centroids(first_of(value, CENTROID_NAMES), view), _labels(first_of(value, LABEL_NAMES), view))


def _attributes(value: Any, view: View) -> Clusters:
    """Centroids and labels from the instance, where the method itself gave no labels."""
    if _try_labels(value, view) is not None:
        raise Unreadable("no-such-key")
    attributes = view.reply.attributes
    found = (_try_labels(attributes[name], view) for name in LABEL_NAMES if name in attributes)
    return Clusters(_own_centroids(view), next((labels for labels in found if labels is not None), None))


def _own_centroids(view: View) -> npt.NDArray[np.float64]:
    return _centroids(first_of(dict(view.reply.attributes), CENTROID_NAMES), view)


def _try_labels(value: Any, view: View) -> tuple[int, ...] | None:
    for read, _ in _WAYS:
        try:
            return read(value, view)
        except Unreadable:
            continue
    return None


def _attributes_and_result(
    value: Any, view: View, *, read: Callable[[Any, View], tuple[int, ...]] = _labels
) -> Clusters:
    """Centroids from the instance, labels as the last method returned them: fit_predict, or predict after fit."""
    return Clusters(_own_centroids(view), read(value, view))


def _shifted(value: Any, view: View) -> Clusters:
    answer = _both(value, view)
    return Clusters(answer.centroids, tuple(label - 1 for label in answer.labels or ()))


def _turned(value: Any, view: View) -> Clusters:
    items = sequence(value)
    if len(items) != 2:
        raise Unreadable("no-pair")
    return Clusters(_centroids(array(items[0]).T, view), _labels(items[1], view))


CLUSTERS = (
    *_pairs(),
    Reader(_attributes_and_result, ("attributes",)),
    Reader(partial(_attributes_and_result, read=_float_labels), ("attributes", "float-labels")),
    Reader(_attributes, ("attributes",)),
    Reader(_in_dict, ("returns-dict",)),
    Reader(lambda value, view: Clusters(_centroids(value, view), None), ("returns-centroids",)),
    *_alone(),
    Reader(_shifted, fault="labels-from-one"),
    Reader(_turned, fault="transposed"),
)
