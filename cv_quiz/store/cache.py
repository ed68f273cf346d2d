"""cache.db: everything that can be derived again. It may be deleted at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.errors import StoreError
from cv_quiz.store.database import connect, explained, is_damage, transaction

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

# A cache of another version is thrown away, not migrated: nothing in it is original.
VERSION = 3
SCHEMA = """
CREATE TABLE deck_file (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, origin TEXT NOT NULL,
    deck TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, error TEXT NOT NULL
);
CREATE TABLE card (
    language TEXT NOT NULL, id TEXT NOT NULL, layer INTEGER NOT NULL, deck TEXT NOT NULL, path TEXT NOT NULL,
    line INTEGER NOT NULL, position INTEGER NOT NULL, rank INTEGER NOT NULL, askable INTEGER NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0, alone INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL,
    PRIMARY KEY (language, id, layer)
) WITHOUT ROWID;
CREATE INDEX card_path ON card (path);
CREATE INDEX card_deck ON card (language, deck, position);
CREATE INDEX card_id ON card (id);
CREATE INDEX card_fresh ON card (language, rank, position, deck) WHERE seen = 0 AND askable = 1 AND hidden = 0;
CREATE INDEX card_alone ON card (language, rank, position, deck)
    WHERE seen = 0 AND askable = 1 AND hidden = 0 AND alone = 1;
CREATE TABLE card_tag (language TEXT NOT NULL, tag TEXT NOT NULL, card TEXT NOT NULL, path TEXT NOT NULL);
CREATE INDEX card_tag_tag ON card_tag (language, tag, card);
CREATE INDEX card_tag_path ON card_tag (path);
CREATE TABLE standing (
    card TEXT PRIMARY KEY, state TEXT NOT NULL, step INTEGER, stability_days REAL, difficulty REAL,
    due INTEGER, last_review INTEGER, reps INTEGER NOT NULL, lapses INTEGER NOT NULL, fuzz_seed INTEGER NOT NULL,
    suspended INTEGER NOT NULL, buried_until INTEGER, flag TEXT
) WITHOUT ROWID;
CREATE INDEX standing_due ON standing (state, due);
CREATE VIRTUAL TABLE word USING fts5 (language UNINDEXED, card UNINDEXED, path UNINDEXED, terms);
CREATE TABLE claim (card TEXT PRIMARY KEY, owner TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def open_cache(path: Path) -> sqlite3.Connection:
    """A connection to the cache; one that is damaged or of another version is made anew."""
    try:
        return _opened(path)
    except StoreError as error:
        if not is_damage(error):
            raise
    discard(path)
    return _opened(path)


def discard(path: Path) -> None:
    """Delete a cache with its side files."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def note(connection: sqlite3.Connection, key: str) -> str:
    """A remembered value, empty where there is none."""
    row = connection.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def remember(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a value under a key."""
    connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))


def _opened(path: Path) -> sqlite3.Connection:
    connection = connect(path, durable=False)
    with explained(path):
        if _version(connection) != VERSION:
            _create(connection, path)
    return connection


def _create(connection: sqlite3.Connection, path: Path) -> None:
    with explained(path), transaction(connection):
        if _version(connection) == VERSION:
            return
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'word_%'")
        for (table,) in tables.fetchall():
            connection.execute(f'DROP TABLE "{table}"')
        for statement in SCHEMA.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
