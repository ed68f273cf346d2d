"""How much room stands between two neighbours: TeX's classes of atoms, turned into cells.

The TeXbook, chapter 18, gives thin, medium and thick spaces; a terminal has one cell or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from cv_quiz.terminal.mathematics.nodes import (
    Brace,
    Fenced,
    Fraction,
    Grid,
    Node,
    Role,
    Root,
    Scripts,
    Space,
    Stack,
    Symbol,
)

# What text begins or ends with: two words need a blank between them, two letters are a product.
Kind: TypeAlias = Literal["", "letter", "digit", "word"]

_NEVER_AFTER = frozenset({"opening"})
_NEVER_BEFORE = frozenset({"closing", "punctuation"})
_ROOMY: frozenset[tuple[Role, Role]] = frozenset(
    {
        ("ordinary", "operator"),
        ("ordinary", "inner"),
        ("operator", "ordinary"),
        ("operator", "operator"),
        ("operator", "inner"),
        ("closing", "operator"),
        ("closing", "inner"),
        ("inner", "ordinary"),
        ("inner", "operator"),
        ("inner", "inner"),
        ("inner", "opening"),
    }
)
_IN_SCRIPTS = frozenset({("ordinary", "operator"), ("operator", "ordinary"), ("operator", "operator")})
# A binary sign without a left operand is a prefix (The TeXbook, page 170).
_NO_LEFT_OPERAND = frozenset({"operator", "binary", "relation", "opening", "punctuation"})
_NO_RIGHT_OPERAND = frozenset({"relation", "closing", "punctuation"})


@dataclass(frozen=True, slots=True)
class Edge:
    """What a neighbour sees of one side of a node.

    `large` marks a sign such as a sum, or an operator that carries limits: it keeps apart from a bracket.
    """

    role: Role
    kind: Kind = ""
    large: bool = False


def left_role(node: Node) -> Role:
    """The role a node plays for what stands to its left."""
    return _role(node, left=True)


def right_role(node: Node) -> Role:
    """The role a node plays for what stands to its right."""
    return _role(node, left=False)


def _role(node: Node, *, left: bool) -> Role:
    while isinstance(node, Scripts | Stack):
        node = node.base
    if isinstance(node, Symbol):
        if node.text == "/" and node.role == "ordinary":
            return "closing" if left else "opening"  # 1/cos x: tight on both sides
        return "closing" if left and node.text in {".", "!"} and node.role == "ordinary" else node.role
    if isinstance(node, Fenced | Grid):
        if left:
            return "opening" if node.left else "inner"
        return "closing" if node.right or isinstance(node, Fenced) else "inner"
    if isinstance(node, Root):
        return "ordinary" if left else "inner"  # what follows must not seem to stand under the root
    return "inner" if isinstance(node, Fraction | Brace) else "ordinary"


def settled(nodes: list[Node]) -> list[tuple[Role, Role]]:
    """The roles (left, right) of neighbours in a row, with no sign left binary that has not two operands.

    A prefix sign holds on to what follows as an opening bracket does.
    """
    roles = [(left_role(node), right_role(node)) for node in nodes]
    for place, (role, _) in enumerate(roles):
        if role == "binary" and (place == 0 or not _is_operand(nodes[place - 1], nodes[place], roles[place - 1][1])):
            roles[place] = ("ordinary", "opening")
        elif place and role in _NO_RIGHT_OPERAND and roles[place - 1][1] == "binary":
            roles[place - 1] = ("ordinary", "ordinary")
    if roles and roles[-1][1] == "binary":
        roles[-1] = ("ordinary", "ordinary")
    return roles


def _is_operand(node: Node, sign: Node, role: Role) -> bool:
    """Whether a node can be what a binary sign stands after: `max - min` is a difference, `log -x` is none."""
    named = isinstance(node, Symbol) and role == "operator" and not is_large(node)
    return role not in _NO_LEFT_OPERAND or (named and isinstance(sign, Symbol) and sign.spaced)


def kind_of(text: str, *, at_end: bool) -> Kind:
    """What a symbol's text begins or ends with."""
    if not text:
        return ""
    character = text[-1] if at_end else text[0]
    if character.isdecimal():
        return "digit"
    if not character.isalpha():
        return ""
    return "letter" if len(text) == 1 else "word"


def is_prefix(node: Node, roles: tuple[Role, Role]) -> bool:
    """Whether a node with those settled roles is a sign that binds to what follows it."""
    return isinstance(node, Symbol) and node.role == "binary" and roles[1] == "opening"


def is_large(node: Node) -> bool:
    """Whether it is a sign such as a sum, or an operator with something below it."""
    if isinstance(node, Scripts):
        return is_large(node.base) or (isinstance(node.base, Symbol) and node.base.limits and node.sub is not None)
    return isinstance(node, Symbol) and node.role == "operator" and not node.text[0].isalpha()


def gap(left: Edge, right: Edge, *, tight: bool) -> int:
    """Cells between two neighbours; `tight` in scripts, where TeX leaves the medium and thick spaces out."""
    if _words_touch(left, right):
        return 1
    if left.role in _NEVER_AFTER or right.role in _NEVER_BEFORE:
        return 0
    pair = (left.role, right.role)
    if tight:
        return int(pair in _IN_SCRIPTS)
    if "relation" in pair and left.role != "punctuation":
        return int(pair != ("relation", "relation"))
    roomy = pair in _ROOMY or "binary" in pair or left.role == "punctuation"
    return int(roomy or (pair == ("operator", "opening") and left.large))


def _words_touch(left: Edge, right: Edge) -> bool:
    """Whether two words, or two numbers, would run into each other."""
    if right.kind == "word":
        return bool(left.kind) or left.role == "closing"
    return (left.kind == "word" and bool(right.kind)) or left.kind == right.kind == "digit"


def arranged(items: tuple[Node, ...]) -> tuple[list[Node], list[int]]:
    """The items of a row without the blanks the author asked for, and the blanks (in cells) before each of them."""
    nodes: list[Node] = []
    blanks: list[int] = []
    pending = 0
    for item in items:
        if isinstance(item, Space):
            pending += item.size
        else:
            nodes.append(item)
            blanks.append(pending)
            pending = 0
    return nodes, blanks
