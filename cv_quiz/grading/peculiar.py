"""What is peculiar about an input. A simpler input may lose a peculiarity but must not gain one.

Otherwise a box moved until an overlap lies exactly at the threshold, say, would show another trouble than the one the
counterexample stands for.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.drills._boxes import overlap
from cv_quiz.drills._kmeans_cases import start_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

# An overlap this close to the threshold lies at it.
NEAR = 1e-6
# Coordinates beyond this are large ones.
LARGE = 100
# Clusters settle after so many rounds, as far as anyone looks here.
ROUNDS = 30
BOXES = ("boxes", "boxes_a", "boxes_b", "box_a", "box_b")
POINTS = ("points", "init")


def peculiarities(inputs: Mapping[str, Any]) -> frozenset[str]:
    """The peculiarities of an input by name."""
    found = _of_points(inputs) if "points" in inputs else _of_boxes(inputs)
    return frozenset(chain(found, _of_numbers(inputs)))


def _of_numbers(inputs: Mapping[str, Any]) -> Iterator[str]:
    tables = [inputs[name] for name in (*BOXES, *POINTS) if inputs.get(name) is not None]
    if any(np.size(table) == 0 for table in tables):
        yield "empty"
    if any((table != np.round(table)).any() for table in tables):
        yield "fraction"
    if any((table < 0).any() for table in tables):
        yield "negative"
    if any((np.abs(table) > LARGE).any() for table in tables):
        yield "large-coordinates"
    scores = inputs.get("scores")
    if scores is not None and len(set(scores.tolist())) < len(scores):
        yield "ties"
    limit = inputs.get("score_threshold")
    if scores is not None and limit is not None and (scores <= limit).any():
        yield "below-threshold"


def _of_boxes(inputs: Mapping[str, Any]) -> Iterator[str]:
    boxes = np.concatenate([np.reshape(inputs[name], (-1, 4)) for name in BOXES if name in inputs])
    sides = boxes[:, 2:] - boxes[:, :2]
    if (sides < 0).any():
        yield "corners-swapped"
    if (sides == 0).any():
        yield "no-area"
    if (boxes[:, None, 2:] == boxes[None, :, :2]).any():
        yield "touching"
    if len(np.unique(boxes, axis=0)) < len(boxes):
        yield "duplicates"
    if _nested(boxes):
        yield "nested"
    if "iou_threshold" in inputs and _at_threshold(boxes, inputs["iou_threshold"]):
        yield "threshold"


def _nested(boxes: Floats) -> bool:
    """Whether a box lies inside another one."""
    inside = (boxes[:, None, :2] >= boxes[None, :, :2]) & (boxes[:, None, 2:] <= boxes[None, :, 2:])
    return bool(inside.all(axis=2).sum() > len(boxes))


def _at_threshold(boxes: Floats, limit: float) -> bool:
    """Whether an overlap lies at the threshold, under either convention of what a side is."""
    apart = ~np.eye(len(boxes), dtype=bool)
    ious = [overlap(boxes[:, None], boxes[None], pixel)[apart] for pixel in (0.0, 1.0)]
    return any(bool((np.abs(found - limit) < NEAR).any()) for found in ious)


def _of_points(inputs: Mapping[str, Any]) -> Iterator[str]:
    points = np.asarray(inputs["points"], dtype=float)
    centroids = start_of(inputs)
    if len(centroids) > len(points):
        yield "too-many-clusters"
    if len(centroids) == 1:
        yield "one-cluster"
    if len(np.unique(points, axis=0)) < len(points):
        yield "duplicates"
    if len(np.unique(centroids, axis=0)) < len(centroids):
        yield "equal-starts"
    for distances in _rounds(points, centroids):
        if (np.diff(np.sort(distances, axis=1), axis=1)[:, :1] < NEAR).any():
            yield "equal-distance"
        if len(np.unique(distances.argmin(axis=1))) < len(centroids):
            yield "empty-cluster"


def _rounds(points: Floats, centroids: Floats) -> Iterator[Floats]:
    """The squared distances (n, k) of each round of Lloyd's algorithm until no label changes."""
    before = np.full(len(points), -1)
    for _ in range(ROUNDS):
        distances = ((points[:, None] - centroids[None]) ** 2).sum(axis=2)
        yield distances
        labels = distances.argmin(axis=1)
        if (labels == before).all():
            return
        before = labels
        for at in np.unique(labels):
            centroids[at] = points[labels == at].mean(axis=0)
