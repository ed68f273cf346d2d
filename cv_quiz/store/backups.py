"""Copies of the log, and getting it back: from all copies there are, and from what a damaged file still gives."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from cv_quiz.errors import StoreError
from cv_quiz.language import Text
from cv_quiz.store.database import BUSY_SECONDS, explained, is_damage
from cv_quiz.store.reviews import ReviewLog, read_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from cv_quiz.model import Event

KEPT = 14
DAILY = "reviews-????-??-??.db"
# So many events are read at once from a damaged file.
RUN = 64


class Copies:
    """The folder of copies of one log, and the rescue of that log. `tell` hears what was done."""

    def __init__(self, path: Path, folder: Path, now: Callable[[], datetime], tell: Callable[[Text], None]) -> None:
        self.path = path
        self.folder = folder
        self._now = now
        self._tell = tell
        self._told = False

    def put_aside(self) -> None:
        """Save what can be read of a damaged log as a copy, then move the file aside, as `…damaged-<time>`.

        In this order a kill at any moment leaves the events in a file that `lost` reads. One process at a time does it;
        those that come after find a sound file and leave it.
        """
        with _writing(self.path), self._alone():
            if not self.path.exists() or _is_sound(self.path):
                return
            name = f"{self._now():%Y%m%d-%H%M%S}"
            events = {event.id: event for event in self._all(self.path)}
            write_copy(_free(self.folder / f"reviews-recovered-{name}.db"), events.values())
            aside = _free(self.path.with_name(f"{self.path.name}.damaged-{name}"))
            for suffix in ("-wal", "-shm", ""):
                side = self.path.with_name(self.path.name + suffix)
                if side.exists():
                    side.replace(aside.with_name(aside.name + suffix))
        self._told = True
        self._tell(RECOVERED.format(aside=aside, events=len(events)))

    def lost(self) -> list[Event]:
        """Everything that copies and damaged files hold, each event once, in the order of the log."""
        # A session that had the damaged file open may have written to it until it was moved: it is read once more.
        asides = [path for path in self.path.parent.glob(f"{self.path.name}.damaged-*") if _is_main(path)]
        events = {event.id: event for event in self._all(*asides)}
        if events and not self._told:
            self._tell(RESTORED.format(path=self.path, events=len(events), folder=self.folder))
        return [events[name] for name in sorted(events)]

    def daily(self, log: ReviewLog, today: date) -> None:
        """One copy a day of study, the last fourteen kept. A sound file is a condition: damage must not become a copy."""
        target = self.folder / f"reviews-{today.isoformat()}.db"
        if target.exists() or not log.last_id():
            return
        for left in self.folder.glob("reviews-*.part*"):
            left.unlink(missing_ok=True)  # a kill left it
        log.check()
        try:
            back_up(self.path, target)
            for old in sorted(self.folder.glob(DAILY))[:-KEPT]:
                old.unlink()
        except (StoreError, OSError) as error:
            why = error.text if isinstance(error, StoreError) else error
            self._tell(NO_COPY.format(why=why))  # no reason not to study

    def _all(self, *others: Path) -> Iterator[Event]:
        for source in (*sorted(self.folder.glob("reviews-*.db")), *others):
            yield from _readable(source)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold a lock between processes, which ends with the process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.folder / "lock", timeout=BUSY_SECONDS, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield


def back_up(path: Path, target: Path) -> int:
    """Copy a log, consistent even while it is written to; the number of events copied. StoreError names the target."""
    beside = target.with_name(target.name + ".part")
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(beside)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            count = int(copy.execute("SELECT count(*) FROM event").fetchone()[0])
        beside.replace(target)
    return count


def may_replace(path: Path, target: Path) -> bool:
    """Whether a copy of the log may take the place of a file: one that is an older copy of it, and nothing else."""
    if path.exists() and target.samefile(path):
        return False
    query = "SELECT id FROM event"
    try:
        with closing(sqlite3.connect(target)) as old, closing(sqlite3.connect(path)) as log:
            held = {row[0] for row in old.execute(query)}
            return held <= {row[0] for row in log.execute(query)}
    except sqlite3.DatabaseError:
        return False


def write_copy(target: Path, events: Iterable[Event]) -> None:
    """A new log of these events in one file, which is there whole or not at all."""
    beside = target.with_name(target.name + ".part")
    beside.unlink(missing_ok=True)
    log = ReviewLog(beside)
    log.merge(events)
    log.close()
    with closing(sqlite3.connect(beside)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
    beside.replace(target)


def check(path: Path) -> None:
    """StoreError where SQLite's whole check finds damage, or an event cannot be read."""
    log = ReviewLog(path)
    try:
        log.check(thoroughly=True)
    finally:
        log.close()


