"""Copies of the log, and getting it back from a damaged file: whatever can still be read, and the newest copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.language import Text
from cv_quiz.store.database import explained
from cv_quiz.store.reviews import ReviewLog, read_event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from cv_quiz.model import Event

KEPT = 14


@dataclass(frozen=True, slots=True)
class Recovery:
    """What came back: the damaged file lies at `kept_aside`."""

    kept_aside: Path
    events: int


def back_up(path: Path, target: Path) -> int:
    """Copy a log, consistent even while it is written to; the number of events copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".part")
    with explained(path), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(beside)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        count = int(copy.execute("SELECT count(*) FROM event").fetchone()[0])
    beside.replace(target)
    return count


def back_up_daily(path: Path, folder: Path, today: date) -> None:
    """One copy a day of study, the last fourteen kept. A sound file is a condition: damage must not replace a copy."""
    target = folder / f"reviews-{today.isoformat()}.db"
    if target.exists() or not path.exists():
        return
    check(path)
    back_up(path, target)
    for old in sorted(folder.glob("reviews-????-??-??.db"))[:-KEPT]:
        old.unlink()


def check(path: Path) -> None:
    """StoreError where SQLite's own check finds damage."""
    with explained(path), closing(sqlite3.connect(path)) as connection:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise sqlite3.DatabaseError(said)


def recover(path: Path, folder: Path, now: datetime) -> Recovery:
    """Put a damaged log aside and make a new one from what can still be read and from the newest copy."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for suffix in ("-wal", "-shm", ""):
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.replace(aside.with_name(aside.name + suffix))
    log = ReviewLog(path)
    copies = sorted(folder.glob("reviews-*.db"), reverse=True)
    events = {event.id: event for source in [*copies[:1], aside] for event in _readable(source)}
    log.merge(events.values())
    log.close()
    return Recovery(aside, len(events))


def _readable(path: Path) -> Iterator[Event]:
    """The events of a file up to the first that cannot be read, from both ends."""
    for order in ("ASC", "DESC"):
        connection = sqlite3.connect(path)
        try:
            for row in connection.execute(f"SELECT id, kind, card, at, data FROM event ORDER BY id {order}"):
                yield read_event(row)
        except (sqlite3.DatabaseError, ValueError):
            continue  # what lies behind the damage is looked for from the other end
        finally:
            connection.close()


RECOVERED = Text(
    "复习记录的数据库已损坏，已移到 {aside}；从备份和可读部分恢复了 {events} 条记录。",
    "The review database was damaged and is kept as {aside}; {events} entries were recovered from it and the last backup.",
)
