"""Every card of both languages on the study screen: nothing too wide, no formula left as TeX, nothing lost."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from cv_quiz.deckfile import read_deck
from cv_quiz.library import shipped_folder
from cv_quiz.model import Card
from cv_quiz.terminal.asking import answer_lines, question_lines
from cv_quiz.terminal.screen import Screen

DECKS = sorted(shipped_folder().glob("*/*.yaml"))
TEX = re.compile(r"\\[a-zA-Z]{2,}|\$\S.*\S\$")


def shown(card: Card, screen: Screen) -> list[str]:
    order = list(range(len(card.choices)))
    return [*question_lines(card, screen, order), *answer_lines(card, screen, order)]


def code_of(card: Card) -> str:
    return "".join(re.findall(r"```.*?```|`[^`]*`", card.answer + card.question + "".join(card.choices), re.DOTALL))


@pytest.mark.parametrize("path", DECKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize(
    ("width", "ambiguous"),
    [(60, 1), (80, 2), *(pytest.param(*cells, marks=pytest.mark.slow) for cells in ((80, 1), (120, 1), (60, 2)))],
)
def test_a_deck_is_drawn_without_a_fault(path: Path, width: int, ambiguous: int) -> None:
    screen = Screen(out=io.StringIO(), width=width, ambiguous=ambiguous)
    faults = []
    for card in read_deck(path).cards:
        lines = shown(card, screen)
        faults += [(card.id, "too wide", line) for line in lines if screen.cells(line) > width]
        faults += [(card.id, "TeX", line) for line in lines if TEX.search(line) and line.strip() not in code_of(card)]
        faults += [(card.id, "placeholder", line) for line in lines if re.search("[\ue000-\uf8ff\ufffd]", line)]
    assert faults == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_colours_change_nothing_but_colours(language: str) -> None:
    plain, coloured = Screen(out=io.StringIO()), Screen(out=io.StringIO(), colour=True)
    for path in (shipped_folder() / language).glob("*.yaml"):
        for card in (card for card in read_deck(path).cards if not card.cloze):  # a blank is bracketed without colours
            stripped = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in shown(card, coloured)]
            assert stripped == shown(card, plain), card.id
