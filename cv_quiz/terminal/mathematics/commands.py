"""What each command with arguments means: one small function for a kind, one table from name to function."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from cv_quiz.terminal.mathematics import environments
from cv_quiz.terminal.mathematics.alphabets import ACCENTS
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
    row_of,
)
from cv_quiz.terminal.mathematics.symbols import ASCII_DELIMITERS, COMMANDS, DELIMITERS, NEGATED

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.terminal.mathematics.parser import Parser

    Handler: TypeAlias = Callable[[Parser, str], Node | None]

_TEXT_ESCAPES = {
    "\\ ": " ", "\\,": " ", "\\;": " ", "\\:": " ", "\\%": "%", "\\$": "$", "\\#": "#", "\\_": "_", "\\&": "&", "\\{": "{",
    "\\}": "}", "~": " ", "\\-": "", "\\quad": "  ", "\\!": "",
}  # fmt: skip
_STRETCHED = {
    "\\xrightarrow": "\\rightarrow", "\\xleftarrow": "\\leftarrow", "\\xleftrightarrow": "\\leftrightarrow",
    "\\xRightarrow": "\\Rightarrow", "\\xLeftarrow": "\\Leftarrow", "\\xmapsto": "\\mapsto",
}  # fmt: skip
_BIG_ROLES: dict[str, Role] = {"l": "opening", "r": "closing", "m": "relation"}
_NOTHING = (
    "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle", "\\nonumber", "\\notag",
    "\\relax", "\\allowbreak", "\\nobreak", "\\noindent", "\\centering", "\\protect", "\\normalsize", "\\small",
    "\\large", "\\Large", "\\strut", "\\mathstrut", "\\hfill", "\\smallskip", "\\medskip", "\\bigskip",
)  # fmt: skip


def fraction(top: Node, bottom: Node, *, ruled: bool = True, left: str = "", right: str = "") -> Node:
    """A fraction, in brackets if there are any. Raises Unsure where a half is empty."""
    if is_empty(top) or is_empty(bottom):
        raise Unsure("an empty half of a fraction")
    node = Fraction(top, bottom, ruled)
    return Fenced(left, right, (node,)) if left or right else node


def equations(rows: list[tuple[Node, ...]]) -> Grid:
    """Lines that are aligned at their & signs."""
    return environments.aligned(rows)


def _fraction(parser: Parser, _name: str) -> Node:
    return fraction(parser.argument(), parser.argument())


def _binomial(parser: Parser, _name: str) -> Node:
    return fraction(parser.argument(), parser.argument(), ruled=False, left="(", right=")")


def _root(parser: Parser, _name: str) -> Node:
    degree = None
    if parser.take_if("["):
        degree = parser.row(stop="]")
        parser.expect("]")
    radicand = parser.argument()
    if is_empty(radicand):
        raise Unsure("an empty root")
    return Root(radicand, None if degree is None or is_empty(degree) else degree)


def _accent(parser: Parser, name: str) -> Node:
    """An accent; over a letter with an index it goes on the letter, which is what was meant."""
    body = parser.argument()
    if is_empty(body):
        raise Unsure(f"{name} over nothing")
    if isinstance(body, Scripts) and isinstance(body.base, Symbol) and body.sup is None and not body.primes:
        return replace(body, base=Accent(name[1:], body.base))
    return Accent(name[1:], body)


def _brace(parser: Parser, name: str) -> Node:
    above = name == "\\overbrace"
    body, label = parser.argument(), None
    if parser.take_if("^" if above else "_"):
        label = parser.argument()
    return Brace(body, label, above)


def _overset(parser: Parser, _name: str) -> Node:
    label, base = parser.argument(), parser.argument(keeps_role=True)
    return Stack(base, label, None)


def _underset(parser: Parser, _name: str) -> Node:
    """A label below; below max, argmin and the like it is their limit."""
    label, base = parser.argument(), parser.argument(keeps_role=True)
    items = items_of(base)
    last = items[-1] if items else base
    if isinstance(last, Symbol) and (last.role == "operator" or len(last.text) > 1):
        limit: Node = Scripts(replace(last, role="operator", limits=True), label)
        return row_of([*items[:-1], limit])
    return Stack(base, None, label)


def _stretched(parser: Parser, name: str) -> Node:
    below = None
    if parser.take_if("["):
        below = parser.row(stop="]")
        parser.expect("]")
    base = parser.symbol(COMMANDS[_STRETCHED[name]])
    above = parser.argument()
    return Stack(base, None if is_empty(above) else above, below, stretched=True)


def _text(parser: Parser, _name: str) -> Node | None:
    """Words as they stand. Raises Unsure where there is more than text in them."""
    if parser.peek() != "{":
        return parser.argument()
    text = plain_text(parser.raw_group())
    return parser.letter(text) if text else None


def plain_text(raw: str) -> str:
    """The text of a \\text argument, blanks joined. Raises Unsure at commands and inner mathematics."""
    out: list[str] = []
    place = 0
    while place < len(raw):
        width = 2 if raw[place] == "\\" else 1
        part = raw[place : place + width]
        if part in _TEXT_ESCAPES:
            part = _TEXT_ESCAPES[part]
        elif part[0] in "\\${}%":
            raise Unsure(f"{part} inside text")
        out.append(part)
        place += width
    text = "".join(" " if character.isspace() else character for character in "".join(out))
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _operator_name(parser: Parser, _name: str) -> Node:
    limits = parser.take_if("*")
    items = items_of(_roman(parser))
    name = "".join(" " if isinstance(item, Space) else _name_part(item) for item in items).strip()
    if not name:
        raise Unsure("an operator without a name")
    return parser.symbol(Symbol(name, name, "operator", limits or name in {"arg max", "arg min"}))


def _roman(parser: Parser) -> Node:
    before, parser.font = parser.font, "roman"
    inside = parser.argument()
    parser.font = before
    return inside


def _name_part(item: Node) -> str:
    if not isinstance(item, Symbol):
        raise Unsure("an operator's name is not a word")
    return item.plain


def _operator(parser: Parser, _name: str) -> Node:
    """\\mathop: a single symbol or word becomes an operator."""
    inside = _roman(parser)
    if not isinstance(inside, Symbol):
        raise Unsure("\\mathop of more than one symbol")
    return replace(inside, role="operator", limits=True)


def _class(parser: Parser, name: str) -> Node:
    inside = parser.argument()
    if not isinstance(inside, Symbol):
        return inside
    if name == "\\mathbin":
        return replace(inside, role="binary")
    return replace(inside, role="relation" if name == "\\mathrel" else "ordinary")


def _not(parser: Parser, _name: str) -> Node:
    following = parser.peek()
    if following not in NEGATED:
        raise Unsure(f"\\not before {following or 'nothing'}")
    parser.take()
    return parser.symbol(COMMANDS[NEGATED[following]])


def _modulo(parser: Parser, name: str) -> Node:
    word: Node = parser.symbol(Symbol("mod", "mod"))
    argument = parser.argument()
    inside = Row((word, Space(1), *items_of(argument)))
    return Row((Space(1), Fenced("(", ")", (inside,)))) if name == "\\pmod" else Row((Space(1), *inside.items))


def delimiter(parser: Parser) -> str:
    """The delimiter that stands next, empty for a dot. Raises Unsure at any other token."""
    text = parser.take().text
    if text not in DELIMITERS:
        raise Unsure(f"{text} as a delimiter")
    sign = DELIMITERS[text]
    if sign:
        parser.used.setdefault(sign, sign)
    return sign


def _left(parser: Parser, _name: str) -> Node:
    left, middles = delimiter(parser), []
    parts = [parser.row()]
    while parser.take_if("\\middle"):
        middles.append(delimiter(parser))
        parts.append(parser.row())
    parser.expect("\\right")
    right = delimiter(parser)
    if {left, right} & {"/", "\\"}:
        raise Unsure("a slash that grows")
    grid = parts[0]
    if left + right in {"{", "}"} and isinstance(grid, Grid) and not grid.left + grid.right:
        return replace(grid, kind="cases" if grid.kind == "matrix" else grid.kind, left=left, right=right)
    return Fenced(left, right, tuple(parts), tuple(middles))


def _big(parser: Parser, name: str) -> Node:
    """\\big and its like: a delimiter that grows with what it encloses anyway."""
    sign = delimiter(parser)
    if not sign:
        raise Unsure(f"{name} without a delimiter")
    role = _BIG_ROLES.get(name[-1], "ordinary")
    if role == "ordinary":
        role = "opening" if sign in "([{⟨⌊⌈⟦" else "closing" if sign in ")]}⟩⌋⌉⟧" else role
    return Symbol(sign, ASCII_DELIMITERS.get(sign, sign), role)


def _ignored_argument(parser: Parser, name: str) -> None:
    """Something that is not shown: a label, a number, a colour."""
    if name == "\\tag":
        parser.take_if("*")
    if parser.take_if("["):  # \\color[rgb]{1,0,0}
        while parser.take().text != "]":
            pass
    parser.raw_group()


def _blank(parser: Parser, _name: str) -> Node:
    """\\hspace: a blank, whatever its length."""
    parser.take_if("*")
    parser.raw_group()
    return Space(2)


def _coloured(parser: Parser, name: str) -> Node:
    _ignored_argument(parser, name)
    return parser.argument()


def _only_argument(parser: Parser, _name: str) -> Node:
    return parser.argument()


def _nothing(_parser: Parser, _name: str) -> None:
    """A command about looks that a terminal does not have."""


def _substack(parser: Parser, _name: str) -> Node:
    parser.expect("{")
    rows = parser.cells()
    parser.expect("}")
    return Grid(tuple(rows), "lines", "c")


def _begin(parser: Parser, _name: str) -> Node:
    return environments.environment(parser)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), _fraction),
    **dict.fromkeys(("\\binom", "\\dbinom", "\\tbinom"), _binomial),
    **dict.fromkeys(("\\" + name for name in ACCENTS), _accent),
    **dict.fromkeys(("\\overbrace", "\\underbrace"), _brace),
    **dict.fromkeys(("\\overset", "\\stackrel"), _overset),
    **dict.fromkeys(_STRETCHED, _stretched),
    **dict.fromkeys(("\\text", "\\textrm", "\\textnormal", "\\textup", "\\textit", "\\textbf", "\\texttt", "\\textsf",
                     "\\mbox", "\\hbox", "\\textsc", "\\emph"), _text),
    **dict.fromkeys(("\\operatorname", "\\operatornamewithlimits"), _operator_name),
    **dict.fromkeys(("\\mathbin", "\\mathrel", "\\mathord"), _class),
    **dict.fromkeys(("\\pmod", "\\mod"), _modulo),
    **dict.fromkeys(("\\" + size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")), _big),
    **dict.fromkeys(("\\label", "\\tag", "\\color", "\\vspace"), _ignored_argument),
    **dict.fromkeys(("\\textcolor", "\\colorbox"), _coloured),
    **dict.fromkeys(("\\boxed", "\\fbox", "\\smash", "\\mathinner", "\\ensuremath"), _only_argument),
    **dict.fromkeys(_NOTHING, _nothing),
    "\\hspace": _blank,
    "\\sqrt": _root,
    "\\underset": _underset,
    "\\mathop": _operator,
    "\\not": _not,
    "\\left": _left,
    "\\substack": _substack,
    "\\begin": _begin,
}  # fmt: skip
