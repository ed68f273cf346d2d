"""A function as it is written: its parameters, their defaults as text, its docstring."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.exchange import Function, Parameter
from cv_quiz.grading.worker.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCSTRING_CHARACTERS: Final = 2000
NAME_CHARACTERS: Final = 200

Written = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def written_function(node: Written) -> Function:
    """A definition or a lambda, which has no name of its own."""
    docstring = "" if isinstance(node, ast.Lambda) else ast.get_docstring(node) or ""
    name = "" if isinstance(node, ast.Lambda) else clean(node.name, NAME_CHARACTERS)
    return Function(name, tuple(_parameters(node.args)), node.lineno, docstring=clean(docstring, DOCSTRING_CHARACTERS))


def written(expression: ast.expr | None) -> str:
    """An expression's text, empty where there is none."""
    return clean(ast.unparse(expression), NAME_CHARACTERS) if expression else ""


def _parameters(arguments: ast.arguments) -> Iterator[Parameter]:
    plain = arguments.posonlyargs + arguments.args
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    for argument, default in zip(plain, defaults, strict=True):
        yield Parameter(clean(argument.arg, NAME_CHARACTERS), "positional", written(default))
    if arguments.vararg:
        yield Parameter(clean(arguments.vararg.arg, NAME_CHARACTERS), "varargs")
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield Parameter(clean(argument.arg, NAME_CHARACTERS), "keyword", written(default))
    if arguments.kwarg:
        yield Parameter(clean(arguments.kwarg.arg, NAME_CHARACTERS), "varkw")
