"""Whatever happens to reviews.db and cache.db: no review is lost, and no command ends in a traceback."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cv_quiz.errors import StoreError
from cv_quiz.home import Home
from cv_quiz.model import Card, Rating
from cv_quiz.store.backups import Copies, back_up, write_copy
from cv_quiz.store.database import transaction
from cv_quiz.store.reviews import ReviewLog
from tests.study.program import at, run

PAGE = 4096
REVIEWS = 240


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Path:
    """A home with a log of reviews, to be copied."""
    folder = tmp_path_factory.mktemp("reviewed")
    shutil.copyfile(index, folder / "cache.db")
    filled(folder)
    return folder


@pytest.fixture
def full(home: Path, reviewed: Path) -> Path:
    """A home of one's own with a log of reviews."""
    shutil.copytree(reviewed, home, dirs_exist_ok=True)
    return home


def filled(home: Path, reviews: int = REVIEWS) -> None:
    opened = at(home)
    for number in range(reviews):
        opened.rate(Card(f"c{number % 40}", "q", "a"), Rating.GOOD, 1)
    opened.log.close()
    checkpoint(home / "reviews.db")


def checkpoint(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def zero(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(data)


def without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("make", [Path.touch, without_tables], ids=["no bytes", "no tables"])
def test_a_first_start_that_was_killed_does_no_harm(new_home: Path, make) -> None:
    make(new_home / "reviews.db")
    assert run(new_home, "due").returncode == 0
    assert at(new_home).reviews() == []


@pytest.mark.parametrize("make", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["missing", "empty"])
def test_a_log_that_is_gone_comes_back_from_the_copies(full: Path, make) -> None:
    run(full, "backup")
    make(full / "reviews.db")
    done = run(full, "study", "--plain", stdin="q\n")
    assert "Welcome" not in done.stdout
    assert f"{REVIEWS} entries were restored" in done.stderr
    assert len(at(full).reviews()) == REVIEWS
    assert "restored" not in run(full, "due").stderr


def test_a_log_that_vanishes_in_a_session_comes_back_at_the_next_rating(full: Path) -> None:
    run(full, "backup")
    opened = at(full)
    assert len(opened.reviews()) == REVIEWS
    for path in full.glob("reviews.db*"):
        path.unlink()
    opened.rate(Card("new", "q", "a"), Rating.GOOD, 1)
    assert len(at(full).reviews()) == REVIEWS + 1


def test_any_page_may_be_lost_after_today_s_copy(full: Path) -> None:
    run(full, "backup")
    sound = (full / "reviews.db").read_bytes()
    for page in range(1, len(sound) // PAGE):
        (full / "reviews.db").write_bytes(sound)
        zero(full / "reviews.db", page)
        opened = at(full)
        opened.rate(Card("new", "q", "a"), Rating.GOOD, 1)
        assert len(opened.reviews()) == REVIEWS + 1, f"page {page}"
        opened.log.close()
        for path in (*full.glob("backups/*recovered*"), *full.glob("reviews.db*")):
            path.unlink()


def test_doctor_recovers_and_says_so(full: Path) -> None:
    run(full, "backup", CVQUIZ_NOW="2026-03-01T10:00:00+00:00")
    zero(full / "reviews.db", 4)
    said = run(full, "doctor", CVQUIZ_NOW="2026-03-01T11:00:00+00:00")
    assert "was damaged and is kept as" in said.stdout
    assert f"{REVIEWS} entries, sound" in said.stdout


def test_every_command_says_that_something_was_recovered(full: Path) -> None:
    (full / "reviews.db").write_bytes(b"x" * 5000)
    assert "was damaged" in run(full, "log", "--json").stderr


def test_all_copies_are_used_and_what_the_file_still_gives(home: Path) -> None:
    opened = at(home)
    first, second, third = (opened.rate(Card("a", "q", "a"), Rating.GOOD, 1)[0] for _ in range(3))
    opened.log.close()
    for path in home.glob("reviews.db*"):
        path.unlink()
    (home / "backups").mkdir(exist_ok=True)
    for old in (home / "backups").glob("*"):
        old.unlink()
    write_copy(home / "backups" / "reviews-2026-01-01.db", [first])
    write_copy(home / "backups" / "reviews-2026-01-02.db", [second])
    write_copy(home / "reviews.db", [third])
    data = bytearray((home / "reviews.db").read_bytes())
    (home / "reviews.db").write_bytes(data[:-PAGE] + bytes(PAGE))
    again = at(home)
    again.log.check(thoroughly=True)
    assert {first.id, second.id, third.id} >= {review.id for review in again.reviews()} >= {first.id, second.id}


def test_readable_rows_on_both_sides_of_damage_come_back_without_a_copy(full: Path) -> None:
    for copy in (full / "backups").glob("*.db"):
        copy.unlink()
    pages = len((full / "reviews.db").read_bytes()) // PAGE
    zero(full / "reviews.db", pages // 2)
    opened = at(full)
    opened.log.check(thoroughly=True)
    assert len(opened.reviews()) >= REVIEWS - 30


def test_a_session_whose_file_is_put_aside_by_another_goes_on_in_the_new_one(full: Path) -> None:
    opened = at(full)
    assert opened.log.count() == REVIEWS
    (full / "reviews.db").rename(full / "reviews.db.damaged-by-another")
    opened.rate(Card("late", "q", "a"), Rating.GOOD, 1)
    cards = [review.card for review in at(full).reviews()]
    assert cards.count("late") == 1
    assert len(cards) == REVIEWS + 1


def test_two_processes_do_not_put_the_same_log_aside_twice(full: Path) -> None:
    zero(full / "reviews.db", 4)
    one, two = at(full), at(full)
    rescues = [Copies(full / "reviews.db", full / "backups", each.now, each.notice) for each in (one, two)]
    rescues[0].put_aside()
    ReviewLog(full / "reviews.db", rescues[0]).close()
    rescues[1].put_aside()
    assert len([path for path in full.glob("reviews.db.damaged-*") if not path.name.endswith(("-wal", "-shm"))]) == 1
    assert two.notices == []


def test_what_a_kill_left_of_a_copy_is_cleaned(home: Path) -> None:
    filled(home, 1)
    (home / "backups").mkdir()
    (home / "backups" / "reviews-2026-02-27.db.part").write_bytes(b"half")
    at(home).log.close()
    assert [path.name for path in (home / "backups").iterdir()] == ["reviews-2026-03-01.db"]


def test_backup_into_a_folder_takes_a_dated_name(home: Path, tmp_path: Path) -> None:
    filled(home, 3)
    assert run(home, "backup", str(tmp_path)).returncode == 0
    assert len(list(tmp_path.glob("reviews-*.db"))) == 1


def test_backup_replaces_an_older_copy_and_nothing_else(home: Path, tmp_path: Path) -> None:
    filled(home, 3)
    target = tmp_path / "copy.db"
    for _ in range(2):
        assert run(home, "backup", str(target)).returncode == 0
    thesis = tmp_path / "thesis.docx"
    thesis.write_bytes(b"years of work")
    other = tmp_path / "other"
    filled(other, 5)
    for path in (thesis, other / "reviews.db", home / "reviews.db", home / "config.toml"):
        path.touch()
        before = path.read_bytes()
        done = run(home, "backup", str(path))
        assert (done.returncode, path.name in done.stderr) == (3, True)
        assert path.read_bytes() == before


def test_a_target_that_cannot_be_written_is_named(home: Path, tmp_path: Path) -> None:
    filled(home, 3)
    (tmp_path / "file").touch()
    done = run(home, "backup", str(tmp_path / "file" / "copy.db"))
    assert (done.returncode, "copy.db" in done.stderr) == (3, True)
    with pytest.raises(StoreError, match="copy"):
        back_up(home / "reviews.db", tmp_path / "file" / "copy.db")


@pytest.mark.parametrize(
    "command", [("due",), ("study", "--plain"), ("search", "iou"), ("decks",), ("show", "nms-steps")]
)
def test_a_cache_damaged_anywhere_is_made_anew(home: Path, command: tuple[str, ...]) -> None:
    sound = run(home, *command, stdin="q\n")
    checkpoint(home / "cache.db")
    size = (home / "cache.db").stat().st_size
    with (home / "cache.db").open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\xa5" * (size - PAGE))
    done = run(home, *command, stdin="q\n")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (sound.returncode, sound.stdout.splitlines()[-1])
    assert run(home, *command, stdin="q\n").stderr == ""


def test_a_cache_without_its_tables_is_made_anew(home: Path) -> None:
    run(home, "due")
    with closing(sqlite3.connect(home / "cache.db")) as connection:
        connection.execute("DROP TABLE claim")
        connection.commit()
    done = run(home, "due")
    assert done.returncode == 0
    assert "made anew" in done.stderr


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    log = ReviewLog(tmp_path / "reviews.db")
    log._connection.execute("PRAGMA max_page_count = 12")
    with pytest.raises(StoreError, match="the disk takes no more"):
        for number in range(1000):
            log.append("flag", "c", at(tmp_path).now(), {"reason": "x" * 500, "n": number})
    kept = log.count()
    log.close()
    ReviewLog(tmp_path / "reviews.db").check(thoroughly=True)
    assert ReviewLog(tmp_path / "reviews.db").count() == kept > 0


def test_a_transaction_that_sqlite_has_ended_shows_the_first_error() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(ValueError, match="first"), transaction(connection):
        connection.execute("ROLLBACK")
        raise ValueError("first")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("name", ["reviews.db", "cache.db"])
def test_a_file_that_may_not_be_written_is_named(home: Path, name: str) -> None:
    filled(home, 3)
    run(home, "due")
    (home / name).chmod(0o444)
    done = run(home, "study", "--plain", stdin="\n3\nq\n")
    assert (done.returncode, name in done.stderr) == (3, True)


def test_an_unwritable_home_is_named_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    done = run(tmp_path / "home", "due")
    assert (done.returncode, "home" in done.stderr) == (3, True)


def test_what_is_derived_follows_a_log_made_anew(home: Path) -> None:
    filled(home, 4)
    opened = at(home)
    before = opened.standings.all()
    opened.log.close()
    (home / "reviews.db").write_bytes(b"x" * 5000)
    again = Home({"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "CVQUIZ_NOW": "2026-03-02T09:00:00+00:00"})
    assert set(again.standings.all()) <= set(before)
    assert len(again.reviews()) == sum(standing.memory.reps for standing in again.standings.all().values())
