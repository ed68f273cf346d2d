"""The standing of each card, kept in the cache and derived from the log."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cv_quiz.language import Text
from cv_quiz.model import Event, Memory, Standing, State
from cv_quiz.scheduling.memory import reschedule
from cv_quiz.scheduling.replay import apply, replay
from cv_quiz.store.cache import note, remember
from cv_quiz.store.database import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from cv_quiz.scheduling.settings import SchedulerSettings
    from cv_quiz.store.reviews import ReviewLog

COLUMNS = (
    "state", "step", "stability_days", "difficulty", "due", "last_review", "reps", "lapses", "fuzz_seed",
    "suspended", "buried_until", "flag",
)  # fmt: skip
_COLUMNS = ", ".join(COLUMNS)
# So many events take a second to replay.
MANY_EVENTS = 15_000


@dataclass(frozen=True, slots=True)
class _Applied:
    """How far the cache has come: the newest arrival with its event's id, and the greatest id so far."""

    arrival: int = 0
    id: str = ""
    last_id: str = ""

    @classmethod
    def read(cls, noted: str) -> _Applied:
        if not noted:
            return cls()
        arrival, event, last_id = noted.split("/")
        return cls(int(arrival), event, last_id)


class Standings:
    """What the log adds up to, under today's settings.

    `catch_up` takes in what has been appended since (by this process or another); a log that has grown in its middle,
    as after a merge, is replayed from the start.
    """

    def __init__(
        self, cache: sqlite3.Connection, log: ReviewLog, settings: SchedulerSettings,
        wait: Callable[[Text], None] | None = None,
    ) -> None:  # fmt: skip
        self._wait = wait
        self._cache = cache
        self._log = log
        self._settings = settings
        self.catch_up()

    def catch_up(self) -> None:
        """Bring the cache to the end of the log."""
        applied = _Applied.read(note(self._cache, "applied"))
        same = self._log.id_of_arrival(applied.arrival) == applied.id
        # A log made anew after damage numbers its arrivals anew: what was derived from the old file does not hold.
        settings = json.dumps([self._settings.as_data(), self._log.machine])
        known = same and note(self._cache, "settings") == settings
        if known and not self._log.arrivals(applied.arrival):
            return
        with transaction(self._cache):
            # Another process may have brought it up to date while this one waited for the lock.
            applied = _Applied.read(note(self._cache, "applied")) if known else _Applied()
            arrived = self._log.arrivals(applied.arrival)
            events = [event for _, event in arrived]
            if not applied.arrival:
                self._start_again(events)
            elif any(event.id < applied.last_id for event in events):
                self._start_again(self._log.events())
            else:
                self._take_in(events)
            if arrived:
                last_id = max(applied.last_id, *(event.id for event in events))
                remember(self._cache, "applied", f"{arrived[-1][0]}/{arrived[-1][1].id}/{last_id}")
            remember(self._cache, "settings", settings)

    def get(self, card: str) -> Standing:
        """The standing of one card; a new one where the log does not know it."""
        row = self._cache.execute(f"SELECT {_COLUMNS} FROM standing WHERE card = ?", (card,)).fetchone()
        return standing_from_row(row) if row else Standing()

    def all(self) -> dict[str, Standing]:
        """Every card the log knows, with its standing."""
        rows = self._cache.execute(f"SELECT card, {_COLUMNS} FROM standing")
        return {row[0]: standing_from_row(row[1:]) for row in rows}

    def _start_again(self, events: Iterable[Event]) -> None:
        """Forget what was derived and replay the whole log."""
        if self._wait and self._log.count() > MANY_EVENTS:
            self._wait(REPLAYING)
        self._cache.execute("DELETE FROM standing")
        self._cache.execute("UPDATE card SET seen = 0 WHERE seen = 1")
        self._save(replay(events).items())

    def _take_in(self, events: list[Event]) -> None:
        """Apply what was appended; a card of which something was undone is replayed."""
        changed: dict[str, Standing] = {}
        for event in sorted(events, key=lambda event: event.id):
            card = event.card
            changed[card] = apply(changed[card] if card in changed else self.get(card), event)
        for card in {event.card for event in events if event.kind == "undo"}:
            changed[card] = replay(self._log.events_of(card)).get(card, Standing())
        self._save(changed.items())

    def _save(self, standings: Iterable[tuple[str, Standing]]) -> None:
        kept = list(standings)
        rows = [(card, *_row(self._today(standing))) for card, standing in kept]
        seen = [(standing.memory.reps > 0, card) for card, standing in kept]
        self._cache.executemany("UPDATE card SET seen = ? WHERE id = ?", seen)
        self._cache.executemany(
            f"INSERT OR REPLACE INTO standing (card, {_COLUMNS}) VALUES ({', '.join('?' * 13)})",
            rows,
        )

    def _today(self, standing: Standing) -> Standing:
        return replace(standing, memory=reschedule(standing.memory, self._settings))


def _row(standing: Standing) -> tuple[object, ...]:
    memory = standing.memory
    return (
        memory.state.value, memory.step, memory.stability_days, memory.difficulty, instant_stamp(memory.due),
        instant_stamp(memory.last_review), memory.reps, memory.lapses, memory.fuzz_seed, standing.suspended,
        instant_stamp(standing.buried_until), standing.flag,
    )  # fmt: skip


def standing_from_row(row: tuple[object, ...]) -> Standing:
    """The standing in a row of `COLUMNS`."""
    state, step, stability, difficulty, due, last, reps, lapses, seed, suspended, buried, flag = row
    memory = Memory(
        State(str(state)), step, stability, difficulty, _instant(due), _instant(last), reps, lapses, seed  # type: ignore[arg-type]
    )  # fmt: skip
    return Standing(memory, bool(suspended), _instant(buried), flag)  # type: ignore[arg-type]


def instant_stamp(instant: datetime | None) -> int | None:
    """Microseconds since 1970, so that what comes back is exactly what was put in."""
    if instant is None:
        return None
    span = instant - datetime(1970, 1, 1, tzinfo=UTC)
    return (span.days * 86400 + span.seconds) * 1_000_000 + span.microseconds


def _instant(stamp: object) -> datetime | None:
    if not isinstance(stamp, int):
        return None
    seconds, microseconds = divmod(stamp, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)


REPLAYING = Text("正在整理复习记录，请稍候……", "working through the review log; this takes a moment ...")
