"""Boxes with scores that show something special: named inputs for the drills that pick boxes greedily, and crowds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cv_quiz.drills._boxes import as_boxes, clear_pairs, random_boxes
from cv_quiz.drills._numpy import np

if TYPE_CHECKING:
    from collections.abc import Mapping

# name, boxes, scores, IoU threshold, tags
_EDGES: tuple[tuple[str, list[list[float]], list[float], float, tuple[str, ...]], ...] = (
    ("empty", [], [], 0.5, ("empty",)),
    ("single", [[1, 2, 5, 8]], [0.75], 0.5, ("single",)),
    ("disjoint", [[0, 0, 2, 2], [10, 10, 14, 13], [20, 0, 22, 5]], [0.5, 0.875, 0.625], 0.5, ()),
    ("apart-on-both-axes", [[0, 0, 4, 4], [9, 9, 11, 11], [20, 20, 21, 22]], [0.875, 0.75, 0.5], 0.25, ()),
    ("near-copies", [[0, 0, 8, 8], [1, 0, 8, 8], [0, 0, 8, 7]], [0.5, 0.875, 0.75], 0.5, ()),
    ("identical-boxes", [[2, 2, 6, 6], [2, 2, 6, 6], [2, 2, 6, 6], [9, 9, 12, 12]],
    [0.25, 0.875, 0.5, 0.375], 0.5, ("duplicates",)),
    ("nested", [[0, 0, 16, 16], [4, 4, 8, 8], [5, 5, 7, 7]], [0.875, 0.75, 0.625], 0.25, ()),
    ("inside-the-lesser", [[4, 4, 8, 8], [0, 0, 16, 16], [30, 0, 34, 4]], [0.875, 0.75, 0.625], 0.5, ()),
    ("chain", [[0, 0, 8, 8], [3, 0, 11, 8], [6, 0, 14, 8], [9, 0, 17, 8]],
    [0.875, 0.75, 0.625, 0.5], 0.375, ("chain",)),
    ("second-group", [[0, 0, 8, 8], [20, 20, 28, 28], [1, 1, 9, 9], [21, 21, 29, 29]],
    [0.875, 0.75, 0.5, 0.375], 0.5, ()),
    ("between-two", [[0, 0, 8, 8], [30, 0, 38, 8], [1, 0, 9, 8], [31, 0, 39, 8], [60, 0, 64, 4]],
    [0.875, 0.75, 0.625, 0.5, 0.375], 0.5, ()),
    ("at-threshold", [[0, 0, 4, 4], [0, 0, 4, 2], [10, 10, 14, 14]], [0.875, 0.75, 0.5], 0.5, ("threshold",)),
    ("at-threshold-by-pixels", [[0, 0, 3, 3], [0, 0, 3, 1], [10, 10, 13, 13]],
    [0.875, 0.75, 0.5], 0.5, ("threshold",)),
    ("small-boxes", [[0, 0, 1, 1], [0, 0, 2, 1], [5, 5, 7, 7], [6, 5, 8, 7]], [0.5, 0.875, 0.75, 0.625], 0.4, ()),
    ("touching", [[0, 0, 4, 4], [4, 0, 8, 4], [0, 4, 4, 8]], [0.5, 0.75, 0.875], 0.0, ("touching", "threshold", "threshold-0")),
    ("normalised", [[0.125, 0.125, 0.5, 0.5], [0.15625, 0.125, 0.5, 0.5], [0.5, 0.5, 0.875, 0.9375]],
    [0.75, 0.875, 0.5], 0.5, ("fraction",)),
    ("fractions", [[0.75, 0.5, 3.75, 2.5], [1.25, 0.5, 4.75, 2.5], [8.5, 8.75, 9.75, 9.25], [8.0, 8.75, 9.5, 9.75]],
    [0.875, 0.75, 0.5, 0.625], 0.5, ("fraction",)),
    ("negative-corners", [[-10, -10, -2, -2], [-9, -10, -2, -2], [-4, -4, 4, 4]],
    [0.5, 0.875, 0.625], 0.5, ("negative",)),
    ("equal-scores", [[0, 0, 8, 8], [1, 0, 9, 8], [20, 0, 28, 8], [40, 0, 44, 4]],
    [0.5, 0.5, 0.5, 0.5], 0.5, ("ties",)),
    ("a-tie-behind-the-best", [[0, 0, 4, 4], [20, 0, 28, 8], [21, 0, 29, 8], [40, 0, 48, 8]],
    [0.5, 0.75, 0.75, 0.875], 0.5, ("ties",)),
    ("equal-scores-apart", [[0, 0, 4, 4], [10, 0, 14, 4], [20, 0, 24, 4]], [0.5, 0.75, 0.5], 0.5, ("ties",)),
    ("no-area", [[3, 3, 3, 9], [0, 0, 8, 8], [20, 20, 24, 24]], [0.875, 0.75, 0.5], 0.5, ("no-area",)),
    ("two-without-area", [[3, 3, 3, 9], [0, 0, 8, 8], [12, 5, 16, 5]], [0.875, 0.75, 0.5], 0.5, ("no-area", "0/0")),
    ("lines-on-each-other", [[3, 1, 6, 1], [4, 1, 7, 1], [12, 3, 12, 8], [12, 5, 12, 9]], [0.875, 0.75, 0.625, 0.5], 0.5, ("no-area", "0/0")),
    ("wide-and-tall", [[0, 6, 20, 9], [8, 0, 11, 16], [0, 5, 20, 10], [30, 2, 34, 40]],
    [0.5, 0.75, 0.875, 0.25], 0.4, ()),
    ("large-coordinates", [[2001, 1503, 2301, 1803], [2052, 1503, 2352, 1803], [2057, 1503, 2357, 1803], [3001, 2047, 3003, 2051]],
    [0.875, 0.75, 0.625, 0.5], 0.7, ("large-coordinates",)),
    ("threshold-one", [[0, 0, 4, 4], [0, 0, 4, 4], [10, 10, 14, 14]], [0.5, 0.75, 0.875], 1.0, ("threshold", "duplicates")),
    ("zero-threshold", [[0, 0, 8, 8], [7, 7, 12, 12], [20, 0, 24, 4]], [0.5, 0.75, 0.875], 0.0, ("threshold-0",)),
    ("a-score-of-zero", [[0, 0, 8, 8], [12, 0, 20, 8], [30, 0, 38, 8]], [0.5, 0.0, 0.75], 0.5, ("zero-scores",)),
    ("low-scores", [[0, 0, 8, 8], [12, 0, 20, 8], [30, 0, 38, 8], [50, 0, 58, 8]],
    [0.0625, 0.03125, 0.28125, 0.4375], 0.5, ("low-scores",)),
)  # fmt: skip


def edges() -> list[tuple[str, Mapping[str, Any], frozenset[str]]]:
    """Name, inputs (`boxes`, `scores`, `iou_threshold`) and tags of every special input."""
    return [
        (
            name,
            {"boxes": as_boxes(boxes), "scores": np.asarray(scores, dtype=float), "iou_threshold": limit},
            frozenset(tags),
        )
        for name, boxes, scores, limit, tags in _EDGES
    ]


# So many boxes more than wanted are drawn at once: few are not clear of the others.
SPARE = 8


def large_crowd(rng: np.random.Generator, count: int, threshold: float) -> Any:
    """Boxes in a few dense groups, no overlap within 1e-3 of the threshold, with or without +1; (count, 4)."""
    middle = random_boxes(rng, max(count // 12, 1), extent=160.0)[:, :2]
    while True:
        drawn = count + SPARE
        corner = np.round((middle[rng.integers(len(middle), size=drawn)] + rng.uniform(0.0, 10.0, (drawn, 2))) * 4) / 4
        boxes = np.concatenate([corner, corner + np.round(rng.uniform(8.0, 18.0, (drawn, 2)) * 4) / 4], axis=1)
        clear = clear_pairs(boxes, threshold)
        kept: list[int] = []
        for at in range(drawn):
            if clear[at, kept].all():
                kept.append(at)
        if len(kept) >= count:
            return boxes[kept[:count]]
