"""\\begin ... \\end: matrices, arrays, cases, and equations that are aligned or stand below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.terminal.mathematics.nodes import Grid, Node, Row, Unsure, items_of

if TYPE_CHECKING:
    from cv_quiz.terminal.mathematics.parser import Parser

_MATRICES = {
    "matrix": ("", ""),
    "smallmatrix": ("", ""),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
}
_CASES = {"cases": ("{", ""), "dcases": ("{", ""), "rcases": ("", "}"), "drcases": ("", "}")}
_ALIGNED = frozenset({"aligned", "align", "split", "alignat", "alignedat", "eqnarray", "flalign"})
_LINES = frozenset({"equation", "gather", "gathered", "multline", "displaymath", "math"})
_WITH_ARGUMENT = frozenset({"alignat", "alignedat"})


def environment(parser: Parser) -> Node:
    """What stands between \\begin{name} and \\end{name}. Raises Unsure for an unknown name or a wrong end."""
    name = parser.raw_group().strip()
    node = _inside(parser, name.removesuffix("*"))
    parser.expect("\\end")
    end = parser.raw_group().strip()
    if end != name:
        raise Unsure(f"\\begin{{{name}}} ends with \\end{{{end}}}")
    return node


def _inside(parser: Parser, name: str) -> Node:
    if name in _MATRICES:
        left, right = _MATRICES[name]
        return Grid(_rectangle(parser.cells()), "matrix", "c", (), left, right)
    if name in _CASES:
        left, right = _CASES[name]
        return Grid(tuple(parser.cells()), "cases", "l", (), left, right)
    if name == "array":
        columns, bars = _column_format(parser.raw_group())
        return Grid(_rectangle(parser.cells()), "matrix", columns, bars)
    if name in _WITH_ARGUMENT:
        parser.raw_group()
    if name in _ALIGNED:
        return aligned(parser.cells())
    if name in _LINES:
        return _lines(parser.cells())
    raise Unsure(f"unknown environment {name}")


def _lines(rows: list[tuple[Node, ...]]) -> Node:
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    return aligned(rows) if any(len(row) > 1 for row in rows) else Grid(tuple(rows), "lines", "c")


def aligned(rows: list[tuple[Node, ...]]) -> Grid:
    """Rows whose odd columns end, and whose even columns begin, where the author wrote &.

    As amsmath does, an empty atom opens every second cell, so that a relation or sign there keeps its blanks.
    """
    opened = [
        tuple(Row((Row(()), *items_of(cell))) if place % 2 else cell for place, cell in enumerate(row)) for row in rows
    ]
    return Grid(tuple(opened), "aligned", "rl" * max((len(row) + 1) // 2 for row in rows))


def _rectangle(rows: list[tuple[Node, ...]]) -> tuple[tuple[Node, ...], ...]:
    width = max(len(row) for row in rows)
    return tuple(row + (Row(()),) * (width - len(row)) for row in rows)


def _column_format(text: str) -> tuple[str, tuple[int, ...]]:
    columns, bars = "", []
    for sign in text:
        if sign in "lcr":
            columns += sign
        elif sign == "|":
            bars.append(len(columns))
        elif not sign.isspace():
            raise Unsure(f"{sign} in the columns of an array")
    if not columns:
        raise Unsure("an array without columns")
    return columns, tuple(dict.fromkeys(bars))
