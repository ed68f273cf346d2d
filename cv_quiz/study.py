"""A session as a state machine: what to ask next, and what has been done. No clock, no file, no key is read here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from cv_quiz.model import Rating, State
from cv_quiz.scheduling.choice import most_to_lose, new_card_is_next

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from cv_quiz.model import Card, Memory

Why = Literal["learning", "review", "new", "ahead", "cram"]


class Offers(Protocol):
    """Where a session looks for cards."""

    def due(self, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        """Cards in review due before an instant, the earliest first."""

    def learning(self, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        """Cards in learning due before an instant, the earliest first."""

    def fresh(self, now: datetime) -> list[str]:
        """Cards never asked, in the order in which to introduce them."""

    def count_due(self, before: datetime, now: datetime, most: int) -> int:
        """How many cards in review are due before an instant, at most so many."""

    def count_learning(self, before: datetime, now: datetime) -> int:
        """How many cards in learning are due before an instant."""

    def count_fresh(self, now: datetime, most: int) -> int:
        """How many cards were never asked, at most so many."""

    def done_today(self, now: datetime) -> tuple[int, int]:
        """How many cards were introduced and how many others reviewed today, by this session and all others."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A card to ask, and why."""

    card: str
    why: Why


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the day, and of the session. What was done today counts against `new` and `reviews`.

    `day_end` is when the day of study turns; `cards` and `until` end the session sooner.
    """

    new: int
    reviews: int
    day_end: datetime
    cards: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What one answer was, for the counts and for undo."""

    pick: Pick
    rating: Rating | None
    event: str


@dataclass(frozen=True, slots=True)
class Left:
    """How much a session may still ask."""

    new: int
    learning: int
    due: int


@dataclass(slots=True)
class Session:
    """Picks cards from offers, within limits. `cards` looks a card up by id (for its siblings and prerequisites)."""

    offers: Offers
    limits: Limits
    cards: Callable[[str], Card | None]
    done: list[Done] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)

    def next(self, now: datetime) -> Pick | None:
        """The next card, or None where the session has reached its end."""
        if self._at_an_end(now):
            return None
        end = self.limits.day_end
        learning = self._open(self.offers.learning(end, now))
        if ripe := [card for card, memory in learning if memory.due is not None and memory.due <= now]:
            return Pick(self._not_the_last(ripe), "learning")
        if pick := self._new_or_review(now, end):
            return pick
        # Nothing else is left: a learning step is not waited for.
        return Pick(self._not_the_last([card for card, _ in learning]), "ahead") if learning else None

    def answered(self, pick: Pick, rating: Rating | None, event: str) -> None:
        """Take note of an answer; without a rating the card was put aside (buried, suspended)."""
        self.done.append(Done(pick, rating, event))

    def skip(self, card: str) -> None:
        """Leave a card out of this session, as when another session has it."""
        self.skipped.add(card)

    def undo(self) -> Done | None:
        """Take back the last answer; the card becomes a candidate again."""
        return self.done.pop() if self.done else None

    def count(self, *whys: Why) -> int:
        """How many distinct cards were rated for these reasons."""
        return len({done.pick.card for done in self.done if done.pick.why in whys and done.rating is not None})

    def rated_cards(self) -> set[str]:
        """The cards that were rated in this session."""
        return {done.pick.card for done in self.done if done.rating is not None}

    def left(self, now: datetime) -> Left:
        """What is left within the limits."""
        end = self.limits.day_end
        return Left(
            new=self.offers.count_fresh(now, self.new_left(now)),
            learning=self.offers.count_learning(end, now),
            due=self.offers.count_due(end, now, self.reviews_left(now)),
        )

    def new_left(self, now: datetime) -> int:
        """How many new cards may still be introduced today."""
        return max(0, self.limits.new - self.offers.done_today(now)[0])

    def reviews_left(self, now: datetime) -> int:
        """How many reviews may still be asked today."""
        return max(0, self.limits.reviews - self.offers.done_today(now)[1])

    def _at_an_end(self, now: datetime) -> bool:
        rated = sum(done.rating is not None for done in self.done)
        out_of_time = self.limits.until is not None and now >= self.limits.until
        return out_of_time or (self.limits.cards is not None and rated >= self.limits.cards)

    def _new_or_review(self, now: datetime, end: datetime) -> Pick | None:
        new_allowed, reviews_allowed = self.new_left(now), self.reviews_left(now)
        due = self._open(self.offers.due(end, now)) if reviews_allowed else []
        fresh = self._introducible(now) if new_allowed else []
        due_left, new_left = min(len(due), reviews_allowed), min(len(fresh), new_allowed)
        if new_card_is_next(new_left, due_left, self.count("new"), self.count("review")):
            return Pick(self._with_prerequisites(fresh[0], fresh), "new")
        return Pick(most_to_lose(due, now), "review") if due else None

    def _open(self, offered: Sequence[tuple[str, Memory]]) -> list[tuple[str, Memory]]:
        return [(card, memory) for card, memory in offered if card not in self.skipped]

    def _introducible(self, now: datetime) -> list[str]:
        """New cards without those that a card of this session has given away."""
        met = {done.pick.card for done in self.done}
        given_away = {sibling for card in met if (found := self.cards(card)) for sibling in found.siblings}
        return [card for card in self.offers.fresh(now) if card not in self.skipped and card not in given_away]

    def _with_prerequisites(self, card: str, fresh: Sequence[str]) -> str:
        """The card, or what it builds on where that is new as well."""
        path = [card]
        while (found := self.cards(path[-1])) is not None:
            before = [needed for needed in found.prerequisites if needed in fresh and needed not in path]
            if not before:
                break
            path.append(before[0])
        return path[-1]

    def _not_the_last(self, candidates: Sequence[str]) -> str:
        """The first candidate that was not asked just now, if there is a choice."""
        last = self.done[-1].pick.card if self.done else None
        return next((card for card in candidates if card != last), candidates[0])


@dataclass(slots=True)
class Cram(Session):
    """Goes through a list of cards, those rated Again once more at the end; the schedule is not its business."""

    queue: list[str] = field(default_factory=list)

    def next(self, now: datetime) -> Pick | None:
        """The next card of the list."""
        if self._at_an_end(now):
            return None
        open_cards = [card for card in self.queue if card not in self.skipped]
        return Pick(open_cards[0], "cram") if open_cards else None

    def answered(self, pick: Pick, rating: Rating | None, event: str) -> None:
        """Take the card off the list; one rated Again goes to its end."""
        Session.answered(self, pick, rating, event)
        self.queue.remove(pick.card)
        if rating is Rating.AGAIN:
            self.queue.append(pick.card)

    def undo(self) -> Done | None:
        """Take back the last answer; its card is the next one."""
        done = Session.undo(self)
        if done is not None:
            self.queue = [done.pick.card, *(card for card in self.queue if card != done.pick.card)]
        return done

    def left(self, now: datetime) -> Left:  # noqa: ARG002  the list does not depend on the time
        """What is left of the list."""
        return Left(new=0, learning=0, due=len(self.queue))


def suggested_rating(share: float) -> Rating:
    """The rating that a share of points named (or of blanks, or of cases) suggests."""
    if share >= 1.0:
        return Rating.GOOD
    return Rating.HARD if share >= 0.5 else Rating.AGAIN


def is_leech(memory: Memory, threshold: int = 8) -> bool:
    """Whether a card has been forgotten so often that it should be rewritten: at 8 lapses and every 4 thereafter."""
    past = memory.lapses - threshold
    return memory.state is not State.NEW and past >= 0 and past % (threshold // 2) == 0
