"""Damage is found, kept aside and recovered from."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from cv_quiz.errors import StoreError
from cv_quiz.home import Home
from cv_quiz.model import Card, Rating
from cv_quiz.store.backups import KEPT, Copies, back_up, check

CARD = Card("a", "q", "a")


def at(home: Path, now: str) -> Home:
    return Home({"CVQUIZ_HOME": str(home), "CVQUIZ_NOW": now, "CVQUIZ_LANG": "en"})


def damage(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 3 * 4096):
        data[start : start + 600] = b"\xa5" * 600
    path.write_bytes(data)


def test_a_damaged_log_comes_back_from_the_last_copy(home: Path) -> None:
    first = at(home, "2026-01-01T09:00:00+00:00")
    for _ in range(300):
        first.rate(CARD, Rating.GOOD, 1)
    first.log.close()
    second = at(home, "2026-01-02T09:00:00+00:00")
    assert len(second.reviews()) == 300
    second.log.close()
    damage(home / "reviews.db")
    third = at(home, "2026-01-03T09:00:00+00:00")
    assert len(third.reviews()) == 300
    assert "damaged" in third.notices[0].en
    assert list(home.glob("reviews.db.damaged-*"))
    third.rate(CARD, Rating.GOOD, 1)
    assert len(at(home, "2026-01-03T10:00:00+00:00").reviews()) == 301


def test_a_file_that_is_no_database_is_kept_aside(home: Path) -> None:
    (home / "reviews.db").write_bytes(b"x" * 5000)
    opened = at(home, "2026-01-01T09:00:00+00:00")
    assert opened.reviews() == []
    assert next(home.glob("reviews.db.damaged-*")).read_bytes() == b"x" * 5000


def test_a_copy_is_whole_and_only_so_many_are_kept(home: Path) -> None:
    opened = at(home, "2026-01-01T09:00:00+00:00")
    opened.rate(CARD, Rating.GOOD, 1)
    assert back_up(opened.log.path, home / "copy.db") == 1
    check(home / "copy.db")
    copies = Copies(opened.log.path, home / "backups", opened.now, opened.notice)
    for day in range(1, KEPT + 9):
        copies.daily(opened.log, date(2026, 3, day))
    assert len(list((home / "backups").glob("*.db"))) == KEPT


@pytest.mark.parametrize("name", ["reviews.db", "cache.db"])
def test_a_folder_in_the_way_is_an_error_that_says_where(new_home: Path, name: str) -> None:
    (new_home / name).mkdir()
    with pytest.raises(StoreError, match=name):
        at(new_home, "2026-01-01T09:00:00+00:00").today()
