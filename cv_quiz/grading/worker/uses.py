"""Which functions of a file a function uses: those it calls, and those it hands on to be called.

A name that merely stands there (`nms` on a line of its own, in a text, in a comparison) is no use of it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cv_quiz.grading.exchange import Function


@dataclass(frozen=True, slots=True)
class Names:
    """What a file defines: names that are called as they are, and names of methods."""

    plain: frozenset[str]
    classes: frozenset[str]
    methods: frozenset[str]

    @classmethod
    def of(cls, functions: Iterable[Function]) -> Self:
        """The names of these functions and of their classes."""
        found = list(functions)
        classes = frozenset(function.owner for function in found if function.owner)
        plain = frozenset(function.name for function in found if not function.owner)
        return cls(plain | classes, classes, frozenset(function.name for function in found if function.owner))


def used_names(own: str, node: ast.AST, names: Names) -> tuple[str, ...]:
    """The names that a function uses, in the order of the text; its own is not among them."""
    body = _Body.of(node)
    used: dict[str, None] = {}
    for expression in body.used:
        if isinstance(expression, ast.Name):
            name = body.renamed.get(expression.id, expression.id)
            if name in names.plain and name not in body.local:
                used[name] = None
        elif isinstance(expression, ast.Attribute) and expression.attr in names.methods:
            used[expression.attr] = None
    used.pop(own, None)
    return tuple(used)


@dataclass(slots=True)
class _Body:
    """What one walk through a function finds.

    `used` are expressions that are called, are arguments, or stand in a list or table: functions there are meant for
    use. `local` are names that mean something of the function's own: parameters, variables, inner functions.
    `renamed` are variables that hold something by another name: `area = box_area` before `area(box)`.
    """

    used: list[ast.expr] = field(default_factory=list)
    local: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, node: ast.AST) -> Self:
        """Walk through a function, or through the expression that a name is bound to."""
        body = cls()
        shared: set[str] = set()
        if isinstance(node, ast.Name | ast.Attribute):
            body.used.append(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name | ast.arg | ast.FunctionDef | ast.Global):
                body._note_name(inner, shared, outermost=inner is node)
            else:
                body._note(inner)
        body.local -= shared
        return body

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            self.used += [node.func, *node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.List | ast.Tuple):
            self.used += node.elts
        elif isinstance(node, ast.Dict):
            self.used += node.values
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            self.renamed |= {target.id: node.value.id for target in node.targets if isinstance(target, ast.Name)}

    def _note_name(
        self, node: ast.Name | ast.arg | ast.FunctionDef | ast.Global, shared: set[str], *, outermost: bool
    ) -> None:
        if isinstance(node, ast.Global):
            shared.update(node.names)
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                self.local.add(node.id)
        elif not outermost:
            self.local.add(node.arg if isinstance(node, ast.arg) else node.name)
