"""Names bound to a function by assignment: what can be told of them without running anything.

`nms = py_cpu_nms`, `iou = Box.iou`, `nms = Suppressor()`, `nms = partial(_nms, thr=0.5)`, `iou = np.vectorize(f)`,
`nms = njit(fastmath=True)(nms)`.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.exchange import Parameter
from cv_quiz.grading.worker.signatures import written, written_function

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cv_quiz.grading.exchange import Function

Known = dict[tuple[str, str], "Function"]  # by owner and name

# What returns a function that takes what the one it was given takes.
WRAPPERS: Final = frozenset(
    {"cache", "classmethod", "compile", "jit", "lru_cache", "njit", "no_grad", "script", "staticmethod", "vectorize"}
)


def bound_function(value: ast.expr, owner: str, known: Known) -> Function | None:
    """The function, by its parameters, that an expression stands for; None where that cannot be told."""
    found: Function | None = None
    match value:
        case ast.Lambda():
            found = written_function(value)
        case ast.Name(id=name):
            found = known.get((owner, name)) or known.get(("", name))
        case ast.Attribute(value=ast.Name(id=kind), attr=name):
            found = _without(known.get((kind, name)), {"cls"})
        case ast.Attribute(value=ast.Call(func=ast.Name(id=kind)), attr=name):
            found = _without(known.get((kind, name)), {"cls", "self"})
        case ast.Call(func=ast.Name(id=kind)) if (kind, "__call__") in known:
            found = _without(known[kind, "__call__"], {"self"})
        case ast.Call(args=[_, *_]):
            found = _wrapped(value, owner, known)
    return found


def _wrapped(call: ast.Call, owner: str, known: Known) -> Function | None:
    """What `partial` or a wrapper makes of the function it is given."""
    inner = bound_function(call.args[0], owner, known)
    if inner and last_name(call.func) == "partial":
        return replace(inner, parameters=_remaining(inner.parameters, len(call.args) - 1, call.keywords))
    wrapper = call.func.func if isinstance(call.func, ast.Call) else call.func
    return inner if last_name(wrapper) in WRAPPERS else None


def last_name(expression: ast.expr) -> str:
    """`partial` of `functools.partial`; empty where there is no name."""
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def _without(method: Function | None, receivers: set[str]) -> Function | None:
    """A method as seen from outside: its receiver is filled in already."""
    if method and method.parameters and method.parameters[0].name in receivers:
        return replace(method, parameters=method.parameters[1:])
    return method


def _remaining(parameters: Iterable[Parameter], filled: int, keywords: Iterable[ast.keyword]) -> tuple[Parameter, ...]:
    """What `partial` leaves: a parameter given by name has a default, and those after it go by name, too."""
    given = {keyword.arg: written(keyword.value) for keyword in keywords}
    left: list[Parameter] = []
    by_name = False
    for parameter in parameters:
        if parameter.kind == "positional" and filled > 0:
            filled -= 1
            continue
        by_name = by_name or parameter.name in given
        kind = "keyword" if by_name and parameter.kind == "positional" else parameter.kind
        if not (by_name and kind == "varargs"):
            left.append(Parameter(parameter.name, kind, given.get(parameter.name, parameter.default)))
    return tuple(left)
