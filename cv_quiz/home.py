"""Everything of one user in one place: the log, the index, the settings, and what can be done with them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cv_quiz.clock import clock_from, day_end, day_start
from cv_quiz.config import read_config
from cv_quiz.errors import InputError, StoreError
from cv_quiz.language import Text, choose_language
from cv_quiz.library import Library
from cv_quiz.model import Rating
from cv_quiz.scheduling.memory import fuzz_seed, preview
from cv_quiz.scheduling.replay import as_review, in_force
from cv_quiz.shelf import Filter, Shelf
from cv_quiz.standings import Standings
from cv_quiz.store.backups import RECOVERED, back_up_daily, recover
from cv_quiz.store.cache import open_cache
from cv_quiz.store.database import is_damage
from cv_quiz.store.reviews import ReviewLog

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

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
    """One user's data under CVQUIZ_HOME; without it, under the platform's data folder."""

    def __init__(self, environment: Mapping[str, str], folder: Path | None = None) -> None:
        self.folder = folder or home_folder(environment)
        self.now = clock_from(environment)
        self.config = read_config(self.folder / "config.toml")
        self.language: Language = choose_language(environment, self.config.language)
        self.notices: list[Text] = []
        self.owner = f"{os.getpid()}-{time.monotonic_ns()}"

    @cached_property
    def log(self) -> ReviewLog:
        """The review log, opened at first use. A damaged one is put aside and recovered; `notices` then says so."""
        path, copies = self.folder / "reviews.db", self.folder / "backups"
        try:
            back_up_daily(path, copies, day_start(self.now()).date())
            return ReviewLog(path)
        except StoreError as error:
            if not is_damage(error):
                raise
            found = recover(path, copies, self.now())
            self.notices.append(RECOVERED.format(aside=found.kept_aside, events=found.events))
            return ReviewLog(path)

    @cached_property
    def standings(self) -> Standings:
        """What the log adds up to."""
        return Standings(self._cache, self.log, self.config.scheduler)

    @cached_property
    def library(self) -> Library:
        """The decks, indexed."""
        library = Library(self._cache, self.folder)
        library.refresh()
        return library

    def shelf(self, wanted: Filter | None = None) -> Shelf:
        """What could be asked, of all cards or of some."""
        _ = self.library, self.standings  # both tables are joined
        return Shelf(self._cache, self.language, wanted or Filter(), self.owner)

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
        today = in_force(self.log.since(day_start(self.now())))
        return list(dict.fromkeys(e.card for e in today if e.kind == "review" and e.data["rating"] == Rating.AGAIN))

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
        """Take back an event (the newest in force where none is named); the event taken back, or None."""
        newest = self.log.newest(500) if target is None else self.log.events()
        candidates = [event for event in in_force(newest) if target is None or event.id == target]
        if not candidates:
            return None
        undone = candidates[-1]
        self._write("undo", undone.card, target=undone.id)
        return undone

    def reviews(self) -> list[Review]:
        """The ratings in force, in the order of the log."""
        return [as_review(event) for event in in_force(self.log.events()) if event.kind == "review"]

    def today(self, wanted: Filter | None = None) -> Today:
        """Where the day stands."""
        now = self.now()
        introduced, reviewed = self._done_today(now)
        shelf, end = self.shelf(wanted), day_end(now)
        new_left = max(0, self.config.new_per_day - introduced)
        due_left = max(0, self.config.reviews_per_day - reviewed)
        return Today(
            introduced=introduced,
            reviewed=reviewed,
            new=len(shelf.fresh(now, new_left)) if new_left else 0,
            learning=shelf.count_learning(end, now),
            due=min(shelf.count_due(end, now), due_left),
        )

    @cached_property
    def _cache(self) -> sqlite3.Connection:
        return open_cache(self.folder / "cache.db")

    def _write(self, kind: str, card: str, **data: str) -> Event:
        event = self.log.append(kind, card, self.now(), data)
        self.standings.catch_up()
        return event

    def _done_today(self, now: datetime) -> tuple[int, int]:
        """How many cards were introduced and how many others reviewed since the day began."""
        self.standings.catch_up()
        today = [event.card for event in in_force(self.log.since(day_start(now))) if event.kind == "review"]
        introduced = {card for card in today if self.standings.get(card).memory.reps == today.count(card)}
        return len(introduced), len(set(today) - introduced)


def home_folder(environment: Mapping[str, str]) -> Path:
    """CVQUIZ_HOME, else the platform's data folder."""
    if wish := environment.get("CVQUIZ_HOME"):
        return Path(wish).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415  not needed where CVQUIZ_HOME is set

    return user_data_path("cvquiz", appauthor=False)


NO_CARD = Text(
    "没有 id 为 {id} 的卡片。用 cvquiz search 查找卡片。",
    "there is no card with the id {id}. Find cards with cvquiz search.",
)
