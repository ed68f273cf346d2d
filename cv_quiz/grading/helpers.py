"""Which of the functions found are to be judged: not those that another one of them calls, itself or through others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.grading.calling.targets import label_of
from cv_quiz.grading.findings import Helper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.calling.targets import Target
    from cv_quiz.grading.exchange import Function

    Found = Sequence[tuple[Drill, Target]]


def roots_and_helpers(
    found: Found, functions: Sequence[Function]
) -> tuple[list[tuple[Drill, Target]], tuple[Helper, ...]]:
    """What is to be judged, and what is not because something that is judged calls it.

    `functions` are all of the file. Of functions that call each other in a circle, the first is judged.
    """
    uses = {target.label: _reached(target, functions) for _, target in found}
    callers = {label: [by for by in uses if by != label and label in uses[by]] for label in uses}
    roots: list[str] = []
    for label in sorted(uses, key=lambda label: bool(callers[label])):
        if not any(label in uses[root] for root in roots):
            roots.append(label)
    left = {target.label: drill.name for drill, target in found if target.label not in roots}
    judged = [(drill, target) for drill, target in found if target.label in roots]
    return judged, tuple(Helper(drill, label, _caller(label, functions)) for label, drill in left.items())


def _caller(label: str, functions: Sequence[Function]) -> str:
    """The first function in the file that uses another one itself."""
    using = (function for function in functions if label in map(label_of, _used(function, functions)))
    return next(label_of(function) for function in using if label_of(function) != label)


def _reached(target: Target, functions: Sequence[Function]) -> set[str]:
    """The labels of all that a function uses, and of what that uses. A class counts with its constructor."""
    start = [target.function, *([target.constructor] if target.constructor is not None else [])]
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        function = waiting.pop()
        for used in _used(function, functions):
            if used not in start and label_of(used) not in reached:
                reached.add(label_of(used))
                waiting.append(used)
    return reached


def _used(function: Function, functions: Sequence[Function]) -> Iterator[Function]:
    """What a function calls by name: a function, a method (of its own class, where that has one so called), a class."""
    for name in function.calls:
        named = [item for item in functions if item.name == name]
        own = [item for item in named if item.owner and item.owner == function.owner]
        yield from own or named or [item for item in functions if item.owner == name]
