"""The syntax tree of a formula: eleven small frozen classes, and the exception that says why there is none.

A tree says what a formula consists of, never how it looks: the same tree is written on one line by `linear` and drawn
in two dimensions by `layout`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

# The classes of atoms of TeX (The TeXbook, chapter 17); the space between two neighbours follows from them.
Role: TypeAlias = Literal["ordinary", "operator", "binary", "relation", "opening", "closing", "punctuation", "inner"]

MAX_DEPTH = 32  # nested groups, brackets and commands; formulas people write stay below 12
MAX_CHARACTERS = 10_000


class Unsure(Exception):  # noqa: N818 - it is an answer ("show the TeX as it stands"), not a fault
    """A formula is not understood well enough to be shown; the argument says why.

    It never leaves the package: `inline` and `display` turn it into None.
    """


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, number, word, function name or sign: `text` with Unicode, `plain` in ASCII.

    `limits` is True where sub- and superscript stand below and above in a displayed formula (sums, max, lim).
    `spaced` tells that the author left blanks before and after it, which matters for the few signs that TeX sets
    tight and people mean in two ways (`/`, `:`, `|`).
    """

    text: str
    plain: str
    role: Role = "ordinary"
    limits: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """A blank the author asked for, in cells."""

    size: int


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """`top` over `bottom`; without `ruled` there is no line between them (binomials, \\atop)."""

    top: Node
    bottom: Node
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `degree` is None for a square root."""

    radicand: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """`base` with a subscript, a superscript and a number of primes; at least one of the three is there."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Accent:
    """A hat, bar, tilde, arrow, dot or line over (or under) `body`; `name` is a key of `alphabets.ACCENTS`."""

    name: str
    body: Node


@dataclass(frozen=True, slots=True)
class Brace:
    """\\overbrace (`above`) or \\underbrace, with a label or without."""

    body: Node
    label: Node | None
    above: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """`base` with something set above and below it; `stretched` if base is an arrow that grows with them."""

    base: Node
    above: Node | None
    below: Node | None
    stretched: bool = False


@dataclass(frozen=True, slots=True)
class Fenced:
    """`parts` between two delimiters, which may be empty; `middles` (one fewer than parts) stand between parts."""

    left: str
    right: str
    parts: tuple[Node, ...]
    middles: tuple[str, ...] = ()


GridKind: TypeAlias = Literal["matrix", "cases", "aligned", "lines"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: a matrix or array, cases, aligned equations, or plain lines.

    `columns` has one of l, c, r for each column (the last holds for those beyond); `bars` are the columns (counted
    from 0) before which a vertical line stands; `left` and `right` are delimiters or empty.
    """

    rows: tuple[tuple[Node, ...], ...]
    kind: GridKind
    columns: str = "c"
    bars: tuple[int, ...] = ()
    left: str = ""
    right: str = ""


Node: TypeAlias = Symbol | Space | Row | Fraction | Root | Scripts | Accent | Brace | Stack | Fenced | Grid


def items_of(node: Node) -> tuple[Node, ...]:
    """The parts of a row; any other node is a row of one."""
    return node.items if isinstance(node, Row) else (node,)


def row_of(items: list[Node]) -> Node:
    """One node for a list of them; a row of one is its only item."""
    return items[0] if len(items) == 1 else Row(tuple(items))


def is_empty(node: Node) -> bool:
    """Whether nothing at all would be shown."""
    return isinstance(node, Row) and all(is_empty(item) for item in node.items)
