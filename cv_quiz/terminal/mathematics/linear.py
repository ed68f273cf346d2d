"""A formula on one line: brackets wherever the line would lose what two dimensions show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cv_quiz.terminal.mathematics import scripts
from cv_quiz.terminal.mathematics.alphabets import ACCENTS, superscript
from cv_quiz.terminal.mathematics.lines import ATOM, INDEXED, LOOSE, PRODUCT, TIGHT, Line, joined
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
    items_of,
)
from cv_quiz.terminal.mathematics.spacing import Edge, arranged, gap, is_large, kind_of, left_role, right_role, settled
from cv_quiz.terminal.mathematics.symbols import ASCII_DELIMITERS

if TYPE_CHECKING:
    from collections.abc import Callable

_VULGAR = {("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾"}
_ROOTS = {"3": "∛", "4": "∜"}
# a + b/c and a · b/c mean what the fraction means; other operators might not, nor does a slash.
_SAFE_OPERATORS = frozenset("+−±∓·×*∗")
_SEPARATORS = frozenset(".|:?")
_LOOSE_ROLES = frozenset({"binary", "relation", "punctuation", "operator", "inner"})
_LOOSE_SIGNS = frozenset("/:|")


@dataclass(frozen=True, slots=True)
class Part:
    """A node of a row on one line: the roles its neighbours see, the cells before it, those the author asked for."""

    node: Node
    roles: tuple[Role, Role]
    line: Line
    before: int
    asked: int


class Writer:
    """Writes nodes on one line, with Unicode or in ASCII."""

    def __init__(self, *, ascii_only: bool) -> None:
        self.ascii_only = ascii_only

    def line(self, node: Node, *, tight: bool = False) -> Line:
        """The node on one line; `tight` leaves the blanks out, as scripts do. Raises Unsure where it cannot be."""
        return _WRITE[type(node)](self, node, tight)

    # Rows

    def _row(self, node: Row, tight: bool) -> Line:
        parts = self.parts(node, tight=tight)
        if len(parts) < 2:
            return parts[0].line if parts else Line("", ATOM)
        text = joined([(part.before, part.line) for part in parts])
        return Line(text, _level(parts), parts[0].line.head, parts[-1].line.tail)

    def parts(self, node: Row, *, tight: bool = False) -> list[Part]:
        """The parts of a row, each on one line as it stands between its neighbours, and the room between them."""
        nodes, blanks = arranged(node.items)
        roles = settled(nodes)
        lines = [self._in_row(nodes, roles, blanks, place, tight) for place in range(len(nodes))]
        edges = [edges_of(*parts) for parts in zip(nodes, roles, lines, strict=True)]
        parts = []
        for place, line in enumerate(lines):
            cells = gap(edges[place - 1][1], edges[place][0], tight=tight) if place else 0
            if place and _applied(nodes[place - 1], nodes[place], line):
                cells = 0
            parts.append(Part(nodes[place], roles[place], line, max(cells, blanks[place]), blanks[place]))
        return parts

    def _in_row(
        self, nodes: list[Node], roles: list[tuple[Role, Role]], blanks: list[int], place: int, tight: bool
    ) -> Line:
        node = nodes[place]
        if not isinstance(node, Fraction | Root):
            return self.line(node, tight=tight)
        before = place > 0 and blanks[place] < 2 and _glues(nodes[place - 1], roles[place - 1], left=True)
        after = (
            place + 1 < len(nodes) and blanks[place + 1] < 2 and _glues(nodes[place + 1], roles[place + 1], left=False)
        )
        if isinstance(node, Root):
            return self._root_between(node, before=before, after=after)
        number_beside = any(_is_number(nodes[beside]) for beside in (place - 1, place + 1) if 0 <= beside < len(nodes))
        if not number_beside and (vulgar := self.vulgar(node)):
            return vulgar
        return self._quotient(node).bracketed() if before or after else self._quotient(node)

    # Atoms

    def _symbol(self, node: Symbol, tight: bool) -> Line:
        text = node.plain if self.ascii_only else node.text
        if tight and len(text) > 1 and not text.isalnum():
            text = " ".join(text.split())
        return Line(text, ATOM, kind_of(text, at_end=False), kind_of(text, at_end=True))

    def _space(self, node: Space, _tight: bool) -> Line:
        return Line(" " * node.size, ATOM)

    # Fractions and roots

    def _fraction(self, node: Fraction, _tight: bool) -> Line:
        return self.vulgar(node) or self._quotient(node)

    def vulgar(self, node: Fraction) -> Line | None:
        """A fraction that Unicode has a character for, such as ½."""
        top, bottom = node.top, node.bottom
        if self.ascii_only or not isinstance(top, Symbol) or not isinstance(bottom, Symbol) or not node.ruled:
            return None
        sign = _VULGAR.get((top.text, bottom.text))
        return Line(sign, PRODUCT) if sign else None

    def _quotient(self, node: Fraction) -> Line:
        if not node.ruled:
            raise Unsure("a stack without a rule on one line")
        top, bottom = self.line(node.top), self.line(node.bottom)
        low = bottom if _derivative(node.top, node.bottom) else bottom.at_least(TIGHT)
        high = top.at_least(PRODUCT)
        return Line(f"{high.text}/{low.text}", LOOSE, high.head, low.tail)

    def _root(self, node: Root, _tight: bool) -> Line:
        return self._root_between(node, before=False, after=False)

    def _root_between(self, node: Root, *, before: bool, after: bool) -> Line:
        inside = self.line(node.radicand)
        degree = None if node.degree is None else self.line(node.degree, tight=True)
        own = isinstance(node.radicand, Fenced) and node.radicand.left == "(" and node.radicand.right == ")"
        if self.ascii_only and degree is None:
            return Line("sqrt" + (inside if own else inside.bracketed()).text, TIGHT, "word")
        sign = "√" if degree is None else _ROOTS.get(degree.text) or _small_degree(degree)
        if degree is not None and (sign is None or self.ascii_only):
            return Line(f"{inside.at_least(ATOM).text}^(1/{degree.at_least(TIGHT).text})", TIGHT)
        held = inside.level >= INDEXED and not (after and not own)
        root = Line(
            f"{sign}" + (inside.text if held else inside.bracketed().text), TIGHT, "", inside.tail if held else ""
        )
        return root.bracketed() if before and degree is not None else root

    # Scripts and accents

    def _scripts(self, node: Scripts, _tight: bool) -> Line:
        base = self.line(node.base).at_least(ATOM)
        end = self.suffix(node)
        only_index = node.sup is None and not end.text.endswith("*")
        return Line(
            base.text + end.text,
            INDEXED if only_index else TIGHT,
            base.head,
            base.tail if end.kind is None else end.kind,
        )

    def suffix(self, node: Scripts) -> scripts.Suffix:
        """The scripts of a node without its base."""
        sub = None if node.sub is None else self.line(node.sub, tight=True)
        sup = None if node.sup is None else self.line(node.sup, tight=True)
        limits = left_role(node.base) == "operator"
        return scripts.suffix(sub, sup, node.primes, ascii_only=self.ascii_only, limits=limits)

    def _accent(self, node: Accent, tight: bool) -> Line:
        mark, word = ACCENTS[node.name]
        body = self.line(node.body, tight=tight)
        if not self.ascii_only and len(body.text) == 1 and body.text.isalnum():
            text = unicodedata.normalize("NFC", body.text + mark)
            return Line(text, ATOM, body.head, body.tail)
        return Line(f"{word}({body.text})", ATOM, "word")

    def _brace(self, node: Brace, _tight: bool) -> Line:
        word = "overbrace" if node.above else "underbrace"
        label = "" if node.label is None else f", {self.line(node.label).text}"
        return Line(f"{word}({self.line(node.body).text}{label})", ATOM, "word")

    def _stack(self, node: Stack, tight: bool) -> Line:
        base = self.line(node.base, tight=tight)
        above = None if node.above is None else self.line(node.above, tight=True)
        below = None if node.below is None else self.line(node.below, tight=True)
        if node.stretched and above and below is None and base.text in {"→", "←", "->", "<-"}:
            return Line(_arrow(base.text, above.text), LOOSE)
        if base.level == ATOM and settled([Row(()), node, Row(())])[1][0] in {"relation", "operator", "binary"}:
            end = scripts.suffix(below, above, 0, ascii_only=self.ascii_only)
            return Line(base.text + end.text, ATOM, base.head, end.kind or "")
        text = base.text
        for word, label in (("overset", above), ("underset", below)):
            text = text if label is None else f"{word}({label.text}, {text})"
        return Line(text, ATOM, "word")

    # Brackets and grids

    def _fenced(self, node: Fenced, tight: bool) -> Line:
        only = node.parts[0] if len(node.parts) == 1 else None
        if isinstance(only, Fraction) and not only.ruled and node.left == "(" and node.right == ")":
            return Line(f"binom({self.line(only.top).text}, {self.line(only.bottom).text})", ATOM, "word")
        parts = [self.line(part, tight=tight) for part in node.parts]
        if not node.left and node.right and only is not None:
            return Line(parts[0].at_least(ATOM).text + self._delimiter(node.right), ATOM, parts[0].head)
        inside = parts[0].text
        for middle, part in zip(node.middles, parts[1:], strict=True):
            inside += f" {self._delimiter(middle)} {part.text}"
        left, right = self._delimiter(node.left), self._delimiter(node.right)
        if node.left == "{" and not node.right and isinstance(only, Grid):
            right = "}"
        level = ATOM if left and right else LOOSE
        return Line(left + inside.strip() + right, level, "word" if left[:1].isalpha() else "")

    def _delimiter(self, sign: str) -> str:
        return ASCII_DELIMITERS.get(sign, sign) if self.ascii_only else sign

    def _grid(self, node: Grid, tight: bool) -> Line:
        if node.bars:
            raise Unsure("an array with lines on one line")
        if node.kind in {"aligned", "lines"}:
            text = self._equations(node, tight)
            return Line(f"{{{text}}}", ATOM) if node.left or node.right else Line(text, LOOSE)
        rows = [[self.line(cell, tight=tight).text.strip() for cell in row] for row in node.rows]
        if node.kind == "cases":
            rows = [[cell.rstrip(",;") for cell in row if cell] for row in rows]
        elif any("," in cell or ";" in cell for row in rows for cell in row):
            raise Unsure("a matrix with commas in its cells on one line")
        inside = "; ".join(", ".join(row) for row in rows)
        left, right = self._delimiter(node.left), self._delimiter(node.right)
        if node.kind == "cases":
            left, right = left or "{", right or "}"
        return Line(left + inside + right, ATOM if left else LOOSE)

    def _equations(self, node: Grid, tight: bool) -> str:
        rows = [Row(tuple(item for cell in row for item in items_of(cell))) for row in node.rows]
        texts = [self.line(row, tight=tight).text.strip() for row in rows if not is_empty(row)]
        return "; ".join([*(text.rstrip(",;") for text in texts[:-1]), *texts[-1:]])


_WRITE: dict[type, Callable[[Writer, Any, bool], Line]] = {
    Symbol: Writer._symbol,
    Space: Writer._space,
    Row: Writer._row,
    Fraction: Writer._fraction,
    Root: Writer._root,
    Scripts: Writer._scripts,
    Accent: Writer._accent,
    Brace: Writer._brace,
    Stack: Writer._stack,
    Fenced: Writer._fenced,
    Grid: Writer._grid,
}


def edges_of(node: Node, roles: tuple[Role, Role], line: Line) -> tuple[Edge, Edge]:
    """What the neighbours on the left and on the right see of a node that is written as `line`."""
    large = is_large(node)
    left, right = roles
    if isinstance(node, Fraction):
        left, right = ("ordinary", "ordinary") if line.level == PRODUCT else (left, right)
    return Edge(left, line.head, large), Edge(right, line.tail, large)


def _glues(node: Node, roles: tuple[Role, Role], *, left: bool) -> bool:
    """Whether a neighbour (on the left side or the right) would pull a bare fraction apart."""
    role = roles[1] if left else roles[0]
    text = node.text if isinstance(node, Symbol) else ""
    if role == "binary" or text == "/":
        return text not in _SAFE_OPERATORS
    if text and (text in _SEPARATORS or (text[-1] if left else text[0]).isspace()):
        return False
    return role in ({"ordinary", "closing"} if left else {"ordinary", "opening"}) or role in {"inner", "operator"}


def _level(parts: list[Part]) -> int:
    """How tightly a row of two parts or more holds together."""
    if _is_application([part.node for part in parts]) and not parts[1].asked:
        return TIGHT
    if any(part.asked for part in parts[1:]) or any(map(_is_loose, parts)):
        return LOOSE
    return PRODUCT


def _is_loose(part: Part) -> bool:
    if isinstance(part.node, Symbol) and (part.node.text in _LOOSE_SIGNS or " " in part.node.text):
        return True
    if part.roles == ("ordinary", "opening") or part.line.level == LOOSE:  # a prefix sign, a bare quotient
        return True
    return not _LOOSE_ROLES.isdisjoint(part.roles) and not isinstance(part.node, Fraction | Root)


def _applied(function: Node, node: Node, line: Line) -> bool:
    """Whether a fraction in brackets is the argument of a named function: log(a/b)."""
    named = left_role(function) == "operator" and not is_large(function)
    return named and isinstance(node, Fraction) and line.level == ATOM


def _small_degree(degree: Line) -> str | None:
    small = superscript(degree.text)
    return small + "√" if small else None


def _is_application(nodes: list[Node]) -> bool:
    """Whether it is f(x), log(a + b), IoU(A, B): one thing, unlike the product n(n - 1)."""
    if len(nodes) != 2 or not isinstance(nodes[1], Fenced) or nodes[1].left not in {"(", "["}:
        return False
    name = nodes[0].base if isinstance(nodes[0], Scripts) else nodes[0]
    if not isinstance(name, Symbol) or _is_number(name):
        return False
    if name.role == "operator":
        return not is_large(nodes[0])
    inside = [item for part in nodes[1].parts for item in items_of(part)]
    return name.role == "ordinary" and (len(name.text) > 1 or _is_argument(inside))


def _is_argument(inside: list[Node]) -> bool:
    """Whether brackets after a letter hold what functions are given, x or x, y or x | y, rather than a factor."""
    separated = any(right_role(item) in {"relation", "punctuation"} or _is_bar(item) for item in inside)
    return len(inside) == 1 or (separated and all(right_role(item) != "binary" for item in inside))


def _is_bar(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text == "|"


def _is_number(node: Node) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Symbol) and base.text[:1].isdecimal()


def _derivative(top: Node, bottom: Node) -> bool:
    """Whether it is ∂y/∂x or dy/dx, where the lower half needs no brackets."""
    above, below = items_of(top), items_of(bottom)
    sign = _differential(above[0]) if above else ""
    short = sign == "∂" or len(above) <= 2
    return bool(sign) and short and len(below) == 2 and _differential(below[0]) == sign


def _differential(node: Node) -> str:
    sign = node.base if isinstance(node, Scripts) and node.sub is None else node
    return sign.text if isinstance(sign, Symbol) and sign.text in {"∂", "d"} else ""


def _arrow(arrow: str, label: str) -> str:
    ends = {"→": ("─", "→"), "←": ("←", "─"), "->": ("--", "-->"), "<-": ("<--", "--")}[arrow]
    return label.join(ends)
