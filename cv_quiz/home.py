"""Everything of one user in one place: the log, the index, the settings, and what can be done with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cv_quiz.clock import clock_from, day_end, day_start
from cv_quiz.config import home_folder, read_config
from cv_quiz.errors import InputError
from cv_quiz.language import Text, choose_language
from cv_quiz.library import Library
from cv_quiz.model import Rating
from cv_quiz.scheduling.memory import fuzz_seed, preview
from cv_quiz.scheduling.replay import as_review, in_force
from cv_quiz.shelf import Filter, Shelf, claimant
from cv_quiz.standings import Standings
from cv_quiz.store.backups import Copies
from cv_quiz.store.cache import open_cache
from cv_quiz.store.reviews import ReviewLog

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from cv_quiz.language import Language
    from cv_quiz.model import Card, Event, Memory, Review, Standing


@dataclass(frozen=True, slots=True)
class Today:
    """What was done since the day of study began, and what it still offers within the daily limits."""

    introduced: int
    reviewed: int
    new: int
    learning: int
    due: int


class Home:
    """One user's data under CVQUIZ_HOME; without it, under the platform's data folder.

    `tell` hears every notice at once, `wait` that something takes long.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        folder: Path | None = None,
        *,
        tell: Callable[[Text], None] | None = None,
        wait: Callable[[Text], None] | None = None,
    ) -> None:
        self._tell, self._wait = tell, wait
        self.folder = (folder or home_folder(environment)).resolve()
        self.now = clock_from(environment)
        self.config = read_config(self.folder / "config.toml")
        self.language: Language = choose_language(environment, self.config.language)
        self.notices: list[Text] = []
        self.owner = claimant()
        self._counted_at: tuple[int, datetime] | None = None
        self._counted = 0, 0

    @cached_property
    def log(self) -> ReviewLog:
        """The review log, opened at first use. What is damaged or lost is recovered; `notices` then says so."""
        copies = Copies(self.folder / "reviews.db", self.folder / "backups", self.now, self.notice)
        log = ReviewLog(copies.path, copies)
        copies.daily(log, day_start(self.now()).date())
        return log

    def notice(self, text: Text) -> None:
        """Something the user should hear, whatever the command."""
        self.notices.append(text)
        if self._tell:
            self._tell(text)

    @cached_property
    def standings(self) -> Standings:
        """What the log adds up to."""
        return Standings(self._cache, self.log, self.config.scheduler, self._wait)

    @cached_property
    def library(self) -> Library:
        """The decks, indexed."""
        library = Library(self._cache, self.folder, wait=self._wait)
        library.refresh()
        return library

    def shelf(self, wanted: Filter | None = None) -> Shelf:
        """What could be asked, of all cards or of some."""
        _ = self.library, self.standings  # both tables are joined
        return Shelf(self._cache, self.language, wanted or Filter(), self.owner, self.done_today)

    def card(self, card: str) -> Card:
        """A card by id. InputError names the nearest ids where there is none."""
        found = self.library.card(card, self.language)
        if found is None:
            raise InputError(NO_CARD.format(id=card))
        return found

    def standing(self, card: str) -> Standing:
        """What the log says of a card, up to its last event."""
        self.standings.catch_up()
        return self.standings.get(card)

    def rate(self, card: Card, rating: Rating, duration_ms: int, source: str = "self") -> tuple[Event, Memory]:
        """Write a rating to the log; it is on the disk when this returns."""
        before = self.standing(card.id).memory
        data = {
            "rating": int(rating),
            "duration_ms": duration_ms,
            "source": source,
            "text_hash": card.text_hash,
            "fuzz_seed": fuzz_seed(card.id, before),
            **self.config.scheduler.as_data(),
        }
        event = self.log.append("review", card.id, self.now(), data)
        return event, self.standing(card.id).memory

    def note_cram(self, card: str, rating: Rating, duration_ms: int) -> Event:
        """Note an answer that is not to touch the schedule: an event of its own kind, which no memory follows from."""
        return self.log.append("cram", card, self.now(), {"rating": int(rating), "duration_ms": duration_ms})

    def forgotten_today(self) -> list[str]:
        """The cards rated Again since the day of study began, each once."""
        now = self.now()
        today = self.log.reviews_between(day_start(now), day_end(now))
        return list(dict.fromkeys(event.card for event in today if event.data["rating"] == Rating.AGAIN))

    def preview(self, card: str) -> dict[Rating, Memory]:
        """What each rating of a card would lead to, now."""
        return preview(card, self.standing(card).memory, self.now(), self.config.scheduler)

    def suspend(self, card: str) -> Event:
        """Never ask a card again, until `resume`."""
        return self._write("suspend", card)

    def resume(self, card: str) -> Event:
        """Ask a card again that was suspended or buried."""
        return self._write("resume", card)

    def bury(self, card: str) -> Event:
        """Put a card aside until the day of study turns."""
        return self._write("bury", card, until=day_end(self.now()).isoformat())

    def flag(self, card: str, reason: str) -> Event:
        """Mark a card, with a reason, to be looked at later."""
        return self._write("flag", card, reason=reason)

    def unflag(self, card: str) -> Event:
        """Take a card's flag away."""
        return self._write("unflag", card)

    def undo(self, target: str | None = None) -> Event | None:
        """Take back an event, or the newest in force that changed what is known of a card; None where there is none."""
        undone = self.log.newest_undoable() if target is None else self.log.in_force(target)
        if undone is not None:
            self._write("undo", undone.card, target=undone.id)
        return undone

    def reviews(self) -> list[Review]:
        """The ratings in force, in the order of the log."""
        return [as_review(event) for event in in_force(self.log.events()) if event.kind == "review"]

    def today(self, wanted: Filter | None = None) -> Today:
        """Where the day stands."""
        now = self.now()
        introduced, reviewed = self.done_today(now)
        shelf, end = self.shelf(wanted), day_end(now)
        return Today(
            introduced=introduced,
            reviewed=reviewed,
            new=shelf.count_fresh(now, max(0, self.config.new_per_day - introduced)),
            learning=shelf.count_learning(end, now),
            due=shelf.count_due(end, now, max(0, self.config.reviews_per_day - reviewed)),
        )

    def done_today(self, now: datetime) -> tuple[int, int]:
        """How many cards were introduced, and how many others reviewed, in the day of study around an instant.

        By the log, so that it holds for all sessions together.
        """
        key = self.log.last_arrival(), day_start(now)
        if key != self._counted_at:
            self._counted_at, self._counted = key, self._count_done(now)
        return self._counted

    @cached_property
    def _cache(self) -> sqlite3.Connection:
        return open_cache(self.folder / "cache.db")

    def _write(self, kind: str, card: str, **data: str) -> Event:
        event = self.log.append(kind, card, self.now(), data)
        self.standings.catch_up()
        return event

    def _count_done(self, now: datetime) -> tuple[int, int]:
        self.standings.catch_up()
        today = Counter(event.card for event in self.log.reviews_between(day_start(now), day_end(now)))
        introduced = sum(self.standings.get(card).memory.reps == times for card, times in today.items())
        return introduced, len(today) - introduced


NO_CARD = Text(
    "没有 id 为 {id} 的卡片。用 cvquiz search 查找卡片。",
    "there is no card with the id {id}. Find cards with cvquiz search.",
)
