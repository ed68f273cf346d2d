"""Which functions of a file a drill is about."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.grading.calling.names import plain, snake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.exchange import Function

# Methods that do the work of a class, the likeliest first.
_WORKERS = ("fit_predict", "fit", "__call__", "forward", "run", "apply", "compute", "process", "execute", "predict")


@dataclass(frozen=True, slots=True)
class Target:
    """A function to judge, or a class with the method that does the work and its constructor."""

    function: Function
    constructor: Function | None = None
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name as a person would say it."""
        owner, name = self.function.owner, self.function.name
        return name if not owner else f"{owner}.{name}"


def find_targets(drill: Drill, functions: Sequence[Function], *, asked: bool) -> tuple[Target, ...]:
    """The drill's functions in a file: by name, alias or class, else by a name that looks like it.

    Where the drill was `asked` for, a file's only function (that no other one calls) will do.
    """
    found = _named(drill, functions) or _classes(drill, functions) or _alike(drill, functions)
    if not found and asked:
        found = _only_one(functions)
    called = {name for target in found for name in target.function.calls if name != target.function.name}
    roots = [target for target in found if target.function.name not in called or target.function.owner]
    return tuple(roots or found)


def near_misses(drill: Drill, functions: Iterable[Function]) -> tuple[str, ...]:
    """Names in the file that resemble a name the drill is known by."""
    known = [plain(name) for name in (drill.name, *drill.aliases)]
    names = dict.fromkeys(function.name for function in functions if not function.name.startswith("__"))
    return tuple(name for name in names if difflib.get_close_matches(plain(name), known, n=1, cutoff=0.6))


def _named(drill: Drill, functions: Sequence[Function]) -> list[Target]:
    known = {plain(name) for name in (drill.name, *drill.aliases)}
    exact = [function for function in functions if not function.owner and plain(function.name) in known]
    if exact:
        return [Target(function) for function in _last_of_each(exact)]
    methods = [function for function in functions if function.owner and plain(function.name) in known]
    return [Target(method, _constructor(method.owner, functions)) for method in _last_of_each(methods)]


def _last_of_each(functions: Iterable[Function]) -> list[Function]:
    """A name that is defined twice is what it was defined as last."""
    return list({(function.owner, function.name): function for function in functions}.values())


def _classes(drill: Drill, functions: Sequence[Function]) -> list[Target]:
    known = {plain(name) for name in (drill.name, *drill.aliases, *drill.classes)}
    owners = dict.fromkeys(function.owner for function in functions if plain(function.owner) in known)
    found = (_class_target(owner, functions) for owner in owners)
    return [target for target in found if target]


def _class_target(owner: str, functions: Sequence[Function]) -> Target | None:
    methods = {function.name: function for function in functions if function.owner == owner}
    for name in _WORKERS:
        if name in methods:
            also = ("predict",) if name == "fit" and "predict" in methods else ()
            return Target(methods[name], methods.get("__init__"), also)
    public = [method for name, method in methods.items() if not name.startswith("_")]
    return Target(public[0], methods.get("__init__")) if len(public) == 1 else None


def _constructor(owner: str, functions: Sequence[Function]) -> Function | None:
    return next((item for item in functions if item.owner == owner and item.name == "__init__"), None)


def _alike(drill: Drill, functions: Sequence[Function]) -> list[Target]:
    if not drill.looks_like:
        return []
    found = [item for item in functions if not item.owner and re.search(drill.looks_like, snake(item.name))]
    if found:
        return [Target(function) for function in _last_of_each(found)]
    owners = dict.fromkeys(item.owner for item in functions if re.search(drill.looks_like, snake(item.owner)))
    return [target for target in (_class_target(owner, functions) for owner in owners) if target]


def _only_one(functions: Sequence[Function]) -> list[Target]:
    top = [function for function in functions if not function.owner and not re.match(r"test|main$|_", function.name)]
    called = {name for function in top for name in function.calls}
    roots = [function for function in _last_of_each(top) if function.name not in called]
    if len(roots) == 1:
        return [Target(roots[0])]
    if not top:
        owners = list(dict.fromkeys(function.owner for function in functions))
        target = _class_target(owners[0], functions) if len(owners) == 1 else None
        return [target] if target else []
    return []
