"""Several sessions of one learner: claims, limits and counts follow from what all of them did."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cv_quiz.clock import day_end
from cv_quiz.home import Home
from cv_quiz.model import Card, Rating
from cv_quiz.shelf import Filter, claimant
from cv_quiz.study import Limits, Session
from tests.study.program import NOW, at, run, write_deck

OWN = Filter(decks=("mine",))


def session(home: Home, new: int = 5) -> Session:
    limits = Limits(new, 200, day_end(home.now()))
    return Session(home.shelf(OWN), limits, lambda card: home.library.card(card, "en"))


def answer(home: Home, running: Session, rating: Rating = Rating.EASY) -> str:
    pick = running.next(home.now())
    event, _ = home.rate(Card(pick.card, "q", "a"), rating, 1)
    running.answered(pick, rating, event.id)
    return event.id


def test_two_sessions_share_the_day_s_limit(home: Path) -> None:
    write_deck(home / "decks" / "mine.yaml", 20)
    one, two = at(home), at(home)
    first, second = session(one), session(two)
    for _ in range(2):
        answer(one, first)
        answer(two, second)
    assert (first.left(one.now()).new, second.left(two.now()).new) == (1, 1)
    answer(two, second)
    assert first.next(one.now()) is None


def test_undo_gives_the_slot_back_to_every_session(home: Path) -> None:
    write_deck(home / "decks" / "mine.yaml", 20)
    one, two = at(home), at(home)
    first, second = session(one, 1), session(two, 1)
    event = answer(one, first)
    assert second.next(two.now()) is None
    one.undo(event)
    assert second.next(two.now()) is not None


def test_a_clock_that_was_ahead_takes_nothing_away(home: Path) -> None:
    write_deck(home / "decks" / "mine.yaml", 40)
    ahead = at(home, "2026-03-05T09:00:00+00:00")
    running = session(ahead, 20)
    for _ in range(20):
        answer(ahead, running)
    assert json.loads(run(home, "due", "--json", CVQUIZ_NOW="2026-03-05T09:00:00+00:00").stdout)["new"] == 0
    assert json.loads(run(home, "due", "--json", CVQUIZ_NOW=NOW).stdout)["new"] == 20
    assert at(home).forgotten_today() == []


def test_the_header_counts_everything_there_is(home: Path) -> None:
    write_deck(home / "decks" / "mine.yaml", 400)
    opened = at(home)
    for number in range(300):
        opened.rate(Card(f"c{number}", "q", "a"), Rating.EASY, 1)
    later = at(home, "2026-05-01T09:00:00+00:00")
    limits = Limits(90, 250, day_end(later.now()))
    left = Session(later.shelf(OWN), limits, {}.get).left(later.now())
    assert (left.new, left.learning, left.due) == (90, 0, 250)


def a_process_that_ended() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_a_card_of_a_killed_session_is_free_at_once(home: Path) -> None:
    write_deck(home / "decks" / "mine.yaml", 2)
    dead, alive = at(home), at(home)
    dead.owner = claimant().replace(f"/{os.getpid()}/", f"/{a_process_that_ended()}/")
    held = dead.shelf(OWN)
    assert held.claim("c0", time.time())
    assert alive.shelf(OWN).fresh(alive.now()) == ["c0", "c1"]
    assert held.claim("c1", time.time())
    assert alive.shelf(OWN).claim("c1", time.time())


def test_a_card_of_a_living_session_stays_taken(home: Path) -> None:
    write_deck(home / "decks" / "mine.yaml", 2)
    one, two = at(home), at(home)
    assert one.shelf(OWN).claim("c0", time.time())
    assert two.shelf(OWN).fresh(two.now()) == ["c1"]
    assert not two.shelf(OWN).claim("c0", time.time())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_session_that_is_told_to_end_gives_its_card_back(home: Path, number: signal.Signals) -> None:
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    child = subprocess.Popen(
        [sys.executable, "-u", "-m", "cv_quiz", "study", "--plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    for line in child.stdout:
        if " · card 1 " in line:
            break
    time.sleep(0.3)  # until it waits for a word
    child.send_signal(number)
    _, said = child.communicate()
    assert child.returncode == 128 + number
    assert "Traceback" not in said
    assert at(home)._cache.execute("SELECT count(*) FROM claim").fetchone()[0] == 0


def test_undo_passes_over_notes_that_changed_nothing(home: Path) -> None:
    opened = at(home)
    opened.rate(Card("a", "q", "a"), Rating.GOOD, 1)
    for _ in range(3):
        opened.note_cram("b", Rating.GOOD, 1)
    opened.log.append("drill", "nms", opened.now(), {"verdict": "accepted"})
    assert opened.undo().card == "a"
    assert opened.undo() is None
    assert opened.reviews() == []


def test_each_undo_takes_back_one_more(home: Path) -> None:
    opened = at(home)
    for number in range(3):
        opened.rate(Card(f"c{number}", "q", "a"), Rating.GOOD, 1)
    opened.bury("c0")
    assert [(event.kind, event.card) for event in iter(opened.undo, None)] == [
        ("bury", "c0"), ("review", "c2"), ("review", "c1"), ("review", "c0"),
    ]  # fmt: skip
    assert opened.undo("no-such-event") is None


def test_a_named_event_is_undone_once(home: Path) -> None:
    opened = at(home)
    event, _ = opened.rate(Card("a", "q", "a"), Rating.GOOD, 1)
    note = opened.note_cram("a", Rating.AGAIN, 1)
    assert opened.undo(note.id).kind == "cram"
    assert opened.undo(event.id).id == event.id
    assert opened.undo(event.id) is None
