"""A formula in two dimensions: every node to a box, after the rules of TeX's displayed mathematics.

Two styles: in a display the limits of a sum stand below and above it; in text (inside fractions, matrices and cases)
beside it. What stands in scripts is written on one line where it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cv_quiz.terminal.mathematics import boxes, brackets, grids
from cv_quiz.terminal.mathematics.boxes import Box, Canvas, beside, blank
from cv_quiz.terminal.mathematics.linear import Writer, edges_of
from cv_quiz.terminal.mathematics.lines import ATOM, INDEXED, Line
from cv_quiz.terminal.mathematics.nodes import (
    Accent,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Node,
    Role,
    Root,
    Row,
    Scripts,
    Space,
    Stack,
    Symbol,
    Unsure,
    is_empty,
)
from cv_quiz.terminal.mathematics.scripts import primed, simple_index, small_subscript, small_superscript
from cv_quiz.terminal.mathematics.spacing import arranged, gap, is_prefix, settled

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLLOWING_FACTOR = frozenset({"ordinary", "opening", "inner", "operator"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A node of a row as drawn, with the cells before it and the roles its neighbours see."""

    node: Node
    box: Box
    before: int
    roles: tuple[Role, Role]


class Layout:
    """Draws nodes on a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.writer = Writer(ascii_only=canvas.ascii_only)

    def box(self, node: Node, *, display: bool) -> Box:
        """The node as a box. Raises Unsure where it cannot be drawn."""
        return _DRAW[type(node)](self, node, display)

    # Rows

    def placed(self, node: Row, *, display: bool) -> list[Placed]:
        """The parts of a row, each drawn, with the room between them."""
        nodes, blanks = arranged(node.items)
        roles = settled(nodes)
        drawn = [self._in_row(nodes, roles, place, display) for place in range(len(nodes))]
        edges = [edges_of(*parts) for parts in zip(nodes, roles, [line for _, line in drawn], strict=True)]
        gaps = [0, *(gap(a[1], b[0], tight=False) for a, b in pairwise(edges))][: len(nodes)]
        for place in range(1, len(nodes)):
            if isinstance(nodes[place], Fraction) and is_prefix(nodes[place - 1], roles[place - 1]):
                gaps[place] = int(drawn[place][0].height > 1)  # or the sign would lengthen the rule
        return [
            Placed(part, box, max(cells, asked), role)
            for part, (box, _), cells, asked, role in zip(nodes, drawn, gaps, blanks, roles, strict=True)
        ]

    def _row(self, node: Row, display: bool) -> Box:
        return together(self.placed(node, display=display))

    def _in_row(self, nodes: list[Node], roles: list[tuple[Role, Role]], place: int, display: bool) -> tuple[Box, Line]:
        """One part of a row as a box, and as a line that tells what it begins and ends with."""
        node = nodes[place]
        if isinstance(node, Root):
            factor = place + 1 < len(nodes) and roles[place + 1][0] in _FOLLOWING_FACTOR
            return self._root_before(node, display, factor=factor), Line("", ATOM)
        if isinstance(node, Symbol):
            line = self.writer.line(node)
            return self.canvas.text(line.text), line
        if isinstance(node, Scripts):
            return self._scripts(node, display), self._script_edges(node)
        box = self.box(node, display=display)
        vulgar = isinstance(node, Fraction) and box.height == 1
        return box, Line(box.rows[0] if vulgar else "", 1 if vulgar else ATOM)

    def _script_edges(self, node: Scripts) -> Line:
        try:
            return self.writer.line(node)
        except Unsure:
            return Line("", ATOM)

    # Leaves

    def _symbol(self, node: Symbol, _display: bool) -> Box:
        return self.canvas.text(self.writer.line(node).text)

    def _space(self, node: Space, _display: bool) -> Box:
        return blank(node.size)

    def script(self, node: Node, *, small: Callable[[Line], str | None] | None = None) -> Box:
        """What stands in a script, above an arrow, below a sum: one line where it can be written so.

        With `small`, in the small characters that it gives, if it gives any.
        """
        if isinstance(node, Grid) and node.kind == "lines":
            return boxes.stacked([self.script(cell) for row in node.rows for cell in row], 0)
        try:
            line = self.writer.line(node, tight=True)
        except Unsure:
            return self.box(node, display=False)
        tiny = small(line) if small and not self.canvas.ascii_only else None
        return self.canvas.text(tiny or line.text)

    # Fractions and roots

    def _fraction(self, node: Fraction, display: bool) -> Box:
        if not display and (vulgar := self.writer.vulgar(node)):
            return self.canvas.text(vulgar.text)
        top, bottom = self.box(node.top, display=False), self.box(node.bottom, display=False)
        if not node.ruled:
            return boxes.stacked([top, blank(0), bottom], 1)
        return boxes.fraction(top, bottom, self.canvas, longer=_is_fraction(node.top) or _is_fraction(node.bottom))

    def _root(self, node: Root, display: bool) -> Box:
        return self._root_before(node, display, factor=False)

    def _root_before(self, node: Root, display: bool, *, factor: bool) -> Box:
        inside = self.box(node.radicand, display=display)
        if node.degree is None and not factor and inside.height == 1 and not self.canvas.ascii_only:
            line = self.writer.line(node.radicand)
            if line.level >= INDEXED:
                return self.canvas.text("√" + line.text)
        degree = None if node.degree is None else self.script(node.degree)
        if degree is not None and degree.height > 1:
            raise Unsure("a degree of more than one row")
        return boxes.root(inside, degree, self.canvas)

    # Scripts, accents, things above and below

    def _scripts(self, node: Scripts, display: bool) -> Box:
        limits = isinstance(node.base, Symbol) and node.base.limits
        if limits and (display or not self._fits_line(node)):
            return self._limits(node)
        base = self._base(node.base, display)
        flat = base.height == 1 or (isinstance(node.base, Fenced) and not grows(node.base))
        if flat and self._fits_line(node):
            return beside([base, self.canvas.text(self.writer.suffix(node).text)])
        sup = self._raised(node, small=not flat)
        sub = None if node.sub is None else self.script(node.sub, small=None if flat else small_subscript)
        return boxes.scripted(base, sub, sup) if sub or sup else base

    def _fits_line(self, node: Scripts) -> bool:
        """Whether the scripts can stand on the base's own line without _( ) or ^( )."""
        try:
            if self.writer.suffix(node).small:
                return True
            sub = None if node.sub is None else self.writer.line(node.sub, tight=True)
            sup = None if node.sup is None else self.writer.line(node.sup, tight=True)
        except Unsure:
            return False
        if self.canvas.ascii_only:
            return all(simple_index(line) for line in (sub, sup) if line is not None)
        return sub is not None and simple_index(sub) and (sup is None or small_superscript(sup) is not None)

    def _raised(self, node: Scripts, *, small: bool) -> Box | None:
        marks = primed(node.primes, ascii_only=self.canvas.ascii_only)
        primes = self.canvas.text(marks) if marks else None
        sup = None if node.sup is None else self.script(node.sup, small=small_superscript if small else None)
        return beside([primes, sup]) if primes and sup else primes or sup

    def _base(self, node: Node, display: bool) -> Box:
        """What scripts are put on; in brackets, where they would seem to stand on its last part only."""
        if is_empty(node):
            return boxes.EMPTY
        box = self.box(node, display=display)
        loose = isinstance(node, Row | Fraction | Root) or (isinstance(node, Grid) and not node.left + node.right)
        return brackets.fenced("(", [box], [], ")", self.canvas) if loose else box

    def _limits(self, node: Scripts) -> Box:
        above = None if node.sup is None else self.script(node.sup)
        below = None if node.sub is None else self.script(node.sub)
        return self._stack_of(self.box(node.base, display=True), above, below)

    def _stack_of(self, base: Box, above: Box | None, below: Box | None) -> Box:
        parts = [part for part in (above, base, below) if part is not None]
        return boxes.stacked(parts, 0 if above is None else 1)

    def _accent(self, node: Accent, display: bool) -> Box:
        line = self._accent_line(node)
        if line is not None:
            return self.canvas.text(line)
        body = self.box(node.body, display=display)
        return grids.accented(node.name, body, self.canvas)

    def _accent_line(self, node: Accent) -> str | None:
        """The accent as a character on its letter, if there is one for it."""
        try:
            text = self.writer.line(node).text
        except Unsure:
            return None
        return None if text.endswith(")") and not self.canvas.ascii_only else text

    def _brace(self, node: Brace, display: bool) -> Box:
        body = self.box(node.body, display=display)
        label = None if node.label is None else self.script(node.label)
        return grids.braced(body, label, self.canvas, above=node.above)

    def _stack(self, node: Stack, display: bool) -> Box:
        above = None if node.above is None else self.script(node.above)
        below = None if node.below is None else self.script(node.below)
        base = self.box(node.base, display=display)
        if node.stretched:
            width = max(part.width for part in (above, below, base) if part is not None)
            base = grids.stretched(self.writer.line(node.base).text, width + 2, self.canvas)
        return self._stack_of(base, above, below)

    # Brackets and grids

    def delimiter(self, sign: str) -> Box:
        """A delimiter of one row."""
        return brackets.delimiter(sign, 0, 0, self.canvas)

    def _fenced(self, node: Fenced, display: bool) -> Box:
        parts = [self.box(part, display=display) for part in node.parts]
        if not grows(node):
            return brackets.level(node.left, parts, list(node.middles), node.right, self.canvas)
        return brackets.fenced(node.left, parts, list(node.middles), node.right, self.canvas)

    def _grid(self, node: Grid, display: bool) -> Box:
        style = display and node.kind in {"aligned", "lines"}
        cells = [[self.box(cell, display=style) for cell in row] for row in node.rows]
        return grids.grid(node, cells, self.canvas)


