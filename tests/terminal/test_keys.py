"""What the terminal sends that is no key of ours, and signals."""

from __future__ import annotations

import json
import os
import signal
import sys
import termios
import time
from pathlib import Path

import pexpect
import pytest

from tests.terminal.person import Person
from tests.terminal.test_study import log, run

DECK = """id: keyed
title: Keyed notes
language: en
cards:
  - {id: one, question: First?, answer: a, importance: 3}
  - {id: two, question: Second?, answer: b}
  - {id: three, question: Third?, answer: c, importance: 1}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "keyed.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


def standing(home: Path, card: str) -> dict:
    return json.loads(run(home, "show", card, "--json").stdout)


def test_pasted_text_is_no_keys(home: Path, deck: Path) -> None:
    with Person(home, "study", str(deck)) as person:
        person.sees("[q] quit")
        assert b"\x1b[?2004h" in person.raw
        person.types("\x1b[200~ 3bsq\r\x1b[201~")
        person.sees("Pasted text is not taken for keys")
        person.types(" ")
        person.sees("1 Again")
        person.types("q")
        assert person.leaves() == 0
        assert person.raw.rstrip().rfind(b"\x1b[?2004l") > person.raw.rfind(b"\x1b[?2004h")
    assert log(home) == []
    assert standing(home, "one")["suspended"] is False


@pytest.mark.parametrize(
    "sequence",
    ["\x1b[15~", "\x1bOP", *(pytest.param(keys, marks=pytest.mark.slow) for keys in ("\x1b[1;5C", "\x1b[A"))],
)
def test_a_function_key_in_pieces_rates_nothing(home: Path, deck: Path, sequence: str) -> None:
    with Person(home, "study", str(deck)) as person:
        person.sees("[q] quit")
        person.types(" ")
        person.sees("1 Again")
        for byte in sequence:
            person.types(byte)
            time.sleep(0.15)
        person.waits()
        person.types("q")
        assert person.leaves() == 0
    assert log(home) == []


def test_a_key_after_escape_counts(home: Path, deck: Path) -> None:
    with Person(home, "study", str(deck)) as person:
        person.sees("[q] quit")
        person.types("\x1b")
        time.sleep(0.3)
        person.types(" ")
        person.sees("1 Again")
        person.types("q")
        assert person.leaves() == 0


def test_keys_typed_before_the_terminal_answers_are_kept(home: Path, deck: Path) -> None:
    with Person(home, "study", str(deck), CVQUIZ_AMBIGUOUS_WIDTH="") as person:
        person.types(" ")
        person.sees("1 Again")
        person.types("q")
        person.leaves()
    assert (home / "terminals.txt").read_text().startswith("1\t")


def test_a_terminal_that_does_not_answer_is_asked_again(home: Path, deck: Path) -> None:
    settings = {**os.environ, "CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "TERM": "xterm"}
    child = pexpect.spawn(sys.executable, ["-m", "cv_quiz", "study", str(deck)], env=settings, timeout=30)
    child.expect_exact("[q] quit")
    child.send("q")
    child.expect(pexpect.EOF)
    assert not (home / "terminals.txt").exists()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_in_order(home: Path, deck: Path, number: int, status: int) -> None:
    with Person(home, "study", str(deck)) as person:
        person.sees("[q] quit")
        person.child.kill(number)
        assert person.leaves() == status
    again = run(home, "study", str(deck), "--plain", stdin="q\n")
    assert "First?" in again.stdout  # its claim was given back


def test_stopped_and_continued_it_shows_the_card_again(home: Path, deck: Path) -> None:
    settings = {
        **os.environ,
        "CVQUIZ_HOME": str(home),
        "CVQUIZ_LANG": "en",
        "TERM": "xterm",
        "NO_COLOR": "1",
        "CVQUIZ_AMBIGUOUS_WIDTH": "1",
    }
    shell = pexpect.spawn("/bin/sh", ["-i"], env={**settings, "PS1": "ready> "}, timeout=30, dimensions=(40, 80))
    shell.expect_exact("ready> ")
    shell.sendline(f"{sys.executable} -m cv_quiz study {deck}")
    shell.expect_exact("[q] quit")
    shell.send("\x1a")
    shell.expect_exact("ready> ")
    assert termios.tcgetattr(shell.child_fd)[3] & termios.ECHO
    shell.sendline("fg")
    shell.expect_exact("First?")
    shell.expect_exact("[q] quit")
    shell.send(" ")  # a single key again
    shell.expect_exact("1 Again")
    shell.send("q")
    shell.expect_exact("ready> ")
    shell.close(force=True)
