"""What functions a syntax tree holds, by definition or by assignment, and which of them call which."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker.bindings import Known, bound_function
from cv_quiz.grading.worker.signatures import NAME_CHARACTERS, Written, written_function
from cv_quiz.grading.worker.text import clean
from cv_quiz.grading.worker.uses import Names, used_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cv_quiz.grading.exchange import Function

MAX_FUNCTIONS: Final = 500


def find_functions(tree: ast.Module) -> tuple[Function, ...]:
    """The module's functions, methods, and names that are bound to one, in the order of the file.

    `calls` are names of functions, methods and classes of this file that the body calls or hands on.
    """
    known: Known = {}
    found: list[tuple[Function, ast.expr | ast.stmt]] = []
    for name, owner, node in _definitions(tree.body):
        stands_for = written_function(node) if isinstance(node, Written) else bound_function(node, owner, known)
        if stands_for is None:
            continue
        place = clean(owner, NAME_CHARACTERS)
        function = replace(stands_for, name=clean(name, NAME_CHARACTERS), owner=place, line=node.lineno)
        known[owner, name] = function
        found.append((function, node))
        if len(found) == MAX_FUNCTIONS:
            break
    names = Names.of(function for function, _ in found)
    return tuple(replace(function, calls=used_names(function.name, node, names)) for function, node in found)


def is_main_guard(statement: ast.stmt) -> bool:
    """Whether a statement is `if __name__ == "__main__":`, either way round."""
    if not isinstance(statement, ast.If) or not isinstance(statement.test, ast.Compare):
        return False
    sides = [statement.test.left, *statement.test.comparators]
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)


def _definitions(body: Iterable[ast.stmt], owner: str = "") -> Iterator[tuple[str, str, Written | ast.expr]]:
    """What each name of a module or class stands for: a function, or the expression it is bound to."""
    for statement in body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield statement.name, owner, statement
            case ast.ClassDef() if not owner:
                yield from _definitions(statement.body, statement.name)
            case ast.Assign(targets=targets, value=value):
                yield from ((target.id, owner, value) for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, owner, value
            case ast.If() | ast.Try() if not is_main_guard(statement):
                yield from _definitions(branches(statement), owner)


def branches(statement: ast.If | ast.Try) -> list[ast.stmt]:
    """The statements that one of these holds, whichever way it goes."""
    if isinstance(statement, ast.If):
        return statement.body + statement.orelse
    handlers = [inner for handler in statement.handlers for inner in handler.body]
    return statement.body + handlers + statement.orelse + statement.finalbody
