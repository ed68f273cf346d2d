"""Decorators out of modules that are not installed: the functions under them work without."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cv_quiz.grading.worker.bindings import last_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet


def strip_decorators(nodes: Sequence[ast.AST], guarded: AbstractSet[int], is_missing: Callable[[str], bool]) -> None:
    """Take off `@njit`, `@numba.jit(nopython=True)`, `@torch.no_grad()` and the like, wherever they stand.

    An import on one of the `guarded` lines brings its own way to do without.
    """
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    decorated = [node for node in nodes if isinstance(node, kinds) and node.decorator_list]
    if not decorated:
        return
    missing = _missing_names(nodes, guarded, is_missing)
    for node in decorated:
        node.decorator_list = [kept for kept in node.decorator_list if not _is_missing(kept, missing)]


def _missing_names(nodes: Iterable[ast.AST], guarded: AbstractSet[int], is_missing: Callable[[str], bool]) -> set[str]:
    """The names that imports of missing modules bind. `is_missing` tells of a module without dots."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import) and node.lineno not in guarded:
            found |= {one.asname or _root(one.name) for one in node.names if is_missing(_root(one.name))}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level and node.lineno not in guarded:
            found |= {one.asname or one.name for one in node.names if is_missing(_root(node.module))}
    return found


def _root(module: str) -> str:
    return module.partition(".")[0]


def _is_missing(decorator: ast.expr, missing: AbstractSet[str]) -> bool:
    """Whether a decorator is one of a missing module's, plain, called, or through `partial(jax.jit, ...)`."""
    if isinstance(decorator, ast.Call):
        first = decorator.args[0] if decorator.args else None
        through = last_name(decorator.func) == "partial" and first is not None and _is_missing(first, missing)
        return through or _is_missing(decorator.func, missing)
    while isinstance(decorator, ast.Attribute | ast.Call | ast.Subscript):
        decorator = decorator.func if isinstance(decorator, ast.Call) else decorator.value
    return isinstance(decorator, ast.Name) and decorator.id in missing
