"""What the program talks about: cards, decks, ratings, reviews, memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cv_quiz.language import Language


class Kind(StrEnum):
    """How a card is asked; it follows from the card's keys."""

    BASIC = "basic"
    CLOZE = "cloze"
    CHOICE = "choice"
    CODE = "code"


class Rating(IntEnum):
    """How well a card was remembered, in the numbers of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(StrEnum):
    """Where a card stands in its life."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class Importance(IntEnum):
    """How likely an interviewer is to ask."""

    RARE = 1
    USUAL = 2
    CORE = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card's question comes from; `line` counts from 1, `number` is as printed."""

    document: str
    line: int | None = None
    number: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One question. Which of `answer`, `cloze`, `choices` and `drill` is there decides its kind."""

    id: str
    question: str = ""
    answer: str = ""
    cloze: str = ""
    choices: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    why: tuple[str, ...] = ()
    drill: str = ""
    points: tuple[str, ...] = ()
    hint: str = ""
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    references: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    importance: Importance = Importance.USUAL
    legacy: bool = False
    draft: bool = False
    imported: str = ""

    @property
    def kind(self) -> Kind:
        """The kind that follows from the keys."""
        if self.drill:
            return Kind.CODE
        if self.choices:
            return Kind.CHOICE
        return Kind.CLOZE if self.cloze else Kind.BASIC

    @property
    def askable(self) -> bool:
        """Whether the card is finished: a draft is kept and listed, never asked."""
        return not self.draft and bool(self.drill or self.choices or self.cloze or self.answer.strip())

    @property
    def text_hash(self) -> str:
        """A short hash of what the learner sees; the log keeps it beside the card's id."""
        parts = (self.question, self.answer, self.cloze, *self.choices, self.drill)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Deck:
    """A file of cards on one topic."""

    id: str
    title: str
    language: Language
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What the log says a learner remembers of one card.

    `stability_days` is the interval after which retrievability has fallen to 0.9; `difficulty` runs from 1 to 10;
    `due` is None before the first review. `fuzz_seed` is the seed of the last interval's fuzz.
    """

    state: State = State.NEW
    step: int | None = None
    stability_days: float | None = None
    difficulty: float | None = None
    due: datetime | None = None
    last_review: datetime | None = None
    reps: int = 0
    lapses: int = 0
    fuzz_seed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Memory of a card, and what its owner decided about it."""

    memory: Memory = field(default_factory=Memory)
    suspended: bool = False
    buried_until: datetime | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. `kind` is review, undo, bury, suspend, resume, flag or unflag.

    `id` is "<logical clock>-<machine>", zero-padded so that ids sort in the order of the log. `data` is what a
    replay needs: a review has rating, duration_ms, source, text_hash, the scheduler's settings and the fuzz seed;
    an undo has the target's id; a bury has until; a flag has a reason.
    """

    id: str
    kind: str
    card: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """One rating that is in force. `source` is self (the learner's word) or graded (a drill's result)."""

    id: str
    card: str
    rating: Rating
    at: datetime
    duration_ms: int
    source: str = "self"
    text_hash: str = ""
