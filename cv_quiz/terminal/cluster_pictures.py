"""Points with their clusters: the answer that is right next to the one that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cv_quiz.comparison import Clusters
from cv_quiz.drills._kmeans_cases import start_of
from cv_quiz.grading.words import written
from cv_quiz.language import Text
from cv_quiz.terminal.scale import Scale
from cv_quiz.terminal.sheet import Canvas, Pieces, Sheet, beside, canvas_line, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from cv_quiz.grading.findings import Counterexample

    Floats = npt.NDArray[np.float64]

MOST_POINTS = 16
_EXPECTED, _GOT = Text("应为", "expected"), Text("得到", "got")
_POINT, _CENTROID = Text("点 {at} {where}", "point {at} {where}"), Text("中心 {at} {where}", "centroid {at} {where}")
_LEGEND = Text(
    "数字：点的标签；a b：初始中心；A B：最终中心",
    "digits: points by label; a b: centroids at the start, A B: at the end",
)
_FIRST_TWO = Text("只画出前两维", "first two coordinates drawn")


def cluster_lines(found: Counterexample, canvas: Canvas) -> list[str]:
    """Both answers as pictures, next to each other where there is room, and what differs between them."""
    points, start = np.asarray(found.inputs["points"], dtype=float), start_of(found.inputs)
    right, given = found.right, found.given
    if not isinstance(right, Clusters) or not isinstance(given, Clusters) or not 0 < len(points) <= MOST_POINTS:
        return []
    everything = [points, start, *(answer.centroids for answer in (right, given) if _drawable(answer, start))]
    flat = np.concatenate([_in_plane(one) for one in everything if one is not None])
    flat = flat[np.isfinite(flat).all(axis=1)]
    half = max((canvas.width - 4) // 2, 20)
    panels = [
        _panel(name.say(canvas.language), points, start, answer, Scale.of(flat, half), canvas)
        for name, answer in ((_EXPECTED, right), (_GOT, given))
    ]
    lines = beside(panels[0], panels[1], canvas)
    notes = [_LEGEND, *([_FIRST_TWO] if points.shape[1] > 2 else [])]
    legend = [
        canvas.paint(words, "dim")
        for words in (note.say(canvas.language) for note in notes)
        if canvas.cells(words) <= canvas.width
    ]
    facts = _facts(points, start, right, given, canvas)
    return [*lines, *legend, *facts]


def _drawable(answer: Clusters, start: Floats) -> bool:
    return answer.centroids is not None and answer.centroids.shape == start.shape


def _panel(name: str, points: Floats, start: Floats, answer: Clusters, scale: Scale, canvas: Canvas) -> Pieces:
    """One answer: labels at the points, centroids at the start and at the end."""
    sheet = Sheet(canvas.plain)
    labels = answer.labels if answer.labels is not None and len(answer.labels) == len(points) else None
    for at, point in enumerate(_in_plane(points)):
        _write(sheet, scale, point, str(labels[at])[-1] if labels is not None else "*", "")
    ends = [_in_plane(answer.centroids)] if answer.centroids is not None and _drawable(answer, start) else []
    for letters, centroids in (
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", ends),
        ("abcdefghijklmnopqrstuvwxyz", [_in_plane(start)]),
    ):
        for place in centroids:
            for at, centroid in enumerate(place):
                _write(sheet, scale, centroid, letters[at % 26], "key" if letters[0] == "A" else "dim")
    scale.write_ticks(sheet, _in_plane(points))
    return [[(name, "dim")], *sheet.pieces()]


def _write(sheet: Sheet, scale: Scale, point: Floats, letter: str, style: str) -> None:
    """A letter at its place, or as near to it as there is room."""
    if not np.isfinite(point).all():
        return
    column, row = scale.place(point)
    around = [(0, 0), (1, 0), (-1, 0), (2, 0), (-2, 0), (0, 1), (0, -1), (1, 1), (-1, 1)]
    places = [
        (column + right, row + down) for right, down in around if column + right >= scale.left and row + down >= 1
    ]
    place = next((place for place in places if sheet.is_free(*place, 1)), (column, row))
    sheet.write(*place, letter, style)


def _in_plane(points: Floats) -> Floats:
    """The first two coordinates; 0 for the second where there is one only."""
    points = np.asarray(points, dtype=float)
    return points[:, :2] if points.shape[1] > 1 else np.column_stack([points, np.zeros(len(points))])


def _facts(points: Floats, start: Floats, right: Clusters, given: Clusters, canvas: Canvas) -> list[str]:
    """What differs, in a table: labels of points, and centroids."""
    rows: list[tuple[str, str, str]] = []
    if right.labels is not None and given.labels is not None and len(right.labels) == len(given.labels):
        pairs = zip(right.labels, given.labels, strict=True)
        rows += [_row(_POINT, at, points, (str(a), str(b)), canvas) for at, (a, b) in enumerate(pairs) if a != b]
    if right.centroids is not None and given.centroids is not None and right.centroids.shape == given.centroids.shape:
        both = list(zip(right.centroids, given.centroids, strict=True))
        rows += [
            _row(_CENTROID, at, start, (written(a), written(b)), canvas)
            for at, (a, b) in enumerate(both)
            if not np.allclose(a, b, rtol=1e-5, atol=1e-6, equal_nan=True)
        ]
    if not rows:
        return []
    header = ("", _EXPECTED.say(canvas.language), _GOT.say(canvas.language))
    lines = table([header, *rows], canvas, [True] * len(rows))
    fits = all(sum(canvas.cells(text) for text, _ in line) <= canvas.width for line in lines)
    return [canvas_line(line, canvas) for line in lines] if fits else []


def _row(name: Text, at: int, where: Floats, cells: Sequence[str], canvas: Canvas) -> tuple[str, str, str]:
    return name.format(at=at, where=written(where[at])).say(canvas.language), cells[0], cells[1]
