"""The formulas people will meet: all those of the shipped decks, and of the documents the decks come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from cv_quiz.terminal.mathematics import display, inline
from cv_quiz.terminal.mathematics.scan import Span, split_mathematics
from tests.mathematics.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

DECKS = Path(__file__).resolve().parents[2] / "decks"
MOST_AS_TEX = 0.05
# Formulas that are shown as the TeX they are, each with its reason. There is none so far.
SHOWN_AS_TEX: dict[str, str] = {}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _formulas_of(texts: Iterator[str]) -> list[Span]:
    return [span for text in texts for span in split_mathematics(text) if span.kind != "text"]


@pytest.fixture(scope="module")
def deck_formulas() -> list[Span]:
    files = sorted(DECKS.glob("??/*.yaml"))
    decks = [yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in files]
    return _formulas_of(text for deck in decks for text in _texts(deck))


def _hidden(formulas: list[Span], measure: str, width: int, *, ascii_only: bool = False) -> list[str]:
    cells = MEASURES[measure]
    return [
        span.content.strip()
        for span in formulas
        if (span.kind == "inline" and inline(span.content, cells=cells, ascii_only=ascii_only) is None)
        or (span.kind == "display" and display(span.content, cells=cells, width=width, ascii_only=ascii_only) is None)
    ]


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_formula_of_the_decks_is_shown_or_listed(deck_formulas: list[Span], measure: str):
    hidden = _hidden(deck_formulas, measure, 76)
    assert [tex for tex in hidden if tex not in SHOWN_AS_TEX] == []
    assert len(hidden) <= MOST_AS_TEX * len(deck_formulas)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_narrow_terminals_show_nearly_all_formulas(deck_formulas: list[Span], measure: str):
    displays = [span for span in deck_formulas if span.kind == "display"]
    assert len(_hidden(displays, measure, 36)) <= MOST_AS_TEX * len(displays)


def test_ascii_shows_nearly_all_formulas(deck_formulas: list[Span]):
    assert len(_hidden(deck_formulas, "narrow", 76, ascii_only=True)) <= MOST_AS_TEX * len(deck_formulas)


def test_the_documents_are_shown(documents: Path):
    formulas = _formulas_of(file.read_text(encoding="utf-8") for file in sorted(documents.glob("*.txt")))
    assert len(formulas) > 100
    assert _hidden(formulas, "narrow", 76) == []
