"""Boxes and points drawn with letters: what a counterexample looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from cv_quiz.grading.findings import Counterexample
    from cv_quiz.language import Language

# Corner and edge characters: upper left, upper right, lower left, lower right, horizontal, vertical.
_LINES = "┌┐└┘─│"
_ASCII = "++++-|"
# A cell is about twice as high as wide.
ASPECT = 2.0
HEIGHT = 14
_KEPT, _DROPPED = Text("保留", "kept"), Text("去掉", "dropped")
_LEGEND = Text("应{wanted}，得到：{found}", "expected: {wanted}, got: {found}")
_CLUSTER = Text("点 {at}：应属于簇 {wanted}，得到 {found}", "point {at}: cluster {wanted} expected, got {found}")
_CENTROIDS = Text("字母是初始中心，数字是点的下标", "letters are initial centroids, digits are indices of points")


@dataclass(frozen=True, slots=True)
class Canvas:
    """How to draw: the width in cells, how to measure a character, the language, and whether ASCII alone is allowed."""

    width: int
    cells: Callable[[str], int]
    ascii_only: bool
    language: Language

    @property
    def lines(self) -> str:
        """The characters of a frame; ASCII where a terminal gives the others two cells."""
        narrow = not self.ascii_only and all(self.cells(letter) == 1 for letter in _LINES)
        return _LINES if narrow else _ASCII


def draw(counterexample: Counterexample, picture: str, canvas: Canvas) -> list[str]:
    """The lines of a picture, none wider than the canvas; none at all where there is nothing to draw."""
    if picture == "boxes":
        return list(_boxes(counterexample, canvas))
    return list(_points(counterexample, canvas)) if picture == "points" else []


def _boxes(found: Counterexample, canvas: Canvas) -> Iterator[str]:
    named = _named_boxes(found)
    if not named or canvas.width < 20:
        return
    table = np.array([box for _, box in named], dtype=float)
    scale = _Scale.of(table.reshape(-1, 2), canvas)
    grid = _Grid(scale.columns, scale.rows)
    # The large ones first, so that the small ones stay visible.
    for at in sorted(range(len(named)), key=lambda at: -float(np.prod(table[at, 2:] - table[at, :2]))):
        grid.frame(*scale.place(table[at, :2]), *scale.place(table[at, 2:]), canvas.lines)
    for name, box in reversed(named):
        grid.put(*scale.place(np.asarray(box[:2])), name)
    yield from grid.text()
    yield from _legend(found, canvas)


def _named_boxes(found: Counterexample) -> list[tuple[str, npt.NDArray[np.float64]]]:
    """Boxes by index, or with the letter of their set in front."""
    inputs = found.inputs
    if "boxes" in inputs:
        return [(str(at), box) for at, box in enumerate(inputs["boxes"])]
    sets = [(letter, inputs[name]) for letter, name in (("a", "box_a"), ("b", "box_b")) if name in inputs]
    tables = [(letter, inputs[name]) for letter, name in (("a", "boxes_a"), ("b", "boxes_b")) if name in inputs]
    several = [(f"{letter}{at}", box) for letter, table in tables for at, box in enumerate(table)]
    return [*sets, *several]


def _legend(found: Counterexample, canvas: Canvas) -> Iterator[str]:
    """One line for each box whose fate differs."""
    if found.expected_rows is None or found.got_rows is None:
        return
    for at in range(len(found.inputs["boxes"])):
        wanted, got = at in found.expected_rows, at in found.got_rows
        if wanted != got:
            words = _LEGEND.format(wanted=_KEPT if wanted else _DROPPED, found=_KEPT if got else _DROPPED)
            yield from _short(f"{at}: {words.say(canvas.language)}", canvas)


def _points(found: Counterexample, canvas: Canvas) -> Iterator[str]:
    points, start = np.asarray(found.inputs["points"], dtype=float), np.asarray(found.inputs["init"], dtype=float)
    if not len(points) or canvas.width < 20:
        return
    flat, centroids = _in_plane(points), _in_plane(start)
    scale = _Scale.of(np.concatenate([flat, centroids]), canvas)
    grid = _Grid(scale.columns, scale.rows)
    for at, point in enumerate(centroids):
        grid.put(*scale.place(point), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at % 26])
    for at, point in enumerate(flat):
        grid.put(*scale.place(point), str(at))
    yield from grid.text()
    yield from _short(_CENTROIDS.say(canvas.language), canvas)
    for at, (wanted, got) in enumerate(zip(found.expected_rows or (), found.got_rows or (), strict=False)):
        if wanted != got:
            yield from _short(_CLUSTER.format(at=at, wanted=wanted, found=got).say(canvas.language), canvas)


def _in_plane(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The first two coordinates; 0 for the second where there is one only."""
    return points[:, :2] if points.shape[1] > 1 else np.column_stack([points, np.zeros(len(points))])


def _short(text: str, canvas: Canvas) -> Iterator[str]:
    """A line, cut off where it does not fit."""
    while canvas.cells(text) > canvas.width:
        text = text[:-1]
    yield text


@dataclass(frozen=True, slots=True)
class _Scale:
    """From coordinates to columns and rows of characters."""

    low: npt.NDArray[np.float64]
    size: npt.NDArray[np.float64]
    columns: int
    rows: int

    @classmethod
    def of(cls, corners: npt.NDArray[np.float64], canvas: Canvas) -> _Scale:
        """The scale at which all corners fit, with the same unit in both directions where there is room."""
        low, high = corners.min(axis=0), corners.max(axis=0)
        size = np.maximum(high - low, 1e-9)
        columns = max(2, min(canvas.width, round(size[0] / size[1] * HEIGHT * ASPECT) + 1))
        rows = max(2, min(HEIGHT, round(size[1] / size[0] * columns / ASPECT) + 1))
        return cls(low, size, columns, rows)

    def place(self, corner: Any) -> tuple[int, int]:
        """Column and row of a point."""
        share = (np.asarray(corner, dtype=float) - self.low) / self.size
        return round(float(share[0]) * (self.columns - 1)), round(float(share[1]) * (self.rows - 1))


class _Grid:
    """A sheet of characters."""

    def __init__(self, columns: int, rows: int) -> None:
        self._cells = [[" "] * columns for _ in range(rows)]

    def put(self, column: int, row: int, text: str) -> None:
        """Write a short text, as far as there is room to the right."""
        for offset, letter in enumerate(text):
            if column + offset < len(self._cells[row]):
                self._cells[row][column + offset] = letter

    def frame(self, left: int, top: int, right: int, bottom: int, lines: str) -> None:
        """Draw a frame; one without width or height becomes a line or a point."""
        for column in range(left, right + 1):
            self.put(column, top, lines[4])
            self.put(column, bottom, lines[4])
        for row in range(top, bottom + 1):
            self.put(left, row, lines[5])
            self.put(right, row, lines[5])
        for column, row, corner in ((left, top, 0), (right, top, 1), (left, bottom, 2), (right, bottom, 3)):
            self.put(column, row, lines[corner])

    def text(self) -> list[str]:
        """The lines, without blanks at their ends."""
        return ["".join(row).rstrip() for row in self._cells]
