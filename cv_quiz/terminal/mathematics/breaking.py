"""A displayed formula that is too wide: broken before relations, else before + and −, else inside flat brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cv_quiz.terminal.mathematics.boxes import Box, beside, blank, padded, stacked
from cv_quiz.terminal.mathematics.layout import Layout, Placed, together
from cv_quiz.terminal.mathematics.nodes import MAX_DEPTH, Fenced, Grid, Node, Row, Symbol, Unsure, is_empty, items_of

if TYPE_CHECKING:
    from collections.abc import Callable

    _Place: TypeAlias = Callable[[Layout, Row], list[Placed]]

_SIGNS = frozenset("+−-±∓")
_PLAIN_INDENT = 4


def fitted(layout: Layout, tree: Node, width: int) -> Box:
    """The tree drawn in at most `width` cells. Raises Unsure where no way of breaking it fits."""
    box = layout.box(tree, display=True)
    if box.width <= width:
        return box
    if isinstance(tree, Grid) and tree.kind in {"aligned", "lines"}:
        return _lines(layout, tree, width)
    return _broken(layout, Row(items_of(tree)), width)


def _lines(layout: Layout, tree: Grid, width: int) -> Box:
    """Every line for itself, no longer aligned."""
    parts: list[Box] = []
    for cells in tree.rows:
        row = Row(tuple(item for cell in cells for item in items_of(cell) if not is_empty(item)))
        parts += [blank(0), fitted(layout, row, width)] if parts else [fitted(layout, row, width)]
    return stacked(parts, 0, "l")


def _broken(layout: Layout, row: Row, width: int) -> Box:
    """The row on several lines: as drawn, and where that does not help, with its parts on one line each."""
    for place in (_drawn, Layout.flat):
        parts = place(layout, row)
        once, fully = _opened(layout, parts, place, 1), _opened(layout, parts, place, MAX_DEPTH)
        ways = ((parts, _at_relation), (parts, _at_sign), (once, _at_sign), (fully, _at_sign), (fully, _anywhere))
        for pieces, may_break in ways:
            for indent in (_indent(parts, width), _PLAIN_INDENT, 2):
                lines = _filled(pieces, may_break, width, indent)
                if lines:
                    return _below(lines, indent)
    raise Unsure(f"does not fit into {width} cells")


def _drawn(layout: Layout, row: Row) -> list[Placed]:
    return layout.placed(row, display=True)


def _at_relation(part: Placed, _before: Placed) -> bool:
    return part.roles[0] == "relation" or part.before >= 2


def _at_sign(part: Placed, before: Placed) -> bool:
    sign = part.roles[0] == "binary" and isinstance(part.node, Symbol) and part.node.text in _SIGNS
    return sign or _at_relation(part, before)


def _anywhere(part: Placed, before: Placed) -> bool:
    return _at_sign(part, before) or part.roles[0] == "binary" or before.roles[1] == "punctuation"


def _indent(parts: list[Placed], width: int) -> int:
    """The column of the first relation, so that the next one stands below it; a few cells if that is far off."""
    column = 0
    for part in parts:
        column += part.before
        if part.roles[0] == "relation":
            return column if column <= width // 3 else _PLAIN_INDENT
        column += part.box.width
    return _PLAIN_INDENT


def _filled(
    parts: list[Placed], may_break: Callable[[Placed, Placed], bool], width: int, indent: int
) -> list[list[Placed]]:
    """Lines that are filled as far as they go; none at all if a piece is wider than a line."""
    lines: list[list[Placed]] = [[]]
    room = width
    for piece in _pieces(parts, may_break):
        size = sum(part.before + part.box.width for part in piece)
        if lines[-1] and size > room:
            lines.append([])
            room = width - indent
        if not lines[-1]:
            size -= piece[0].before
        if size > room:
            return []
        lines[-1] += piece
        room -= size
    return lines


def _pieces(parts: list[Placed], may_break: Callable[[Placed, Placed], bool]) -> list[list[Placed]]:
    pieces: list[list[Placed]] = []
    for place, part in enumerate(parts):
        if place and not may_break(part, parts[place - 1]):
            pieces[-1].append(part)
        else:
            pieces.append([part])
    return pieces


def _below(lines: list[list[Placed]], indent: int) -> Box:
    drawn = [together([Placed(line[0].node, line[0].box, 0, line[0].roles), *line[1:]]) for line in lines]
    boxes = [drawn[0], *(beside([blank(indent), box]) for box in drawn[1:])]
    airy = any(box.height > 1 for box in boxes)
    width = max(box.width for box in boxes)
    spread = [part for place, box in enumerate(boxes) for part in ([blank(0)] if airy and place else []) + [box]]
    return stacked([padded(part, width, "l") for part in spread], 0, "l")


def _opened(layout: Layout, parts: list[Placed], place: _Place, depth: int) -> list[Placed]:
    """The parts with brackets of one row dissolved into what they contain, `depth` levels of them."""
    found: list[Placed] = []
    for part in parts:
        node = part.node
        flat = isinstance(node, Fenced) and part.box.height == 1 and len(node.parts) == 1
        if not depth or not flat or not isinstance(node, Fenced) or not (node.left and node.right):
            found.append(part)
            continue
        inside = place(layout, Row(items_of(node.parts[0])))
        left, right = (layout.delimiter(sign) for sign in (node.left, node.right))
        found.append(Placed(node, left, part.before, ("opening", "opening")))
        found += _opened(layout, inside, place, depth - 1)
        found.append(Placed(node, right, 0, ("closing", "closing")))
    return found
