"""What functions a syntax tree holds, and which of them use which."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.exchange import Function, Parameter
from cv_quiz.grading.worker.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FUNCTIONS: Final = 500
DOCSTRING_CHARACTERS: Final = 2000
NAME_CHARACTERS: Final = 200

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def find_functions(tree: ast.Module) -> tuple[Function, ...]:
    """The module's functions, named lambdas and methods, in the order of the file.

    `calls` are names of functions and methods of this file, and of its classes, that the body uses.
    """
    found = [*_definitions(tree.body)][:MAX_FUNCTIONS]
    names = {name for name, _, _ in found} | {owner for _, owner, _ in found if owner}
    return tuple(replace(_function(name, owner, node), calls=_uses(name, node, names)) for name, owner, node in found)


def is_main_guard(statement: ast.stmt) -> bool:
    """Whether a statement is `if __name__ == "__main__":`, either way round."""
    if not isinstance(statement, ast.If) or not isinstance(statement.test, ast.Compare):
        return False
    sides = [statement.test.left, *statement.test.comparators]
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)


def _definitions(body: Iterable[ast.stmt], owner: str = "") -> Iterator[tuple[str, str, Definition]]:
    for statement in body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield statement.name, owner, statement
            case ast.ClassDef() if not owner:
                yield from _definitions(statement.body, statement.name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as value):
                yield name, owner, value
            case ast.If() | ast.Try() if not is_main_guard(statement):
                yield from _definitions(_branches(statement), owner)


def _branches(statement: ast.If | ast.Try) -> list[ast.stmt]:
    if isinstance(statement, ast.If):
        return statement.body + statement.orelse
    handlers = [inner for handler in statement.handlers for inner in handler.body]
    return statement.body + handlers + statement.orelse + statement.finalbody


def _function(name: str, owner: str, node: Definition) -> Function:
    docstring = "" if isinstance(node, ast.Lambda) else ast.get_docstring(node) or ""
    return Function(
        name=clean(name, NAME_CHARACTERS),
        parameters=tuple(_parameters(node.args)),
        line=node.lineno,
        owner=clean(owner, NAME_CHARACTERS),
        docstring=clean(docstring, DOCSTRING_CHARACTERS),
    )


def _parameters(arguments: ast.arguments) -> Iterator[Parameter]:
    plain = arguments.posonlyargs + arguments.args
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    for argument, default in zip(plain, defaults, strict=True):
        yield Parameter(clean(argument.arg, NAME_CHARACTERS), "positional", _written(default))
    if arguments.vararg:
        yield Parameter(clean(arguments.vararg.arg, NAME_CHARACTERS), "varargs")
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield Parameter(clean(argument.arg, NAME_CHARACTERS), "keyword", _written(default))
    if arguments.kwarg:
        yield Parameter(clean(arguments.kwarg.arg, NAME_CHARACTERS), "varkw")


def _written(default: ast.expr | None) -> str:
    return clean(ast.unparse(default), NAME_CHARACTERS) if default else ""


def _uses(name: str, node: Definition, names: set[str]) -> tuple[str, ...]:
    used: dict[str, None] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load) and inner.id in names:
            used[inner.id] = None
        elif isinstance(inner, ast.Attribute) and inner.attr in names:
            used[inner.attr] = None
    used.pop(name, None)
    return tuple(used)
