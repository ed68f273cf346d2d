"""Calls, each made once for all files: in a folder most functions are asked the same cases in the same few ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.calling.layout import Inputs, Layout
    from cv_quiz.grading.exchange import Call

    # For the name of a case: the inputs and the seed that the call was made of, and the call.
    Calls: TypeAlias = dict[str, tuple[Inputs, int, Call]]

# Calls of so many layouts are remembered.
REMEMBERED = 24


def calls_of(layout: Layout, asked: Iterable[tuple[Case, int]]) -> list[Call]:
    """The call for each case and seed. Raises Unsupplied where the layout cannot be filled."""
    made = _MADE.get(layout)
    if made is None:
        for old in list(_MADE)[: 1 - REMEMBERED]:
            _MADE.pop(old, None)  # another thread may have been there before
        made = _MADE[layout] = {}
    return [_call(made, layout, case, seed) for case, seed in asked]


_MADE: dict[Layout, Calls] = {}


def _call(made: Calls, layout: Layout, case: Case, seed: int) -> Call:
    """Cases of other files may have the same names: what they hold tells them apart."""
    known = made.get(case.name)
    if known is None or known[0] is not case.inputs or known[1] != seed:
        known = made[case.name] = (case.inputs, seed, layout.call(case.inputs, seed))
    return known[2]
