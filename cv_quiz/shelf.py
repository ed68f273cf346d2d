"""What could be asked now: questions to the index, answered in time that does not grow with the number of cards."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.language import other_language
from cv_quiz.standings import COLUMNS, instant_stamp, standing_from_row
from cv_quiz.store.database import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from cv_quiz.language import Language
    from cv_quiz.model import Memory

# A claim that is older than this was left by a session that died, on another machine or with its number in use again.
CLAIM_SECONDS = 1800.0
EARLIEST_DUE = 200
EVERY = -1
FRESH = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cards a session is about; an empty tuple means all. `cards` is the result of a search."""

    decks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cards: tuple[str, ...] | None = None

    def condition(self) -> tuple[str, list[object]]:
        """SQL over `card AS c` and its values."""
        parts, values = ["c.hidden = 0 AND c.askable = 1"], list[object]()
        for column, wanted in (("c.deck", self.decks), ("c.id", self.cards)):
            if wanted or (wanted is not None and column == "c.id"):
                parts.append(f"{column} IN ({_marks(wanted)})")
                values += wanted
        if self.tags:
            tagged = f"t.language = c.language AND t.card = c.id AND t.tag IN ({_marks(self.tags)})"
            parts.append(f"EXISTS (SELECT 1 FROM card_tag AS t WHERE {tagged})")
            values += self.tags
        return " AND ".join(parts), values


