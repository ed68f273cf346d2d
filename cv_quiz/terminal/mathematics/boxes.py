"""Rectangles of text: how they are put side by side, above each other, under a root, over a fraction line.

Widths are terminal cells as `Canvas.cells` measures them, never numbers of characters: a rule drawn with a character
of two cells is as long as a multiple of two, and everything above and below is centred on that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.terminal.mathematics.nodes import Unsure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MAX_WIDTH, _MAX_HEIGHT = 2_000, 200  # beyond any screen; keeps the work small for hostile input


@dataclass(frozen=True, slots=True)
class Box:
    """Rows of `width` cells each; `baseline` is the row (from 0) that neighbours are aligned with."""

    rows: tuple[str, ...]
    width: int
    baseline: int = 0

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def below(self) -> int:
        """Rows under the baseline."""
        return len(self.rows) - 1 - self.baseline


@dataclass(frozen=True, slots=True)
class Canvas:
    """How text is measured, and which characters lines may be drawn with."""

    cells: Callable[[str], int]
    ascii_only: bool

    def text(self, text: str) -> Box:
        """A box of one row. Raises Unsure where the width cannot be measured or is beyond reason."""
        width = self.cells(text)
        if width < 0 or width > _MAX_WIDTH or (text and not width):
            raise Unsure("text of no sensible width")
        return Box((text,), width)

    def pick(self, fancy: str, plain: str) -> str:
        """The Unicode drawing character, or the one ASCII has for it."""
        return plain if self.ascii_only else fancy

    def rule(self, character: str, width: int) -> Box:
        """A line of at least that many cells, made of whole characters."""
        size = max(self.cells(character), 1)
        return self.text(character * -(-width // size))


EMPTY = Box(("",), 0)


def blank(width: int) -> Box:
    """One row of blanks."""
    return Box((" " * width,), width)


def checked(box: Box) -> Box:
    """The box, if it is not beyond any screen. Raises Unsure if it is."""
    if box.width > _MAX_WIDTH or box.height > _MAX_HEIGHT:
        raise Unsure("larger than any screen")
    return box


def padded(box: Box, width: int, align: str = "c") -> Box:
    """The box in that width, at its left (l), centre (c) or right (r)."""
    room = width - box.width
    if room <= 0:
        return box
    left = {"l": 0, "c": room // 2, "r": room}[align]
    before, after = " " * left, " " * (room - left)
    return Box(tuple(before + row + after for row in box.rows), width, box.baseline)


def beside(boxes: Sequence[Box]) -> Box:
    """The boxes side by side on one baseline."""
    above = max((box.baseline for box in boxes), default=0)
    below = max((box.below for box in boxes), default=0)
    columns = [_extended(box, above, below) for box in boxes]
    rows = tuple("".join(parts) for parts in zip(*columns, strict=True)) if columns else ("",)
    return checked(Box(rows, sum(box.width for box in boxes), above))


def _extended(box: Box, above: int, below: int) -> list[str]:
    empty = " " * box.width
    return [empty] * (above - box.baseline) + list(box.rows) + [empty] * (below - box.below)


def trimmed(box: Box) -> Box:
    """The box without the blank columns at its left and right."""
    rows = [row for row in box.rows if row.strip(" ")]
    if not rows:
        return EMPTY
    left = min(len(row) - len(row.lstrip(" ")) for row in rows)
    right = min(len(row) - len(row.rstrip(" ")) for row in rows)
    cut = tuple(
        row[left : len(row) - right] if row.strip(" ") else " " * (box.width - left - right) for row in box.rows
    )
    return Box(cut, box.width - left - right, box.baseline)


def stacked(boxes: Sequence[Box], baseline_of: int, align: str = "c") -> Box:
    """The boxes below each other; the baseline is that of the box with number `baseline_of`."""
    width = max(box.width for box in boxes)
    rows = tuple(row for box in boxes for row in padded(box, width, align).rows)
    baseline = sum(box.height for box in boxes[:baseline_of]) + boxes[baseline_of].baseline
    return checked(Box(rows, width, baseline))


def tall(box: Box, above: int, below: int) -> Box:
    """The box with empty rows added until it has that many above and below its baseline."""
    above, below = max(above, box.baseline), max(below, box.below)
    return Box(tuple(_extended(box, above, below)), box.width, above)


def fraction(top: Box, bottom: Box, canvas: Canvas, *, longer: bool) -> Box:
    """Top over bottom with a rule between; `longer` lets it stand out beyond a rule inside."""
    width = max(top.width, bottom.width, 1) + 2 * longer
    rule = canvas.rule(canvas.pick("─", "-"), width)
    return stacked([top, rule, bottom], 1)


def overlined(box: Box, canvas: Canvas) -> Box:
    """The box with a line above it: underscores, which stand low in the row above and are one cell everywhere."""
    return stacked([canvas.rule("_", box.width), box], 1)


def root(radicand: Box, degree: Box | None, canvas: Canvas) -> Box:
    """A root sign with a line over the radicand, and the degree (one row) in its hook."""
    if radicand.height == 1:
        body = beside([canvas.text(canvas.pick("√", "\\/")), overlined(radicand, canvas)])
    else:
        body = _tall_root(radicand, canvas)
    if degree is None:
        return body
    return beside([column([(radicand.below - 1, degree)]), body])


def _tall_root(radicand: Box, canvas: Canvas) -> Box:
    foot = canvas.text(canvas.pick("╲", "\\"))
    corner, stem = canvas.text(canvas.pick("┌", " ")), canvas.text(canvas.pick("│", "|"))
    rule = canvas.rule(canvas.pick("─", "_"), radicand.width)
    stems = [padded(part, max(stem.width, corner.width), "l") for part in (corner, *[stem] * radicand.height)]
    inside = stacked([rule, padded(radicand, rule.width, "l")], 1)
    upright = stacked(stems, 0)
    return beside([column([(radicand.below, foot)]), Box(upright.rows, upright.width, inside.baseline), inside])


def column(pieces: list[tuple[int, Box]]) -> Box:
    """Boxes in one column, flush left, the first row of each that many rows below the baseline (negative: above)."""
    width = max(box.width for _, box in pieces)
    top = min(0, *(offset for offset, _ in pieces))
    bottom = max(0, *(offset + box.height - 1 for offset, box in pieces))
    rows = [" " * width] * (bottom - top + 1)
    for offset, box in pieces:
        for place, row in enumerate(padded(box, width, "l").rows):
            rows[offset - top + place] = row
    return Box(tuple(rows), width, -top)


def scripted(base: Box, sub: Box | None, sup: Box | None) -> Box:
    """Scripts to the right of the base: beyond it if it is one row, else level with its first and last row."""
    beyond = int(base.height == 1)
    pieces = []
    if sup is not None:
        pieces.append((1 - base.baseline - beyond - sup.height, sup))
    if sub is not None:
        pieces.append((base.below + beyond, sub))
    return beside([base, column(pieces)])
