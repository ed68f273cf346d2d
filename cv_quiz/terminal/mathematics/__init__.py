"""Mathematics for the terminal: TeX formulas on one line or in two dimensions.

    inline(r"\\frac{a}{b+c}")      a/(b + c)

    display(r"\\frac{a}{b+c}")       a
                                 ─────
                                 b + c

Where a formula is not understood for certain, both answer None, and the TeX should be shown as it stands. Only the
standard library is used, and importing the package costs nothing: the parts are loaded with the first formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.terminal.mathematics.nodes import Node

# Signs that mean one thing: it does no harm if ASCII makes one of them.
_ALIKE = str.maketrans("⋯⋱⋰×", "………·")
_CLOSE_FUNCTIONS = frozenset("⌋⌉")  # the end of floor( and ceil( is a bracket like any other


def inline(tex: str, *, cells: Callable[[str], int], ascii_only: bool = False) -> str | None:
    """A formula on one line, such as `a/(b + c)`, with brackets where grouping would be lost.

    `cells` measures text in terminal cells. None where it cannot be written for certain.
    """
    from cv_quiz.terminal.mathematics.linear import Writer  # noqa: PLC0415 - see above
    from cv_quiz.terminal.mathematics.nodes import Unsure  # noqa: PLC0415

    try:
        text = Writer(ascii_only=ascii_only).line(_tree(tex, ascii_only=ascii_only)).text.strip()
    except Unsure:
        return None
    return text if text and cells(text) > 0 else None


def display(tex: str, *, cells: Callable[[str], int], width: int, ascii_only: bool = False) -> list[str] | None:
    """A formula in two dimensions: lines of equal width in cells, none of them wider than `width`.

    `cells` measures text in terminal cells. What is too wide is broken at relations, + and −, with a hanging indent.
    None where it cannot be drawn for certain, or nothing fits.
    """
    from cv_quiz.terminal.mathematics.boxes import Canvas  # noqa: PLC0415 - see above
    from cv_quiz.terminal.mathematics.breaking import fitted  # noqa: PLC0415
    from cv_quiz.terminal.mathematics.layout import Layout  # noqa: PLC0415
    from cv_quiz.terminal.mathematics.nodes import Unsure  # noqa: PLC0415

    try:
        box = fitted(Layout(Canvas(cells, ascii_only)), _tree(tex, ascii_only=ascii_only), width)
    except Unsure:
        return None
    rows = list(box.rows)
    return rows if any(row.strip() for row in rows) and all(cells(row) == box.width for row in rows) else None


def _tree(tex: str, *, ascii_only: bool) -> Node:
    """The formula's tree. Raises Unsure where there is none, or where two of its symbols are one in ASCII."""
    from cv_quiz.terminal.mathematics.nodes import Unsure  # noqa: PLC0415
    from cv_quiz.terminal.mathematics.parser import parse  # noqa: PLC0415

    tree, used = parse(tex)
    signs = {sign.translate(_ALIKE) for sign in used if sign not in _CLOSE_FUNCTIONS}
    if ascii_only and len({used[sign] for sign in used if sign not in _CLOSE_FUNCTIONS}) < len(signs):
        raise Unsure("two symbols that ASCII cannot tell apart")
    return tree
