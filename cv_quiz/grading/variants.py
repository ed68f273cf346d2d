"""The reference and its mutants as functions to run: a mutant is the reference's source with an edit or two."""

from __future__ import annotations

import inspect
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from cv_quiz.drills.contract import Drill, Edit, Mutant


class EditError(Exception):
    """An edit whose text does not occur exactly once in the reference. It is a fault of the drill."""


def source_of(drill: Drill) -> str:
    """The reference with the functions it uses, as written."""
    return "\n\n".join(map(_source, drill.code))


@cache
def _source(function: Callable[..., Any]) -> str:
    return inspect.getsource(function)


def _edited(code: tuple[Callable[..., Any], ...], edits: tuple[Edit, ...]) -> list[str]:
    """The sources of the functions, each edit made in the one that holds its text."""
    sources = [_source(function) for function in code]
    for old, new in edits:
        counts = [source.count(old) for source in sources]
        if sum(counts) != 1:
            raise EditError(f"{code[-1].__name__}: {sum(counts)} places for {old!r}")
        at = counts.index(1)
        sources[at] = sources[at].replace(old, new)
    return sources


def build(drill: Drill, edits: tuple[Edit, ...]) -> Callable[..., Any]:
    """The reference with the edits made, as a function of its own; EditError where an edit does not fit."""
    return _built(drill.code, edits)


def _built(code: tuple[Callable[..., Any], ...], edits: tuple[Edit, ...]) -> Callable[..., Any]:
    function: Callable[..., Any] = parts(code, edits)[code[-1].__name__]
    return function


@cache
def parts(code: tuple[Callable[..., Any], ...], edits: tuple[Edit, ...]) -> dict[str, Any]:
    """All functions of the code with the edits made, by name; EditError where an edit does not fit."""
    namespace = dict(code[-1].__globals__)
    for source in _edited(code, edits):
        exec(_compiled(source, code[-1].__name__), namespace)  # noqa: S102 - the drill's own source, nothing of the learner's
    return namespace


@cache
def _compiled(source: str, name: str) -> CodeType:
    """Each function by itself: two mistakes in two functions need nothing compiled anew."""
    made: CodeType = compile(source, f"<mutant of {name}>", "exec", dont_inherit=True, flags=_FUTURE)
    return made


# `from __future__ import annotations`, under which the drills are written.
_FUTURE = 0x1000000


def spellings(drill: Drill, mutant: Mutant, habit: tuple[Edit, ...] = ()) -> list[Callable[..., Any]]:
    """Every spelling of a mistake as a function; with a habit, where there is room for it."""
    code = mutant.code or drill.code
    if not habit:
        return [_built(code, edits) for edits in (mutant.edits, *mutant.variants)]
    made = (_if_it_fits(code, (*edits, *habit)) for edits in (mutant.edits, *mutant.variants))
    return [function for function in made if function is not None]


def both(drill: Drill, first: tuple[Edit, ...], second: tuple[Edit, ...]) -> Callable[..., Any] | None:
    """The reference with two mistakes at once; None where they get into each other's way."""
    return _if_it_fits(drill.code, (*first, *second))


@cache
def _if_it_fits(code: tuple[Callable[..., Any], ...], edits: tuple[Edit, ...]) -> Callable[..., Any] | None:
    try:
        return _built(code, edits)
    except (EditError, SyntaxError):
        return None
