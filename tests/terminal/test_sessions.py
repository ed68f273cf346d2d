"""What may happen in the middle of a session, and how odd answers are read."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cv_quiz.terminal.answering import read_blanks, read_numbers, wrong_blanks
from cv_quiz.terminal.screen import Screen
from tests.terminal.person import Person
from tests.terminal.test_study import log, run

EVIL = "\\e]52;c;aGk=\\a\\e[2J\\x9b31m\\u202e\\b\\0"
SEVERAL = """id: several
title: Several
language: en
cards:
  - {id: many, question: Which are even?, choices: [two, three, four], correct: [0, 2], importance: 3}
  - {id: plain, question: Plain?, answer: a, points: [p1, p2], follow_ups: ["And `why`?"]}
"""


def write(folder: Path, text: str, name: str = "several") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("colour", [{}, {"NO_COLOR": "1"}])
def test_a_card_cannot_steer_the_terminal(home: Path, tmp_path: Path, colour: dict[str, str]) -> None:
    evil = json.dumps("EVIL")[:-1] + EVIL + '"'
    fields = f"question: {evil}, answer: {evil}, hint: {evil}, points: [{evil}], links: [{evil}], follow_ups: [{evil}]"
    path = write(tmp_path, f"id: several\ntitle: {evil}\nlanguage: en\ncards:\n  - {{id: bad, {fields}}}\n")
    if run(home, "study", str(path), "--plain", stdin="q\n").returncode:
        path = write(tmp_path, path.read_text().replace("\\0", "").replace("\\b", ""))
    with Person(home, "study", str(path), CVQUIZ_AMBIGUOUS_WIDTH="1", **colour) as person:
        person.sees("[q] quit")
        person.types("h ")
        person.sees("1 Again")
        person.types("q")
        person.leaves()
    for bad in (b"\x1b]", b"\x07", b"\x1b[2J", b"\xc2\x9b", b"\xe2\x80\xae", b"\x08"):
        assert bad not in person.raw
    for words in (("show", "bad"), ("search", "evil"), ("decks",)):
        done = run(home, *words)
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\x08"} & set(done.stdout + done.stderr), words


def test_undo_takes_back_a_flag_and_the_right_card_is_edited(home: Path, tmp_path: Path) -> None:
    done = run(home, "study", str(write(tmp_path, SEVERAL)), "--plain", stdin="f\nodd\nu\nq\n")
    assert "Undone: many" in done.stdout
    assert json.loads(run(home, "show", "many", "--json").stdout)["flag"] is None


def test_undo_then_edit_shows_the_undone_card(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path, SEVERAL)
    done = run(home, "study", str(path), "--plain", stdin="\n3\nu\ne\nq\n", EDITOR="true")
    assert done.stdout.rindex("Which are even?") > done.stdout.rindex("Undone: many")
    assert "Plain?" not in done.stdout.split("Undone: many")[1]


def test_a_long_row_of_undos(home: Path, tmp_path: Path) -> None:
    done = run(home, "study", str(write(tmp_path, SEVERAL)), "--plain", stdin="f\nx\nu\n" * 300 + "q\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Undone: many") == 300


def test_a_deck_that_goes_away_does_not_end_the_session(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path, SEVERAL)
    with Person(home, "study", str(path)) as person:
        person.sees("Which are even?")
        path.write_text(SEVERAL.replace("id: many", "id: renamed"))
        person.types(" ")
        person.sees("1 Again")
        person.types("3")
        person.sees("card 2")
        person.waits()
        person.types("u")
        person.sees("many is in no deck any more")
        person.sees("[q] quit")
        person.types("q")
        assert person.leaves() == 0


def test_a_card_without_its_drill_is_put_aside(home: Path, tmp_path: Path) -> None:
    card = "  - {id: nodrill, question: Write it., drill: no-such-drill, importance: 3}\n"
    path = write(tmp_path, SEVERAL.replace("importance: 3", "importance: 1") + card)
    done = run(home, "study", str(path), "--plain", stdin="\n3\n" * 5)
    assert done.returncode == 0
    assert "nodrill is put aside" in done.stdout


def test_another_number_of_choices_in_the_other_language(home: Path, tmp_path: Path) -> None:
    write(tmp_path, SEVERAL)
    other = (
        SEVERAL.replace("language: en", "language: zh")
        .replace("four]", "four, five, six]")
        .replace("id: several", "id: andere")
    )
    run(home, "study", str(write(tmp_path, other, "andere")), "--plain", stdin="q\n")
    done = run(home, "study", str(tmp_path / "several.yaml"), "--flip", "--plain", stdin="\n3\nq\n")
    assert done.returncode == 0
    assert "✓ " in done.stdout
    assert "five" not in done.stdout


def test_several_right_choices_with_single_keys(home: Path, tmp_path: Path) -> None:
    with Person(home, "study", str(write(tmp_path, SEVERAL)), NO_COLOR="1") as person:
        shown = person.sees("Choose 2:")
        right = [line.strip()[0] for line in shown.splitlines() if line.strip().endswith((". two", ". four"))]
        wrong = next(line.strip()[0] for line in shown.splitlines() if line.strip().endswith(". three"))
        for digit in (right[0], wrong, wrong, right[1]):
            person.types(digit)
            person.waits()
        person.types("\r")
        shown = person.sees("Right.")
        person.waits()
        assert person.everything().count("→ ✓") == 2
        person.types("\r")
        person.sees("Plain?")
        person.types(" ")
        person.sees("And why?")
        person.types("p")
        person.waits()
        person.types("\r")
        person.waits()
        assert "suggests" not in person.everything()
        person.types("q")
        person.leaves()
    assert [row["rating"] for row in log(home)] == [3]


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("134", 5, [1, 3, 4]),
        ("①②", 3, [1, 2]),
        ("❶፩", 3, []),
        ("１，３", 4, [1, 3]),
        ("1 3 11", 12, [1, 3, 11]),
        ("11", 12, [11]),
        ("²", 3, [2]),
    ],
)
def test_numbers(text: str, last: int, expected: list[int]) -> None:
    assert read_numbers(text, last) == expected


@pytest.mark.parametrize("digits", ["①", "❶", "፩", "²"])
def test_odd_digits_do_not_end_the_session(home: Path, tmp_path: Path, digits: str) -> None:
    done = run(home, "study", str(write(tmp_path, SEVERAL)), "--plain", stdin=f"{digits}\n\n3\n\np\n{digits}\n3\nq\n")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("typed", ["a;b", "a；b", "a、b", "a，b", "a, b", "a b", "a；"])
def test_blanks(typed: str) -> None:
    filled = read_blanks(typed, ["a", "b"])
    assert wrong_blanks(filled, ["a", "b"]) == ([] if "b" in typed else [(2, "")])
    assert read_blanks("x y; z", ["x y", "z"]) == ["x y", "z"]


@pytest.mark.parametrize(
    ("shown", "said"),
    [("α² ≤ 10⁻³", "alpha^2 <= 10^-3"), ("Σ xₜ °", "Sigma x_t  deg"), ("é 中", "e 中"), ("• ✓ ✗ ░", "* v x :")],
)
def test_ascii(shown: str, said: str) -> None:
    screen = Screen(out=io.StringIO(), ascii_only=True)
    assert screen.shown(shown) == said
    assert screen.cells(shown) == screen.cells(said)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_poor_encoding_is_no_error(home: Path, tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, SEVERAL.replace("Plain?", "Plain • − ² ✓ 中?").replace("answer: a", "answer: '$x^2$ • ok'"))
    settings = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": encoding}
    typed = b"f\n\xff\xfe\n\n3\n\n3\n"  # what is typed need not be UTF-8 either
    command = [sys.executable, "-m", "cv_quiz", "study", str(path), "--plain"]
    done = subprocess.run(command, input=typed, capture_output=True, env=settings, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Plain " in done.stdout.decode(encoding)


@pytest.mark.parametrize(
    ("words", "deck", "said"),
    [
        (("--again-today",), SEVERAL, "Nothing was forgotten today"),
        (("--new", "0"), SEVERAL, "study --new 30"),
        ((), "id: several\ntitle: S\nlanguage: en\ncards:\n  - {id: d, question: Draft?}\n", "drafts"),
    ],
)
def test_an_empty_session_says_why(home: Path, tmp_path: Path, words: tuple[str, ...], deck: str, said: str) -> None:
    done = run(home, "study", str(write(tmp_path, deck)), *words, "--plain")
    assert done.returncode == 0
    assert said in done.stdout


def test_a_session_in_which_all_is_done_says_when_the_next_comes(home: Path, tmp_path: Path) -> None:
    path = str(write(tmp_path, SEVERAL))
    first = run(home, "study", path, "--plain", stdin="\n4\n\n4\n")
    assert "2 answers on 2 cards" in first.stdout
    assert "Nothing is left for today" in first.stdout  # of this deck, which the session was about
    assert "the next card comes in" in run(home, "study", path, "--plain").stdout


def test_a_long_answer_repeats_the_question(home: Path, tmp_path: Path) -> None:
    answer = json.dumps("\n\n".join(f"line {number}" for number in range(30)))
    deck = f"id: several\ntitle: The title\nlanguage: en\ncards:\n  - {{id: long, question: Long one?, answer: {answer}}}\n"
    with Person(home, "study", str(write(tmp_path, deck)), rows=20) as person:
        assert "The title" in person.sees("[q] quit")
        person.types(" ")
        person.sees("1 Again")
        assert "Long one?" in person.waits()
        person.types("q")
        person.leaves()


def test_a_plain_session_at_a_terminal_shows_its_prompts(home: Path, tmp_path: Path) -> None:
    with Person(home, "study", str(write(tmp_path, SEVERAL)), "--plain") as person:
        person.sees("q quits")
        person.types("f\r")
        person.sees("Why flag it?")
        person.types("odd\r")
        person.sees("Flagged")
        person.types("q\r")
        person.leaves()


def test_help_says_what_can_be_pressed(home: Path, tmp_path: Path) -> None:
    asked, shown = run(home, "study", str(write(tmp_path, SEVERAL)), "--plain", stdin="?\n\n?\nq\n").stdout.split(
        "✗", 1
    )
    assert "turn one on or off" in asked
    assert "take the suggested rating" in shown
    for text in (asked, shown):
        assert all(word in text for word in ("u undo", "b bury", "s suspend", "f flag", "e edit", "q quit"))
