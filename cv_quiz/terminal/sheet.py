"""A sheet of characters to draw on: frames that join where they cross, shades, labels that find room, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cv_quiz.language import Language

Row: TypeAlias = tuple[str, ...]
# Lines of text, each in pieces of one style.
Pieces: TypeAlias = list[list[tuple[str, str]]]

# Which neighbours a stroke leads to; the sum of a cell's bits chooses its character.
NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
_LINES = dict(zip((3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 1, 2, 4, 8), "└│┌├┘─┴┐┤┬┼╵╶╷╴", strict=True))
_DASHED = {NORTH | SOUTH: "╎", EAST | WEST: "╌"}
_ASCII_LINES = {NORTH | SOUTH: "|", EAST | WEST: "-", NORTH: "|", SOUTH: "|", EAST: "-", WEST: "-"}
_ASCII_DASHED = {NORTH | SOUTH: ":", EAST | WEST: "."}
_SHADE, _ASCII_SHADE = "░", "%"


def unpainted(text: str, style: str) -> str:
    """A text in no style at all."""
    del style
    return text


@dataclass(frozen=True, slots=True)
class Canvas:
    """How to draw: the width in cells, how to measure a text, the language, whether ASCII alone is allowed, colours."""

    width: int
    cells: Callable[[str], int]
    ascii_only: bool
    language: Language
    paint: Callable[[str, str], str] = unpainted

    @property
    def plain(self) -> bool:
        """Whether to draw in ASCII: it is asked for, or the terminal gives the characters of a frame two cells."""
        return self.ascii_only or any(self.cells(letter) != 1 for letter in "─│┼╌╎░")


@dataclass(slots=True)
class Sheet:
    """Characters at (column, row). What was written first stays: a later label looks for another place."""

    plain: bool
    letters: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    strokes: dict[tuple[int, int], tuple[int, bool, str]] = field(default_factory=dict)
    shades: set[tuple[int, int]] = field(default_factory=set)

    def frame(self, left: int, top: int, right: int, bottom: int, *, dashed: bool = False, style: str = "") -> None:
        """A frame; one without width or height becomes a line or a point."""
        for column in range(left, right + 1):
            along = (EAST if column < right else 0) | (WEST if column > left else 0)
            self._stroke(column, top, along, dashed=dashed, style=style)
            self._stroke(column, bottom, along, dashed=dashed, style=style)
        for row in range(top, bottom + 1):
            along = (SOUTH if row < bottom else 0) | (NORTH if row > top else 0)
            self._stroke(left, row, along, dashed=dashed, style=style)
            self._stroke(right, row, along, dashed=dashed, style=style)

    def _stroke(self, column: int, row: int, along: int, *, dashed: bool, style: str) -> None:
        old, old_dashed, old_style = self.strokes.get((column, row), (0, True, ""))
        self.strokes[column, row] = old | along, old_dashed and dashed, style or old_style

    def shade(self, left: int, top: int, right: int, bottom: int) -> None:
        """Fill what lies inside a frame."""
        self.shades |= {(column, row) for column in range(left + 1, right) for row in range(top + 1, bottom)}

    def write(self, column: int, row: int, text: str, style: str = "") -> None:
        """Write a text to the right of a place."""
        for offset, letter in enumerate(text):
            self.letters[column + offset, row] = letter, style

    def is_free(self, column: int, row: int, length: int) -> bool:
        """Whether nothing is drawn or written there yet; a shade does not count."""
        places = [(column + offset, row) for offset in range(length)]
        return not any(place in self.letters or place in self.strokes for place in places)

    def stands_alone(self, column: int, row: int, length: int) -> bool:
        """Whether no other text would touch one that is written there."""
        return (column - 1, row) not in self.letters and (column + length, row) not in self.letters

    def pieces(self) -> Iterator[list[tuple[str, str]]]:
        """The lines as (text, style) pairs."""
        places = [*self.letters, *self.strokes, *self.shades]
        columns, rows = (max((place[axis] for place in places), default=-1) + 1 for axis in (0, 1))
        for row in range(rows):
            cells = [self._cell(column, row) for column in range(columns)]
            while cells and cells[-1][0] == " ":
                cells.pop()
            yield [("".join(cell[0] for cell in group), style) for style, group in groupby(cells, lambda cell: cell[1])]

    def _cell(self, column: int, row: int) -> tuple[str, str]:
        if (column, row) in self.letters:
            return self.letters[column, row]
        if (column, row) in self.strokes:
            along, dashed, style = self.strokes[column, row]
            return self._line(along, dashed=dashed), style
        return ((_ASCII_SHADE if self.plain else _SHADE), "dim") if (column, row) in self.shades else (" ", "")

    def _line(self, along: int, *, dashed: bool) -> str:
        if self.plain:
            return (_ASCII_DASHED if dashed else _ASCII_LINES).get(along) or _ASCII_LINES.get(along, "+")
        return (_DASHED if dashed else _LINES).get(along) or _LINES.get(along, "+")


def canvas_line(pieces: Iterable[tuple[str, str]], canvas: Canvas) -> str:
    """Pieces of text in their colours."""
    return "".join(canvas.paint(text, style) if style else text for text, style in pieces)


def table(rows: Sequence[Row], canvas: Canvas, bad: Sequence[bool]) -> Pieces:
    """Rows of a table as pieces of text, the first one its header; `bad` tells which of the others are at fault."""
    widths = [max(canvas.cells(cell) for cell in column) for column in zip(*rows, strict=True)]
    styles = ["dim", *("bad" if wrong else "" for wrong in bad)]
    lines = []
    for row, style in zip(rows, styles, strict=True):
        padded = [cell + " " * (width - canvas.cells(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append([("  ".join(padded).rstrip(), style)])
    return lines


def beside(left: Pieces, right: Pieces, canvas: Canvas) -> list[str]:
    """Two blocks next to each other where there is room, else one below the other."""
    gap = 4
    room = max((_width(pieces, canvas) for pieces in left), default=0)
    if room + gap + max((_width(pieces, canvas) for pieces in right), default=0) > canvas.width:
        return [canvas_line(pieces, canvas) for pieces in (*left, *right)]
    joined = []
    for first, second in zip_longest(left, right, fillvalue=list[tuple[str, str]]()):
        blank = [(" " * (room + gap - _width(first, canvas)), "")] if second else []
        joined.append(canvas_line([*first, *blank, *second], canvas))
    return joined


def _width(pieces: Iterable[tuple[str, str]], canvas: Canvas) -> int:
    return sum(canvas.cells(text) for text, _ in pieces)
