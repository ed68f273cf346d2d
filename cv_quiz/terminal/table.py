"""Tables that are drawn in columns where they fit, and stacked row by row where they do not."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from cv_quiz.terminal.wrap import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.terminal.screen import Screen

    Cell = list[Run]
    Wrapped = Callable[[list[Run], int], list[str]]

GAP = 2
NARROWEST = 8


def table_lines(rows: list[list[Cell]], width: int, screen: Screen, wrapped: Wrapped) -> list[str]:
    """The lines of a table whose first row is its header."""
    columns = max(map(len, rows))
    rows = [row + [[]] * (columns - len(row)) for row in rows]
    natural = [max(_size(row[column], screen) for row in rows) for column in range(columns)]
    room = width - GAP * (columns - 1)
    widths = _shared(natural, room)
    return _drawn(rows, widths, screen, wrapped) if widths else _stacked(rows, width, screen, wrapped)


def _shared(natural: list[int], room: int) -> list[int] | None:
    """Widths of columns within the room: the widest give way first; None where that would leave them too narrow."""
    widths = list(natural)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= NARROWEST:
            return None
        widths[widest] -= 1
    cramped = any(width < size and width < NARROWEST * 2 for width, size in zip(widths, natural, strict=True))
    return None if cramped else widths


def _drawn(rows: list[list[Cell]], widths: list[int], screen: Screen, wrapped: Wrapped) -> list[str]:
    lines: list[str] = []
    for number, row in enumerate(rows):
        styled = [[Run(run.text, "strong", run.whole) for run in cell] if number == 0 else cell for cell in row]
        cells = [wrapped(cell, width) for cell, width in zip(styled, widths, strict=True)]
        sizes = [_line_sizes(cell, width, screen, wrapped) for cell, width in zip(row, widths, strict=True)]
        for index in range(max(map(len, cells))):
            parts = [
                (cell[index] if index < len(cell) else "") + " " * (width - (size[index] if index < len(size) else 0))
                for cell, size, width in zip(cells, sizes, widths, strict=True)
            ]
            lines.append((" " * GAP).join(parts).rstrip())
        if number == 0:
            stroke = "-" if screen.ascii_only else "─"
            strokes = [stroke * (width // screen.cells(stroke)) for width in widths]
            lines.append(screen.styled((" " * GAP).join(strokes), "dim"))
    return lines


def _line_sizes(cell: Cell, width: int, screen: Screen, wrapped: Wrapped) -> list[int]:
    """Cells of each line, measured without colours."""
    return [screen.cells(line) for line in wrapped([Run(run.text, "", run.whole) for run in cell], width)]


def _stacked(rows: list[list[Cell]], width: int, screen: Screen, wrapped: Wrapped) -> list[str]:
    """Each row as lines `header: value`."""
    header, *body = rows
    lines: list[str] = []
    for row in body:
        lines += [screen.styled("-" if screen.ascii_only else "─", "dim")] if lines else []
        for name, cell in zip_longest(header, row, fillvalue=list[Run]()):
            label = [Run(run.text, "strong", run.whole) for run in name]
            lines += wrapped([*label, Run(": " if name else ""), *cell], width)
    return lines


def _size(cell: Cell, screen: Screen) -> int:
    return sum(screen.cells(run.text) for run in cell)
