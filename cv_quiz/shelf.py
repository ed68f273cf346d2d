"""What could be asked now: questions to the index, answered in time that does not grow with the number of cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.language import other_language
from cv_quiz.standings import COLUMNS, instant_stamp, standing_from_row
from cv_quiz.store.database import transaction

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from cv_quiz.language import Language
    from cv_quiz.model import Memory

# A claim that is older than this was left by a session that died.
CLAIM_SECONDS = 1800.0
EARLIEST_DUE = 200
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
            tagged = f"SELECT card FROM card_tag AS t WHERE t.language = c.language AND t.tag IN ({_marks(self.tags)})"
            parts.append(f"c.id IN ({tagged})")
            values += self.tags
        return " AND ".join(parts), values


class Shelf:
    """The cards of one language (and those that exist in the other only) that one session may ask."""

    def __init__(self, cache: sqlite3.Connection, language: Language, wanted: Filter, owner: str) -> None:
        self._cache = cache
        self._language = language
        self._owner = owner
        self._condition, self._values = wanted.condition()

    def due(self, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        """Up to 200 cards in review that are due before an instant, the earliest first."""
        return self._standings("s.state = 'review' AND s.due < ?", before, now)

    def learning(self, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        """Up to 200 cards in learning or relearning that are due before an instant, the earliest first."""
        return self._standings("s.state IN ('learning', 'relearning') AND s.due < ?", before, now)

    def fresh(self, now: datetime, limit: int = FRESH) -> list[str]:
        """Cards that were never asked: core before rare, legacy last."""
        found: list[tuple[int, int, str, str]] = []
        for language, which in ((self._language, ""), (other_language(self._language), "AND c.alone = 1")):
            found += self._cache.execute(
                "SELECT c.rank, c.position, c.deck, c.id FROM card AS c LEFT JOIN standing AS s ON s.card = c.id"
                f" WHERE c.language = ? AND c.seen = 0 {which} AND {self._condition} AND {self._free()}"
                " ORDER BY c.rank, c.position, c.deck LIMIT ?",
                (language, *self._values, *self._free_values(now), limit),
            ).fetchall()
        return [row[3] for row in sorted(found)[:limit]]

    def all(self) -> list[str]:
        """Every card that may be asked at all, in the order of the decks."""
        rows = self._cache.execute(
            "SELECT c.id FROM card AS c LEFT JOIN standing AS s ON s.card = c.id WHERE (c.language = ? OR c.alone = 1)"
            f" AND coalesce(s.suspended, 0) = 0 AND {self._condition} ORDER BY c.rank, c.position, c.deck",
            (self._language, *self._values),
        )
        return [row[0] for row in rows]

    def count_due(self, before: datetime, now: datetime) -> int:
        """How many cards in review are due before an instant."""
        return self._count("s.state = 'review' AND s.due < ?", before, now)

    def count_learning(self, before: datetime, now: datetime) -> int:
        """How many cards in learning or relearning are due before an instant."""
        return self._count("s.state IN ('learning', 'relearning') AND s.due < ?", before, now)

    def claim(self, card: str, at: float) -> bool:
        """Take a card for this session; False where another one has it. `at` is a Unix time."""
        with transaction(self._cache):
            row = self._cache.execute("SELECT owner, at FROM claim WHERE card = ?", (card,)).fetchone()
            if row and row[0] != self._owner and at - row[1] < CLAIM_SECONDS:
                return False
            self._cache.execute("DELETE FROM claim WHERE owner = ?", (self._owner,))
            self._cache.execute("INSERT OR REPLACE INTO claim VALUES (?, ?, ?)", (card, self._owner, at))
        return True

    def release(self) -> None:
        """Give back what this session had claimed."""
        self._cache.execute("DELETE FROM claim WHERE owner = ?", (self._owner,))

    def _standings(self, which: str, before: datetime, now: datetime) -> list[tuple[str, Memory]]:
        columns = ", ".join(f"s.{name}" for name in COLUMNS)
        rows = self._cache.execute(
            f"SELECT s.card, {columns} {self._from(which)} ORDER BY s.due LIMIT ?",
            (*self._from_values(before, now), EARLIEST_DUE),
        )
        return [(row[0], standing_from_row(row[1:]).memory) for row in rows]

    def _count(self, which: str, before: datetime, now: datetime) -> int:
        query = f"SELECT count(*) {self._from(which)}"
        return int(self._cache.execute(query, self._from_values(before, now)).fetchone()[0])

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