class Shelf:
    """The cards of one language (and those that exist in the other only) that one session may ask."""

    def __init__(
        self, cache: sqlite3.Connection, language: Language, wanted: Filter, owner: str,
        done: Callable[[datetime], tuple[int, int]],
    ) -> None:  # fmt: skip
        self._cache = cache
        self._language = language
        self._owner = owner
        self._condition, self._values = wanted.condition()
        self._done = done
        if self._cache.execute("SELECT 1 FROM claim LIMIT 1").fetchone():
            self._drop_dead_claims()

    def done_today(self, now: datetime) -> tuple[int, int]:
        """How many cards were introduced and how many others reviewed today, in all sessions together."""
        return self._done(now)

    def due(self, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        """Up to 200 cards in review that are due before an instant, the earliest first."""
        return self._standings("s.state = 'review' AND s.due < ?", before, now)

    def learning(self, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        """Up to 200 cards in learning or relearning that are due before an instant, the earliest first."""
        return self._standings("s.state IN ('learning', 'relearning') AND s.due < ?", before, now)

    def fresh(self, now: datetime, limit: int = FRESH) -> list[str]:
        """Cards that were never asked: core before rare, legacy last."""
        columns, order = "c.rank, c.position, c.deck, c.id", "ORDER BY c.rank, c.position, c.deck"
        found = [row for query, values in self._fresh(columns, order, now, limit)
                 for row in self._cache.execute(query, values)]  # fmt: skip
        return [row[3] for row in sorted(found)[:limit]]

    def count_fresh(self, now: datetime, most: int) -> int:
        """How many cards were never asked; no more than `most` are counted."""
        queries = self._fresh("1", "", now, most)
        counts = [
            self._cache.execute(f"SELECT count(*) FROM ({query})", values).fetchone()[0] for query, values in queries
        ]
        return min(most, int(sum(counts)))

    def all(self) -> list[str]:
        """Every card that may be asked at all, in the order of the decks."""
        rows = self._cache.execute(
            "SELECT c.id FROM card AS c LEFT JOIN standing AS s ON s.card = c.id WHERE (c.language = ? OR c.alone = 1)"
            f" AND coalesce(s.suspended, 0) = 0 AND {self._condition} ORDER BY c.rank, c.position, c.deck",
            (self._language, *self._values),
        )
        return [row[0] for row in rows]

    def count_due(self, before: datetime, now: datetime, most: int = EVERY) -> int:
        """How many cards in review are due before an instant; no more than `most` are counted."""
        return self._count("s.state = 'review' AND s.due < ?", before, now, most)

    def count_learning(self, before: datetime, now: datetime, most: int = EVERY) -> int:
        """How many cards in learning or relearning are due before an instant; no more than `most` are counted."""
        return self._count("s.state IN ('learning', 'relearning') AND s.due < ?", before, now, most)

    def claim(self, card: str, at: float) -> bool:
        """Take a card for this session; False where another one has it. `at` is a Unix time."""
        with transaction(self._cache):
            self._drop_dead_claims()
            row = self._cache.execute("SELECT owner, at FROM claim WHERE card = ?", (card,)).fetchone()
            if row and row[0] != self._owner and at - row[1] < CLAIM_SECONDS:
                return False
            self._cache.execute("DELETE FROM claim WHERE owner = ?", (self._owner,))
            self._cache.execute("INSERT OR REPLACE INTO claim VALUES (?, ?, ?)", (card, self._owner, at))
        return True

    def release(self) -> None:
        """Give back what this session had claimed."""
        self._cache.execute("DELETE FROM claim WHERE owner = ?", (self._owner,))

    def _drop_dead_claims(self) -> None:
        """Forget what sessions had claimed that were killed."""
        for (owner,) in self._cache.execute("SELECT DISTINCT owner FROM claim").fetchall():
            if owner != self._owner and not _is_alive(owner):
                self._cache.execute("DELETE FROM claim WHERE owner = ?", (owner,))

    def _fresh(self, columns: str, order: str, now: datetime, limit: int) -> list[tuple[str, tuple[object, ...]]]:
        """The queries for new cards in the learner's language, and for those that exist in the other only."""
        return [
            (
                f"SELECT {columns} FROM card AS c LEFT JOIN standing AS s ON s.card = c.id"
                f" WHERE c.language = ? AND c.seen = 0 {which} AND {self._condition} AND {self._free()} {order} LIMIT ?",
                (language, *self._values, *self._free_values(now), limit),
            )
            for language, which in ((self._language, ""), (other_language(self._language), "AND c.alone = 1"))
        ]

    def _standings(self, which: str, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        columns = ", ".join(f"s.{name}" for name in COLUMNS)
        rows = self._cache.execute(
            f"SELECT s.card, {columns} {self._from(which)} ORDER BY s.due LIMIT ?",
            (*self._from_values(before, now), EARLIEST_DUE),
        )
        return [(row[0], standing_from_row(row[1:]).memory) for row in rows]

    def _count(self, which: str, before: datetime, now: datetime, most: int) -> int:
        query = f"SELECT count(*) FROM (SELECT 1 {self._from(which)} LIMIT ?)"
        return int(self._cache.execute(query, (*self._from_values(before, now), most)).fetchone()[0])

    def _from(self, which: str) -> str:
        return (
            "FROM standing AS s CROSS JOIN card AS c ON c.id = s.card AND (c.language = ? OR c.alone = 1)"
            f" WHERE s.suspended = 0 AND {which} AND {self._condition} AND {self._free()}"
        )

    def _from_values(self, before: datetime, now: datetime) -> tuple[object, ...]:
        return (self._language, instant_stamp(before), *self._values, *self._free_values(now))

    def _free(self) -> str:
        """Neither suspended, nor buried, nor asked in another session at this moment."""
        return (
            "coalesce(s.suspended, 0) = 0 AND coalesce(s.buried_until, 0) <= ? AND NOT EXISTS"
            " (SELECT 1 FROM claim WHERE claim.card = c.id AND claim.owner != ?"
            " AND claim.at > strftime('%s', 'now') - ?)"
        )

    def _free_values(self, now: datetime) -> tuple[object, ...]:
        return (instant_stamp(now), self._owner, CLAIM_SECONDS)


def _marks(values: tuple[str, ...] | None) -> str:
    return ", ".join("?" * len(values or ()))


def claimant() -> str:
    """A name for this session's claims, from which another session can tell whether it still lives."""
    return f"{platform.node()}/{os.getpid()}/{time.monotonic_ns()}"


def _is_alive(owner: str) -> bool:
    """Whether the process of a claimant may still be there; true where that cannot be known."""
    host, _, rest = owner.partition("/")
    pid = rest.partition("/")[0]
    if os.name != "posix" or host != platform.node() or not pid.isdecimal():
        return True  # on Windows, signal 0 is no question
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
