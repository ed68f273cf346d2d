"""The log is append-only, survives two writers, and everything stored follows from it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cv_quiz.errors import StoreError
from cv_quiz.home import Home
from cv_quiz.model import Card, Event, Rating, Standing, State
from cv_quiz.scheduling.replay import in_force, replay
from cv_quiz.scheduling.settings import SchedulerSettings
from cv_quiz.standings import Standings
from cv_quiz.store.cache import discard, open_cache
from cv_quiz.store.reviews import MIGRATIONS, ReviewLog

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["rate", "undo", "bury", "suspend", "resume", "flag", "merge"]),
              st.sampled_from(["a", "b", "c"]), st.sampled_from(list(Rating)), st.floats(-2, 300)),
    max_size=25,
)  # fmt: skip


def review(log: ReviewLog, card: str, rating: int, at: datetime = NOW) -> Event:
    data = {"rating": rating, "duration_ms": 1, "source": "self", "fuzz_seed": 7, **SchedulerSettings().as_data()}
    return log.append("review", card, at, data)


def test_what_is_appended_comes_back(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path / "reviews.db")
    written = [review(log, "a", 3), log.append("undo", "a", NOW, {"target": "x"})]
    assert list(ReviewLog(tmp_path / "reviews.db").events()) == written
    assert [event.id for event in written] == sorted(event.id for event in written)


def test_nothing_can_be_changed_or_deleted(tmp_path: Path) -> None:
    review(ReviewLog(tmp_path / "reviews.db"), "a", 3)
    connection = sqlite3.connect(tmp_path / "reviews.db")
    for statement in ("DELETE FROM event", "UPDATE event SET card = 'b'"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            connection.execute(statement)
    connection.close()


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    one, two = ReviewLog(tmp_path / "reviews.db"), ReviewLog(tmp_path / "reviews.db")
    for number in range(20):
        review(one if number % 2 else two, "a", 3)
    assert one.count() == len({event.id for event in two.events()}) == 20


def test_commits_wait_for_the_disk(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path / "reviews.db")
    pragma = log._connection.execute
    assert pragma("PRAGMA synchronous").fetchone()[0] == 2
    assert pragma("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    ReviewLog(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer"):
        ReviewLog(path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "reviews.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        ReviewLog(tmp_path / "reviews.db")


def test_merging_is_set_union(tmp_path: Path) -> None:
    here, there = ReviewLog(tmp_path / "here.db"), ReviewLog(tmp_path / "there.db")
    for log, card in ((here, "a"), (there, "b"), (there, "a")):
        review(log, card, 3)
    assert here.merge(there.events()) == 2
    assert here.merge(there.events()) == 0
    there.merge(here.events())
    assert list(here.events()) == list(there.events())


def test_undo_leaves_the_log_and_takes_back_the_rating(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path / "reviews.db")
    first, second = review(log, "a", 3), review(log, "a", 1, NOW + timedelta(minutes=10))
    log.append("undo", "a", NOW, {"target": second.id})
    assert in_force(log.events()) == [first]
    assert replay(log.events())["a"].memory.reps == 1


@settings(max_examples=60)
@given(ACTIONS)
def test_replaying_the_log_gives_the_stored_state(tmp_path_factory: pytest.TempPathFactory, actions: list) -> None:
    folder = tmp_path_factory.mktemp("replay")
    log, other = ReviewLog(folder / "reviews.db"), ReviewLog(folder / "other.db")
    cache = open_cache(folder / "cache.db")
    standings = Standings(cache, log, SchedulerSettings())
    at = NOW
    for action, card, rating, wait in actions:
        at += timedelta(days=wait)
        _act(log, other, action, card, rating, at)
        standings.catch_up()
    stored = {card: standing for card, standing in standings.all().items() if standing != Standing()}
    replayed = {card: standing for card, standing in replay(log.events()).items() if standing != Standing()}
    assert stored == replayed
    cache.close()
    discard(folder / "cache.db")
    rebuilt = Standings(open_cache(folder / "cache.db"), log, SchedulerSettings()).all()
    assert {card: standing for card, standing in rebuilt.items() if standing != Standing()} == stored


def _act(log: ReviewLog, other: ReviewLog, action: str, card: str, rating: Rating, at: datetime) -> None:
    if action == "rate":
        review(log, card, int(rating), at)
    elif action == "merge":
        review(other, card, int(rating), at)
        log.merge(other.events())
    elif action == "undo":
        if targets := in_force(log.events()):
            log.append("undo", targets[-1].card, at, {"target": targets[-1].id})
    else:
        until = (at + timedelta(days=1)).isoformat()
        log.append(action, card, at, {"until": until, "reason": "typo"})


def test_new_settings_move_due_dates_at_the_next_start(home: Path) -> None:
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_NOW": NOW.isoformat(), "CVQUIZ_LANG": "en"}
    card = Card("a", "q", "a")
    _, memory = Home(environment).rate(card, Rating.EASY, 1)
    (home / "config.toml").write_text("[scheduler]\ndesired_retention = 0.8\n")
    later = Home(environment).standing("a").memory
    assert later.state is State.REVIEW
    assert later.due > memory.due
    assert later.stability_days == memory.stability_days
