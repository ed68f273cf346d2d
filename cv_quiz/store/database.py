"""Opening a SQLite file: durable writes, migrations, and errors a user understands."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cv_quiz.errors import StoreError
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BUSY_SECONDS = 30.0


def connect(path: Path, *, durable: bool) -> sqlite3.Connection:
    """A connection in WAL mode and autocommit; `durable` waits for the disk at every commit (synchronous FULL)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(NO_FOLDER.format(path=path.parent, why=error.strerror or error)) from None
    with explained(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
            connection.execute("PRAGMA foreign_keys = ON")
        except sqlite3.DatabaseError:
            connection.close()
            raise
    return connection


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    """Bring a database to version len(steps), each step in a transaction of its own.

    Raises StoreError for a database from a newer version: it is left as it is.
    """
    with explained(path):
        while (version := _version(connection)) < len(steps):
            with transaction(connection):
                # Another process may have taken the step while this one waited for the lock.
                if _version(connection) == version:
                    for statement in steps[version].split(";\n\n"):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {version + 1}")
    if version > len(steps):
        raise StoreError(NEWER.format(path=path, found=version, known=len(steps)))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction that takes the lock at once, so that it cannot fail half-way for want of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # SQLite has rolled back by itself where the disk is full or fails; a second ROLLBACK would hide that error.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's errors as StoreErrors that say what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreError(_text_for(error).format(path=path, why=error)) from error


def is_damage(error: BaseException | None) -> bool:
    """Whether an error, or the cause of a StoreError, means a damaged file (not a lock, a permission, a full disk)."""
    cause = error.__cause__ if isinstance(error, StoreError) else error
    if not isinstance(cause, sqlite3.DatabaseError):
        return False
    name = getattr(cause, "sqlite_errorname", "")
    # Tables that are gone and text that is none are damage too; SQLite reports both as errors of the query.
    said = str(cause).startswith(("no such table", "no such column", "Could not decode"))
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or type(cause) is sqlite3.DatabaseError or said


def _text_for(error: sqlite3.DatabaseError) -> Text:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return READ_ONLY
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return FULL
    return DAMAGED if is_damage(error) else FAILED


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


NO_FOLDER = Text(
    "不能建立目录 {path}（{why}）。请把 CVQUIZ_HOME 设为可写的目录。",
    "the folder {path} cannot be made ({why}). Set CVQUIZ_HOME to a folder you can write to.",
)
READ_ONLY = Text(
    "{path}：不能写入（{why}）。请检查目录的权限，或把 CVQUIZ_HOME 设为可写的目录。",
    "{path}: cannot be written ({why}). Check the folder's permissions, or set CVQUIZ_HOME to one you can write to.",
)
DAMAGED = Text(
    "{path}：数据库已损坏（{why}）。运行 cvquiz doctor 恢复。",
    "{path}: the database is damaged ({why}). Run cvquiz doctor to recover it.",
)
FULL = Text(
    "{path}：磁盘写不下了（{why}）。腾出空间后再试；此前的评分都在。",
    "{path}: the disk takes no more ({why}). Make room and try again; earlier ratings are all there.",
)
FAILED = Text(
    "{path}：数据库操作失败（{why}）。",
    "{path}: the database could not be used ({why}).",
)
NEWER = Text(
    "{path} 来自更新的 cvquiz（数据版本 {found}，本程序认识到 {known}）。请升级 cvquiz；数据未动。",
    "{path} was written by a newer cvquiz (data version {found}; this one knows {known}). "
    "Upgrade cvquiz; nothing was changed.",
)
