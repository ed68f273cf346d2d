"""Which functions of a file a drill is about."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.grading.calling.candidates import can_be_filled
from cv_quiz.grading.calling.names import named_for, plain, snake, usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.exchange import Function

# Methods that do the work of a class, the likeliest first; after those that learn, what they learned is asked for.
_LEARNERS = ("fit", "train")
_WORKERS = (
    "fit_predict",
    *_LEARNERS,
    "__call__",
    "forward",
    "run",
    "apply",
    "compute",
    "process",
    "execute",
    "predict",
)
# Two names are alike from this share of common letters on.
_ALIKE = 0.75
_NO_SOLUTION = r"test|main$|_"


@dataclass(frozen=True, slots=True)
class Target:
    """A function to judge, or a class with the method that does the work and its constructor.

    `also` are the methods to call after it, whose result counts.
    """

    function: Function
    constructor: Function | None = None
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name as a person would say it."""
        return label_of(self.function)


def label_of(function: Function) -> str:
    """A function's name, a method's with that of its class."""
    return f"{function.owner}.{function.name}" if function.owner else function.name


def find_targets(drill: Drill, functions: Sequence[Function], *, asked: bool) -> tuple[Target, ...]:
    """The drill's functions in a file that no other of them calls; see `matching`."""
    found = matching(drill, functions, asked=asked)
    called = _called(target.function for target in found)
    roots = [target for target in found if target.function.name not in called or target.function.owner]
    return tuple(roots or found)


def matching(drill: Drill, functions: Sequence[Function], *, asked: bool) -> tuple[Target, ...]:
    """The drill's functions in a file: by name, alias or class, else by a name that looks like it.

    What there is no way to call is left out, unless there is nothing else. Where the drill was `asked` for, the
    function that bears its very name stands for those that call it, and without any a file's only function will
    do, or the only one whose parameters are the drill's.
    """
    found = _named(drill, functions) or _classes(drill, functions) or _alike(drill, functions)
    if not found and asked:
        return tuple(_only_one(drill, functions))
    if asked:
        found = _without_callers(found, drill.name)
    return tuple([target for target in found if can_be_filled(drill, target)] or found)


def _without_callers(found: list[Target], name: str) -> list[Target]:
    """Without the functions that call one of this name."""
    return [target for target in found if target.function.name == name or name not in target.function.calls]


def _called(functions: Iterable[Function]) -> set[str]:
    return {name for function in functions for name in function.calls if name != function.name}


def near_misses(drill: Drill, functions: Iterable[Function]) -> tuple[str, ...]:
    """Names in the file that might be meant for the drill, the likeliest first.

    A name is near where it is a misspelling of one the drill is known by, or where the names of the parameters
    speak of all that the contract takes. Helpers of other functions come in only by their name.
    """
    listed = list(functions)
    called = _called(listed)
    near: dict[str, float] = {}
    for function in listed:
        takes_it = function.name not in called and _takes_all(drill, function)
        likeness = max(_likeness(drill, function.name), 0.5 * takes_it)
        if likeness and not re.match(_NO_SOLUTION, function.name):
            near[function.name] = max(likeness, near.get(function.name, 0.0))
    return tuple(sorted(near, key=lambda name: -near[name]))


def _likeness(drill: Drill, name: str) -> float:
    """How much a name is a misspelling of one that the drill is known by: 0, or 0.75 and more."""
    own, known = plain(name), [plain(alias) for alias in (drill.name, *drill.aliases)]
    close = difflib.get_close_matches(own, known, n=1, cutoff=_ALIKE)
    if close:
        return difflib.SequenceMatcher(None, own, close[0]).ratio()
    return _ALIKE if sorted(own) == sorted(known[0]) else 0.0


def _takes_all(drill: Drill, function: Function) -> bool:
    """Whether the names of the parameters speak of what the contract takes."""
    return named_for(drill, usable(function.parameters, method=bool(function.owner)))


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
    return _of_owners(functions, lambda owner: plain(owner) in known)


def _of_owners(functions: Sequence[Function], wanted: Callable[[str], bool]) -> list[Target]:
    """The classes whose names are wanted, each with the method that does the work."""
    owners = dict.fromkeys(function.owner for function in functions if function.owner and wanted(function.owner))
    found = (_class_target(owner, functions) for owner in owners)
    return [target for target in found if target]


def _class_target(owner: str, functions: Sequence[Function]) -> Target | None:
    methods = {function.name: function for function in functions if function.owner == owner}
    for name in _WORKERS:
        if name in methods:
            also = ("predict",) if name in _LEARNERS and "predict" in methods else ()
            return Target(methods[name], methods.get("__init__"), also)
    called = _called(methods.values())
    public = [method for name, method in methods.items() if not name.startswith("_")]
    roots = [method for method in public if method.name not in called] or public
    return Target(roots[0], methods.get("__init__")) if len(roots) == 1 else None


def _constructor(owner: str, functions: Sequence[Function]) -> Function | None:
    return next((item for item in functions if item.owner == owner and item.name == "__init__"), None)


def _alike(drill: Drill, functions: Sequence[Function]) -> list[Target]:
    if not drill.looks_like:
        return []
    found = [item for item in functions if not item.owner and re.search(drill.looks_like, snake(item.name))]
    if found:
        return [Target(function) for function in _last_of_each(found)]
    return _of_owners(functions, lambda owner: re.search(drill.looks_like, snake(owner)) is not None)


def _only_one(drill: Drill, functions: Sequence[Function]) -> list[Target]:
    """The file's only function that no other one calls, the only one that takes what the contract does, or its only class."""
    called = _called(functions)
    top = [item for item in functions if not item.owner and not re.match(_NO_SOLUTION, item.name)]
    roots = [item for item in _last_of_each(top) if item.name not in called]
    suiting = [item for item in roots if _takes_all(drill, item)]
    for found in (roots, suiting):
        if len(found) == 1:
            return [Target(found[0])]
    classes = _of_owners(functions, lambda _: True)
    return classes if len(classes) == 1 and not roots else []
