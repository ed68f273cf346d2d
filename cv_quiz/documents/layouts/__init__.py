"""One file per layout: each module here has a `LAYOUT`, and adding a file adds a layout."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cv_quiz.documents.view import Layout


def _load() -> tuple[Layout, ...]:
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").LAYOUT for name in names)


LAYOUTS: tuple[Layout, ...] = _load()
