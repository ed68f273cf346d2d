"""The coding exercises, one file each: a file whose name does not begin with `_` and that holds `DRILL`."""

from __future__ import annotations

import difflib
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from cv_quiz.errors import UsageError
from cv_quiz.language import Text

if TYPE_CHECKING:
    from cv_quiz.drills.contract import Drill

_NO_DRILLS = {"contract"}


@cache
def names() -> tuple[str, ...]:
    """The names of all drills, sorted. Reads file names only."""
    found = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name for name in found if name not in _NO_DRILLS and not name.startswith("_")))


@cache
def load(name: str) -> Drill:
    """The drill of one file. Neither this nor any of the drill's plain fields imports NumPy."""
    drill: Drill = import_module(f"{__name__}.{name}").DRILL
    return drill


def every() -> tuple[Drill, ...]:
    """All drills, easy ones first."""
    return tuple(sorted(map(load, names()), key=lambda drill: (drill.difficulty, drill.name)))


def find(name: str) -> Drill:
    """The drill with this name or alias; UsageError with the nearest names where there is none."""
    wanted = name.strip().replace("-", "_").lower()
    if wanted in names():
        return load(wanted)
    for drill in every():
        if wanted in {alias.lower() for alias in drill.aliases}:
            return drill
    raise UsageError(_unknown(name, wanted))


def _unknown(name: str, wanted: str) -> Text:
    known = {alias.lower(): drill.name for drill in every() for alias in (drill.name, *drill.aliases)}
    near = dict.fromkeys(known[match] for match in difflib.get_close_matches(wanted, known, n=3))
    text = Text(
        zh="没有名为「{name}」的练习。可用的练习：{names}。", en="There is no drill called '{name}'. Drills: {names}."
    )
    if near:
        text = Text(
            zh="没有名为「{name}」的练习，您要的是 {near} 吗？",
            en="There is no drill called '{name}'. Did you mean {near}?",
        )
    return text.format(name=name, near=", ".join(near), names=", ".join(names()))
