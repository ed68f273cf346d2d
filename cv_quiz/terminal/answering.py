"""One card on the screen, and what a learner types about it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cv_quiz.cloze import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.library import CardPlace
    from cv_quiz.model import Card, Rating
    from cv_quiz.study import Pick

_SEPARATORS = ("[;；]", "[;；、，,]", r"[;；、，,\s]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the asking of one card ended; `again` is the card that is asked next, where that is decided already."""

    quit: bool = False
    again: Pick | None = None


QUIT = Outcome(quit=True)
GO_ON = Outcome()


@dataclass(slots=True)
class Answering:
    """What is known while one card stands on the screen. `answer` is the card in the language of the answer."""

    pick: Pick
    card: Card
    answer: Card
    place: CardPlace
    order: list[int]
    began: float
    picked: set[int] = field(default_factory=set)
    suggestion: Rating | None = None
    shown: bool = False
    asked_lines: int = 0

    @property
    def several(self) -> bool:
        """Whether more than one choice is right."""
        return len(self.card.correct) > 1


def read_numbers(text: str, last: int) -> list[int]:
    """The numbers in a text. Digits in a row are several numbers while there are at most nine to choose from."""
    found = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    if last <= 9:
        found = list("".join(found))
    return list(dict.fromkeys(map(int, found)))


def read_blanks(typed: str, blanks: Sequence[str]) -> list[str]:
    """What was typed for each blank: cut at the strongest separators that give as many words as there are blanks."""
    if len(blanks) == 1:
        return [typed]
    ways = [
        [part.strip() for part in re.split(separator, typed.strip(" ;；")) if part.strip()] for separator in _SEPARATORS
    ]
    if any(re.search(r"\s", blank) for blank in blanks):
        ways.pop()  # a space may belong to a word
    return next((words for words in ways if len(words) == len(blanks)), max(ways[:2], key=len))


def wrong_blanks(typed: Sequence[str], blanks: Sequence[str]) -> list[tuple[int, str]]:
    """The blanks that were not filled rightly: their numbers from 1, with what was typed there."""
    filled = [*typed, *[""] * len(blanks)]
    return [(i, filled[i - 1]) for i, word in enumerate(blanks, 1) if not matches(filled[i - 1], word)]
