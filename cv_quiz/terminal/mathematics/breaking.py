"""A displayed formula that is too wide.

Statements that stand apart get lines of their own; each is broken before relations, else before + and −, else inside
brackets; what helps nowhere is written on one line and wrapped as text is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.terminal.mathematics.boxes import Box, beside, blank, stacked, trimmed
from cv_quiz.terminal.mathematics.layout import Layout, Placed, grows, together
from cv_quiz.terminal.mathematics.nodes import (
    MAX_DEPTH,
    Fenced,
    Grid,
    Node,
    Row,
    Space,
    Symbol,
    Unsure,
    is_empty,
    items_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_SIGNS = frozenset("+-−±∓")
_INDENT, _LEAST_INDENT = 4, 2
_STATEMENT_GAP = 2  # a \\quad or more stands between statements


def fitted(layout: Layout, tree: Node, width: int) -> Box:
    """The tree drawn in at most `width` cells. Raises Unsure where no way of breaking it fits."""
    box = trimmed(layout.box(tree, display=True))
    if box.width <= width:
        return box
    if isinstance(tree, Grid) and tree.kind in {"aligned", "lines"} and not tree.left + tree.right:
        return _below([fitted(layout, _unaligned(cells), width) for cells in tree.rows])
    return _broken(layout, items_of(tree), width)


def _unaligned(cells: tuple[Node, ...]) -> Row:
    """The cells of an aligned row side by side; the empty atoms that open them serve only at its beginning."""
    items = [item for cell in cells for item in items_of(cell)]
    return Row(tuple(item for place, item in enumerate(items) if not place or not is_empty(item)))


def _broken(layout: Layout, items: tuple[Node, ...], width: int) -> Box:
    """The row on several lines: as many statements on each as fit, and each broken for itself if need be."""
    lines: list[Box] = []
    full = True
    for statement in map(Row, map(tuple, _statements(items))):
        box = trimmed(layout.box(statement, display=True))
        if not full and lines[-1].width + _STATEMENT_GAP + box.width <= width:
            lines[-1] = beside([lines[-1], blank(_STATEMENT_GAP), box])
            continue
        full = box.width > width
        lines.append(_statement(layout, statement, width) if full else box)
    return _below(lines)


def _statements(items: tuple[Node, ...]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for item in items:
        if isinstance(item, Space) and item.size >= _STATEMENT_GAP:
            found.append([])
        else:
            found[-1].append(item)
    return [statement for statement in found if statement]


def _statement(layout: Layout, row: Row, width: int) -> Box:
    """One statement broken at the first kind of place that helps."""
    parts = layout.placed(row, display=True)
    once, fully = _opened(layout, parts, 1), _opened(layout, parts, MAX_DEPTH)
    ways = ((parts, _at_relation), (parts, _at_sign), (once, _at_sign), (fully, _at_sign), (fully, _anywhere))
    for pieces, may_break in ways:
        for indent in (_first_relation(parts, width), _INDENT, _LEAST_INDENT):
            lines = _filled(_pieces(pieces, may_break), width, indent)
            if lines:
                return _below([lines[0], *(beside([blank(indent), line]) for line in lines[1:])])
    return _wrapped(layout, row, width)


def _at_relation(part: Placed, _before: Placed) -> bool:
    return part.roles[0] == "relation"


def _at_sign(part: Placed, before: Placed) -> bool:
    sign = part.roles[0] == "binary" and isinstance(part.node, Symbol) and part.node.text in _SIGNS
    return sign or _at_relation(part, before)


def _anywhere(part: Placed, before: Placed) -> bool:
    return _at_sign(part, before) or part.roles[0] == "binary" or before.roles[1] == "punctuation"


def _first_relation(parts: list[Placed], width: int) -> int:
    """The column of the first relation, so that the next one stands below it; a few cells if that is far off."""
    column = 0
    for part in parts:
        column += part.before
        if part.roles[0] == "relation":
            return column if column <= width // 3 else _INDENT
        column += part.box.width
    return _INDENT


def _pieces(parts: list[Placed], may_break: Callable[[Placed, Placed], bool]) -> list[list[Placed]]:
    pieces: list[list[Placed]] = []
    for place, part in enumerate(parts):
        if place and not may_break(part, parts[place - 1]):
            pieces[-1].append(part)
        else:
            pieces.append([part])
    return pieces


def _filled(pieces: list[list[Placed]], width: int, indent: int) -> list[Box]:
    """Lines that are filled as far as they go; none at all if a piece is wider than a line."""
    lines: list[list[Placed]] = []
    room = 0
    for piece in pieces:
        size = sum(part.before + part.box.width for part in piece)
        if not lines or size > room:
            room = width - indent if lines else width
            size -= piece[0].before
            lines.append([])
        if size > room:
            return []
        lines[-1] += piece
        room -= size
    return [together(line) for line in lines]


def _wrapped(layout: Layout, row: Row, width: int) -> Box:
    """The row on one line, wrapped before signs and after commas. Raises Unsure where that does not fit either."""
    pieces: list[str] = []
    for word in layout.writer.line(row).text.split():
        sign = not any(character.isalnum() or character in "()[]{}" for character in word)
        if not pieces or sign or pieces[-1][-1] in ",;":
            pieces.append(word)
        else:
            pieces[-1] += " " + word
    lines: list[str] = []
    for piece in pieces:
        if lines and layout.canvas.cells(f"{lines[-1]} {piece}") <= width:
            lines[-1] += " " + piece
        else:
            lines.append(" " * _LEAST_INDENT * bool(lines) + piece)
    boxes = [layout.canvas.text(line) for line in lines]
    if max(box.width for box in boxes) > width:
        raise Unsure(f"does not fit into {width} cells")
    return _below(boxes)


def _below(boxes: list[Box]) -> Box:
    """Lines below each other, with an empty one between them where any of them is taller than one row."""
    airy = any(box.height > 1 for box in boxes)
    parts = [part for place, box in enumerate(boxes) for part in ([blank(0)] if airy and place else []) + [box]]
    return stacked(parts, 0, "l")


def _opened(layout: Layout, parts: list[Placed], depth: int) -> list[Placed]:
    """The parts with brackets that do not grow dissolved into what they contain, `depth` levels of them."""
    found: list[Placed] = []
    for part in parts:
        node = part.node
        if not depth or not isinstance(node, Fenced) or grows(node) or len(node.parts) > 1 or not node.left:
            found.append(part)
            continue
        inside = layout.placed(Row(items_of(node.parts[0])), display=True)
        left, right = (layout.delimiter(sign) for sign in (node.left, node.right))
        found.append(Placed(node, left, part.before, ("opening", "opening")))
        found += _opened(layout, inside, depth - 1)
        found.append(Placed(node, right, 0, ("closing", "closing")))
    return found
