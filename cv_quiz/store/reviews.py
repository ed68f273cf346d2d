"""reviews.db: the append-only log. Nothing in it is ever changed or deleted."""

from __future__ import annotations

import json
import sqlite3
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from cv_quiz.errors import StoreError
from cv_quiz.model import Event
from cv_quiz.store.database import connect, explained, is_damage, migrate, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

T = TypeVar("T")

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
UNDOABLE = ("review", "bury", "suspend", "resume", "flag", "unflag")
# Whether an undo names the event `e`. Undos bear the card of what they take back, so the index on cards finds them.
_UNDONE = (
    "EXISTS (SELECT 1 FROM event AS u WHERE u.card = e.card AND u.kind = 'undo'"
    " AND json_extract(u.data, '$.target') = e.id)"
)


class Rescue(Protocol):
    """What helps where a log is damaged or gone."""

    def put_aside(self) -> None:
        """Save what can be read of the damaged file, and move it out of the way."""

    def lost(self) -> list[Event]:
        """The events that an empty log should have; none where there never were any."""


class ReviewLog:
    """The log of one home. Every append is on the disk when it returns.

    Where any operation finds the file damaged, the `rescue` puts it aside; a log that is empty takes up what the rescue
    still has; and the operation is carried out again. Another process may do so at any time: a file that has been
    replaced is opened anew, and an event that went into the old one is written to the new one as well.
    """

    def __init__(self, path: Path, rescue: Rescue | None = None) -> None:
        self.path = path
        self._rescue = rescue
        self._connection: sqlite3.Connection | None = None
        self._tried(lambda connection: connection.total_changes)  # opens the file

    @property
    def machine(self) -> str:
        """The name of this file in the ids of the events written to it; a file made anew has another."""
        return self._machine

    def close(self) -> None:
        """Give the file back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def append(self, kind: str, card: str, at: datetime, data: Mapping[str, Any]) -> Event:
        """Write one event and wait for the disk; the id is the next of the logical clock."""

        def write(connection: sqlite3.Connection) -> Event:
            with transaction(connection):
                last = str(connection.execute(_LAST_ID).fetchone()[0])
                event = Event(_id_after(last, self._machine), kind, card, at.astimezone(UTC), dict(data))
                _insert(connection, [event])
            return event

        event = self._tried(write)
        if self._was_replaced():
            self.merge([event])
        return event

    def merge(self, events: Iterable[Event]) -> int:
        """Take up another log's events (set union by id); the number that were new."""
        kept = list(events)

        def write(connection: sqlite3.Connection) -> int:
            with transaction(connection):
                before = connection.total_changes
                _insert(connection, kept)
                return connection.total_changes - before

        return self._tried(write)

    def events(self, after: str = "") -> Iterator[Event]:
        """Events with an id behind `after`, in the order of the log."""
        yield from self._select("WHERE e.id > ? ORDER BY e.id", after)

    def events_of(self, card: str) -> list[Event]:
        """The events of one card, undos included, in the order of the log."""
        return self._select("WHERE e.card = ? ORDER BY e.id", card)

    def reviews_between(self, start: datetime, end: datetime) -> list[Event]:
        """The reviews in force that bear a time from `start` on and before `end`, in the order of the log."""
        span = (_stamp(start), _stamp(end))
        return self._select(
            f"WHERE e.kind = 'review' AND e.at >= ? AND e.at < ? AND NOT {_UNDONE} ORDER BY e.id", *span
        )

    def in_force(self, event: str) -> Event | None:
        """The event with an id; None where there is none, or it has been taken back."""
        return next(iter(self._select(f"WHERE e.id = ? AND e.kind != 'undo' AND NOT {_UNDONE}", event)), None)

    def newest_undoable(self) -> Event | None:
        """The newest event in force that changed what is known of a card; None where there is none."""
        marks = ", ".join("?" * len(UNDOABLE))
        found = self._select(f"WHERE e.kind IN ({marks}) AND NOT {_UNDONE} ORDER BY e.id DESC LIMIT 1", *UNDOABLE)
        return found[0] if found else None

    def arrivals(self, after: int = 0) -> list[tuple[int, Event]]:
        """What has come since the arrival of that number, by appending or merging, in the order of coming."""
        query = f"SELECT arrival, {_COLUMNS} FROM event WHERE arrival > ? ORDER BY arrival"
        return self._tried(
            lambda connection: [(row[0], read_event(row[1:])) for row in connection.execute(query, (after,))]
        )

    def last_arrival(self) -> int:
        """The number of the last arrival; 0 for an empty log."""
        return int(self._one("SELECT coalesce(max(arrival), 0) FROM event"))

    def id_of_arrival(self, arrival: int) -> str:
        """The id of the event that came as that number; empty where none did."""
        return str(self._one("SELECT coalesce(max(id), '') FROM event WHERE arrival = ?", arrival))

    def count(self) -> int:
        """How many events there are."""
        return int(self._one("SELECT count(*) FROM event"))

    def last_id(self) -> str:
        """The id of the newest event; empty for an empty log."""
        return str(self._one(_LAST_ID))

    def check(self, *, thoroughly: bool = False) -> None:
        """Look for damage: SQLite's quick check, or its whole one and every event read. What is found is mended."""
        self._tried(lambda connection: _check(connection, thoroughly=thoroughly))

    def _open(self) -> sqlite3.Connection:
        before = _identity(self.path)
        connection = connect(self.path, durable=True)
        try:
            migrate(connection, self.path, MIGRATIONS)
            self._machine = _own_name(connection)
            if self._rescue and not connection.execute(_LAST_ID).fetchone()[0] and (lost := self._rescue.lost()):
                with transaction(connection):
                    _insert(connection, lost)
            self._file = before or _identity(self.path)
        except BaseException:
            connection.close()
            raise
        return connection

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Carry out some work; where it finds damage, have the file put aside and carry it out again."""
        try:
            return self._done(work)
        except StoreError as error:
            if self._rescue is None or not is_damage(error):
                raise
        self.close()
        self._rescue.put_aside()
        return self._done(work)

    def _done(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is not None and self._was_replaced():
            self.close()
        with explained(self.path):
            if self._connection is None:
                self._connection = self._open()
            return work(self._connection)

    def _was_replaced(self) -> bool:
        """Whether another process has put another file in the place of the one that is open."""
        return _identity(self.path) != self._file

    def _select(self, condition: str, *values: object) -> list[Event]:
        query = f"SELECT {_COLUMNS} FROM event AS e {condition}"
        return self._tried(lambda connection: [read_event(row) for row in connection.execute(query, values)])

    def _one(self, query: str, *values: object) -> Any:
        return self._tried(lambda connection: connection.execute(query, values).fetchone()[0])


def read_event(row: tuple[str, str, str, str, str]) -> Event:
    """The event in a row of the log. sqlite3.DatabaseError where it is not what was written."""
    try:
        return Event(row[0], row[1], row[2], datetime.fromisoformat(row[3]), dict(json.loads(row[4])))
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"event {row[0]!r}: {error}") from None


_LAST_ID = "SELECT coalesce(max(id), '') FROM event"


def _check(connection: sqlite3.Connection, *, thoroughly: bool) -> None:
    said = connection.execute(f"PRAGMA {'integrity' if thoroughly else 'quick'}_check(1)").fetchone()[0]
    if said != "ok":
        raise sqlite3.DatabaseError(said)
    if thoroughly:
        for row in connection.execute(f"SELECT {_COLUMNS} FROM event"):
            read_event(row)


def _own_name(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT name FROM machine").fetchone()
    if row is None:
        with transaction(connection):
            connection.execute(
                "INSERT INTO machine SELECT ? WHERE NOT EXISTS (SELECT 1 FROM machine)", (uuid.uuid4().hex[:8],)
            )
        row = connection.execute("SELECT name FROM machine").fetchone()
    return str(row[0])


def _id_after(last: str, machine: str) -> str:
    clock = (last or "0").split("-", maxsplit=1)[0]
    if not clock.isdecimal():
        raise sqlite3.DatabaseError(f"event {last!r}: no id of this log")
    return f"{int(clock) + 1:012d}-{machine}"


def _insert(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    rows = (
        (event.id, event.kind, event.card, event.at.isoformat(), json.dumps(dict(event.data), ensure_ascii=False))
        for event in events
    )
    connection.executemany("INSERT OR IGNORE INTO event (id, kind, card, at, data) VALUES (?, ?, ?, ?, ?)", rows)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
