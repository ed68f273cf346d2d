"""reviews.db: the append-only log. Nothing in it is ever changed or deleted."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cv_quiz.model import Event
from cv_quiz.store.database import connect, explained, migrate, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MIGRATIONS = (
    """CREATE TABLE event (
        arrival INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        card TEXT NOT NULL,
        at TEXT NOT NULL,
        data TEXT NOT NULL
    );

    CREATE INDEX event_card ON event (card);

    CREATE INDEX event_at ON event (at);

    CREATE TABLE machine (name TEXT NOT NULL);

    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

    CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
)

_COLUMNS = "id, kind, card, at, data"


class ReviewLog:
    """The log of one home. Every append is on the disk when it returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = connect(path, durable=True)
        migrate(self._connection, path, MIGRATIONS)
        self._machine = self._own_name()

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def append(self, kind: str, card: str, at: datetime, data: Mapping[str, Any]) -> Event:
        """Write one event and wait for the disk; the id is the next of the logical clock."""
        with explained(self.path), transaction(self._connection):
            event = Event(self._next_id(), kind, card, at.astimezone(UTC), dict(data))
            self._insert([event])
        return event

    def merge(self, events: Iterable[Event]) -> int:
        """Take up another log's events (set union by id); the number that were new."""
        with explained(self.path), transaction(self._connection):
            before = self.count()
            self._insert(events)
            return self.count() - before

    def events(self, after: str = "") -> Iterator[Event]:
        """Events with an id behind `after`, in the order of the log."""
        yield from self._select("WHERE id > ? ORDER BY id", after)

    def events_of(self, card: str) -> list[Event]:
        """The events of one card, undos included, in the order of the log."""
        return list(self._select("WHERE card = ? ORDER BY id", card))

    def since(self, instant: datetime) -> list[Event]:
        """The events that bear a time from an instant on, in the order of the log."""
        return list(self._select("WHERE at >= ? ORDER BY id", instant.astimezone(UTC).isoformat()))

    def newest(self, count: int) -> list[Event]:
        """The last events, the newest first."""
        return list(self._select("ORDER BY id DESC LIMIT ?", count))

    def arrivals(self, after: int = 0) -> list[tuple[int, Event]]:
        """What has come since the arrival of that number, by appending or merging, in the order of coming."""
        with explained(self.path):
            rows = self._connection.execute(
                "SELECT arrival, id, kind, card, at, data FROM event WHERE arrival > ? ORDER BY arrival", (after,)
            )
            return [(row[0], read_event(row[1:])) for row in rows]

    def id_of_arrival(self, arrival: int) -> str:
        """The id of the event that came as that number; empty where none did."""
        return str(self._one("SELECT coalesce(max(id), '') FROM event WHERE arrival = ?", arrival))

    def count(self) -> int:
        """How many events there are."""
        return int(self._one("SELECT count(*) FROM event"))

    def last_id(self) -> str:
        """The id of the newest event; empty for an empty log."""
        return str(self._one("SELECT coalesce(max(id), '') FROM event"))

    def _own_name(self) -> str:
        with explained(self.path):
            row = self._connection.execute("SELECT name FROM machine").fetchone()
            if row is None:
                with transaction(self._connection):
                    self._connection.execute(
                        "INSERT INTO machine SELECT ? WHERE NOT EXISTS (SELECT 1 FROM machine)", (uuid.uuid4().hex[:8],)
                    )
                row = self._connection.execute("SELECT name FROM machine").fetchone()
        return str(row[0])

    def _next_id(self) -> str:
        clock = int((self.last_id() or "0").split("-", maxsplit=1)[0])
        return f"{clock + 1:012d}-{self._machine}"

    def _insert(self, events: Iterable[Event]) -> None:
        rows = (
            (event.id, event.kind, event.card, event.at.isoformat(), json.dumps(dict(event.data), ensure_ascii=False))
            for event in events
        )
        self._connection.executemany("INSERT OR IGNORE INTO event (id, kind, card, at, data) VALUES (?, ?, ?, ?, ?)", rows)

    def _select(self, condition: str, *values: object) -> Iterator[Event]:
        with explained(self.path):
            for row in self._connection.execute(f"SELECT {_COLUMNS} FROM event {condition}", values):
                yield read_event(row)

    def _one(self, query: str, *values: object) -> Any:
        with explained(self.path):
            return self._connection.execute(query, values).fetchone()[0]


def read_event(row: tuple[str, str, str, str, str]) -> Event:
    """The event in a row of the log. ValueError where its time or data are not what was written."""
    return Event(row[0], row[1], row[2], datetime.fromisoformat(row[3]), json.loads(row[4]))
