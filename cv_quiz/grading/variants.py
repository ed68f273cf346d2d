"""The reference and its mutants as functions to run: a mutant is the reference's source with an edit or two."""

from __future__ import annotations

import inspect
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.drills.contract import Drill, Edit, Mutant


class EditError(Exception):
    """An edit whose text does not occur exactly once in the reference. It is a fault of the drill."""


def source_of(drill: Drill) -> str:
    """The reference with the functions it uses, as written."""
    return _source(drill.code)


@cache
def _source(code: tuple[Callable[..., Any], ...]) -> str:
    return "\n\n".join(inspect.getsource(function) for function in code)


def _edited(code: tuple[Callable[..., Any], ...], edits: tuple[Edit, ...]) -> str:
    source = _source(code)
    for old, new in edits:
        if source.count(old) != 1:
            raise EditError(f"{code[-1].__name__}: {source.count(old)} places for {old!r}")
        source = source.replace(old, new)
    return source


def build(drill: Drill, edits: tuple[Edit, ...]) -> Callable[..., Any]:
    """The reference with the edits made, as a function of its own; EditError where an edit does not fit."""
    return _built(drill.code, edits)


@cache
def _built(code: tuple[Callable[..., Any], ...], edits: tuple[Edit, ...]) -> Callable[..., Any]:
    reference = code[-1]
    namespace = dict(reference.__globals__)
    compiled = compile(
        _edited(code, edits), f"<mutant of {reference.__name__}>", "exec", dont_inherit=True, flags=_FUTURE
    )
    exec(compiled, namespace)  # noqa: S102 - the drill's own source, nothing of the learner's
    function: Callable[..., Any] = namespace[reference.__name__]
    return function


# `from __future__ import annotations`, under which the drills are written.
_FUTURE = 0x1000000


def spellings(drill: Drill, mutant: Mutant) -> list[Callable[..., Any]]:
    """Every spelling of a mistake as a function."""
    return [build(drill, edits) for edits in (mutant.edits, *mutant.variants)]
