"""Columns and rows: matrices, cases, aligned equations; and the long signs above and below a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.terminal.mathematics import boxes, brackets
from cv_quiz.terminal.mathematics.boxes import EMPTY, Box, Canvas, beside, blank, padded, stacked
from cv_quiz.terminal.mathematics.nodes import Unsure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.terminal.mathematics.nodes import Grid

_GAPS = {"matrix": 2, "cases": 2, "aligned": 0, "lines": 2}
_PAIR_GAP = 3  # between one aligned equation and the next on the same line


def grid(node: Grid, cells: list[list[Box]], canvas: Canvas) -> Box:
    """The cells in columns, between their delimiters; the baseline is the middle row."""
    columns = max(len(row) for row in cells)
    widths = [max((row[place].width for row in cells if place < len(row)), default=0) for place in range(columns)]
    rows = [_row(node, row, widths, canvas) for row in cells]
    body = _below_each_other(rows)
    if not node.left and not node.right:
        return body
    body = _for_brace(node, body)
    left, right = (blank(int(side in {"{", "}"} and node.kind != "matrix")) for side in (node.left, node.right))
    return brackets.fenced(node.left, [beside([left, body, right])], [], node.right, canvas)


def _row(node: Grid, cells: list[Box], widths: list[int], canvas: Canvas) -> Box:
    parts: list[Box] = []
    above = max((cell.baseline for cell in cells), default=0)
    below = max((cell.below for cell in cells), default=0)
    for place, width in enumerate(widths):
        if place:
            parts.append(blank(_gap_before(node, place)))
        if place in node.bars:
            parts += [_bar(above, below, canvas), blank(_GAPS[node.kind] if place else 1)]
        align = node.columns[min(place, len(node.columns) - 1)]
        parts.append(padded(cells[place] if place < len(cells) else EMPTY, width, align))
    if len(widths) in node.bars:
        parts += [blank(1), _bar(above, below, canvas)]
    return beside(parts)


def _bar(above: int, below: int, canvas: Canvas) -> Box:
    bar = canvas.text(canvas.pick("│", "|"))
    return Box(bar.rows * (above + 1 + below), bar.width, above)


def _gap_before(node: Grid, place: int) -> int:
    return _PAIR_GAP if node.kind == "aligned" and place % 2 == 0 else _GAPS[node.kind]


def _below_each_other(rows: Sequence[Box]) -> Box:
    """The rows, with an empty one between them where any of them is taller than one."""
    airy = any(row.height > 1 for row in rows)
    parts: list[Box] = []
    for place, row in enumerate(rows):
        parts += [blank(0), row] if airy and place else [row]
    whole = stacked(parts, 0, "l")
    return Box(whole.rows, whole.width, (whole.height - 1) // 2)


def _for_brace(node: Grid, body: Box) -> Box:
    """Two lines get a third between them, for the point of the brace."""
    if body.height != 2 or (node.left != "{" and node.right != "}"):
        return body
    first, second = body.rows
    return Box((first, " " * body.width, second), body.width, 1)


def accented(name: str, body: Box, canvas: Canvas) -> Box:
    """A long accent above (or a line below) a body of several cells. Raises Unsure for one that cannot be long."""
    if name in {"underline", "underbar"}:
        return stacked([body, canvas.rule(canvas.pick("‾", "-"), body.width)], 0)
    if name in {"bar", "overline"}:
        return boxes.overlined(body, canvas)
    if name in {"vec", "overrightarrow"}:
        return stacked([stretched("→", body.width, canvas), body], 1)
    if name == "overleftarrow":
        return stacked([stretched("←", body.width, canvas), body], 1)
    if name in {"tilde", "widetilde"}:
        return stacked([canvas.text("~" * max(body.width, 1)), body], 1)
    if name in {"hat", "widehat"}:
        roof = "^" if body.width < 2 else "/" + "-" * (body.width - 2) + "\\"
        return stacked([canvas.text(roof), body], 1)
    raise Unsure(f"\\{name} over more than a letter")


def stretched(arrow: str, width: int, canvas: Canvas) -> Box:
    """An arrow of at least that width. Raises Unsure for one that cannot be lengthened."""
    shafts = {"→": ("", "─", "→"), "←": ("←", "─", ""), "↔": ("←", "─", "→"), "⇒": ("", "═", "⇒"), "⇐": ("⇐", "═", ""),
              "->": ("", "-", ">"), "<-": ("<", "-", ""), "<->": ("<", "-", ">"), "=>": ("", "=", ">")}  # fmt: skip
    if canvas.ascii_only:
        arrow = {"→": "->", "←": "<-"}.get(arrow, arrow)
    if arrow not in shafts:
        raise Unsure(f"{arrow} cannot be lengthened")
    start, shaft, end = shafts[arrow]
    ends = [canvas.text(part) for part in (start, end)]
    middle = canvas.rule(shaft, max(width - sum(part.width for part in ends), 1))
    return beside([ends[0], middle, ends[1]])


def braced(body: Box, label: Box | None, canvas: Canvas, *, above: bool) -> Box:
    """A lying brace above or below the body, with its label beyond it."""
    corners = canvas.pick("╭┴╮" if above else "╰┬╯", "/^\\" if above else "\\v/")
    left, point, right = (canvas.text(corner) for corner in corners)
    room = max(body.width - left.width - point.width - right.width, 0)
    arm = canvas.rule(canvas.pick("─", "-"), (room + 1) // 2) if room else EMPTY
    brace = beside([left, arm, point, arm, right])
    parts = [brace] if label is None else [label, brace] if above else [brace, label]
    return stacked([*parts, body], len(parts)) if above else stacked([body, *parts], 0)