def _is_sound(path: Path) -> bool:
    try:
        check(path)
    except StoreError as error:
        if not is_damage(error):
            raise
        return False
    return True


def _readable(path: Path) -> Iterator[Event]:
    """The events of a file that can be read: pages that cannot are gone around, by the number of the arrival."""
    with closing(sqlite3.connect(path)) as connection:
        last = min(_last_arrival(connection), path.stat().st_size)  # a number that is damaged itself costs no eternity
        for start in range(1, last + 1, RUN):
            rows = _rows(connection, start, start + RUN - 1)
            if rows is None:
                rows = [row for one in range(start, start + RUN) for row in _rows(connection, one, one) or ()]
            yield from (event for row in rows if (event := _event(row)))


def _last_arrival(connection: sqlite3.Connection) -> int:
    found = [0]
    for query in ("SELECT max(arrival) FROM event", "SELECT seq FROM sqlite_sequence WHERE name = 'event'"):
        with suppress(sqlite3.DatabaseError):  # the one may be readable where the other is not
            found += [row[0] for row in connection.execute(query) if isinstance(row[0], int)]
    return max(found)


def _rows(connection: sqlite3.Connection, first: int, last: int) -> list[tuple[str, str, str, str, str]] | None:
    """The rows of some arrivals; None where there is damage among them."""
    query = "SELECT id, kind, card, at, data FROM event WHERE arrival BETWEEN ? AND ?"
    try:
        return connection.execute(query, (first, last)).fetchall()
    except sqlite3.DatabaseError:
        return None


def _event(row: tuple[str, str, str, str, str]) -> Event | None:
    """The event in a row; None where damage has made something else of it."""
    try:
        event = read_event(row)
    except sqlite3.DatabaseError:
        return None
    written = all(isinstance(part, str) for part in row) and event.id.split("-", 1)[0].isdecimal()
    return event if written else None


def _free(path: Path) -> Path:
    """The path, or one with a number behind it where that is taken."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def _is_main(path: Path) -> bool:
    return not path.name.endswith(("-wal", "-shm"))


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """What the system or SQLite says against writing, as a StoreError that names the file."""
    try:
        with explained(path):
            yield
    except OSError as error:
        raise StoreError(UNWRITABLE.format(path=path, why=error.strerror or error)) from None


RECOVERED = Text(
    "复习记录的数据库已损坏，已移到 {aside}；从备份和可读部分恢复了 {events} 条记录。",
    "The review database was damaged and is kept as {aside}; {events} entries were recovered from it and the copies.",
)
RESTORED = Text(
    "{path} 不见了或是空的；从 {folder} 的备份恢复了 {events} 条记录。要从头开始，请把备份也移走。",
    "{path} was missing or empty; {events} entries were restored from the copies in {folder}. "
    "To begin anew, move the copies away as well.",
)
NO_COPY = Text("今天的备份没有写成：{why}", "today's copy of the reviews could not be written: {why}")
UNWRITABLE = Text("{path}：不能写入（{why}）。", "{path}: cannot be written ({why}).")