_DRAW: dict[type, Callable[[Layout, Any, bool], Box]] = {
    Symbol: Layout._symbol,
    Space: Layout._space,
    Row: Layout._row,
    Fraction: Layout._fraction,
    Root: Layout._root,
    Scripts: Layout._scripts,
    Accent: Layout._accent,
    Brace: Layout._brace,
    Stack: Layout._stack,
    Fenced: Layout._fenced,
    Grid: Layout._grid,
}


def together(parts: list[Placed]) -> Box:
    """The parts of a row as one box, without the room before the first."""
    boxes = [box for part in parts for box in (blank(part.before), part.box)]
    return beside(boxes[1:])


def grows(node: Node) -> bool:
    """Whether it is tall by more than scripts, so that brackets around it should grow with it."""
    if isinstance(node, Scripts):
        return grows(node.base) or (isinstance(node.base, Symbol) and node.base.limits)
    if isinstance(node, Row):
        return any(map(grows, node.items))
    if isinstance(node, Fenced):
        return any(map(grows, node.parts))
    if isinstance(node, Root):
        return grows(node.radicand)
    if isinstance(node, Accent):
        return grows(node.body)
    return isinstance(node, Fraction | Grid | Brace | Stack)


def _is_fraction(node: Node) -> bool:
    return isinstance(node, Fraction) and node.ruled
