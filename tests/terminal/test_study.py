"""What a learner does in `cvquiz study`, at a real terminal."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cv_quiz.home import Home
from cv_quiz.library import Library
from cv_quiz.model import Card
from tests.terminal.person import Person

DECK = """id: my-notes
title: Notes
language: en
cards:
  - id: first
    question: What is IoU?
    answer: |
      Intersection over union: $\\frac{a}{b}$.

      | a | b |
      |---|---|
      | 1 | 2 |
    points: [intersection, union]
    importance: 3
  - id: second
    question: Which one?
    choices: [wrong, right]
    correct: [1]
    why: [no, yes]
  - id: third
    cloze: IoU = {{intersection}} / {{union}}
  - id: fourth
    question: No answer yet?
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "my-notes.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


def run(home: Path, *words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "CVQUIZ_HOME": str(home),
        "CVQUIZ_LANG": "en",
        "PATH": "/usr/bin:/bin",
        "PYTHONUTF8": "1",
        **environment,
    }
    command = [sys.executable, "-m", "cv_quiz", *words]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=settings, check=False)


def log(home: Path) -> list[dict]:
    return [json.loads(line) for line in run(home, "log", "--json").stdout.splitlines()]


def test_the_first_question_stands_under_the_welcome(new_home: Path) -> None:
    with Person(new_home, "study") as person:
        shown = person.sees("[space] answer")
        assert "Welcome to cvquiz" in shown
        assert "?" in shown.split("Today:")[1]
        person.types("q")
        assert person.leaves() == 0


def test_reveal_rate_undo_and_quit(home: Path, deck: Path) -> None:
    with Person(home, "study", str(deck)) as person:
        person.sees("What is IoU?")
        person.types(" ")
        shown = person.sees("1 Again")
        assert "a/b" in shown
        assert "intersection" in shown
        assert "4 Easy 8 days" in shown
        person.types("3")
        person.sees("card 2")
        person.types("u")
        person.sees("Undone: first")
        person.types(" ")
        person.waits()
        person.types("4")
        person.sees("Which one?")
        person.types("q")
        person.sees("1 answer on 1 card")
        assert person.leaves() == 0
    assert [(row["card"], row["rating"], row["source"]) for row in log(home)] == [("first", 4, "self")]


def test_a_choice_rates_itself_and_a_cloze_opens(home: Path, deck: Path) -> None:
    with Person(home, "study", str(deck)) as person:
        person.sees("What is IoU?")
        person.types(" ")
        person.waits()
        person.types("4")
        shown = person.sees("[digit] choose")
        right = next(line.strip()[0] for line in shown.splitlines() if line.strip().endswith(". right"))
        person.types(right)
        person.sees("Right.")
        person.types("\r")
        person.sees("IoU = […] / […]")
        person.types(" ")
        person.sees("IoU = intersection / union")
        person.waits()
        person.types("３")  # a full-width digit
        person.waits()
        person.types("q")
        assert person.leaves() == 0
    assert [row["rating"] for row in log(home)] == [4, 3, 3]


def test_ctrl_c_ends_with_130_and_loses_nothing(home: Path, deck: Path) -> None:
    with Person(home, "study", str(deck)) as person:
        person.sees("What is IoU?")
        person.types(" ")
        person.sees("1 Again")
        person.types("3")
        person.sees("card 2")
        person.types("\x03")
        assert person.leaves() == 130
    assert len(log(home)) == 1


def test_five_ratings_survive_sigkill_and_come_back(home: Path) -> None:
    now = "2026-03-01T09:00:00+08:00"
    with Person(home, "study", "--tag", "metrics", CVQUIZ_NOW=now) as person:
        for number in range(1, 6):
            person.sees(f"card {number} ")
            person.waits()
            person.types(" ")
            person.waits()
            person.types("3")
        person.sees("card 6")
        person.child.kill(signal.SIGKILL)
    assert len(log(home)) == 5
    later = json.loads(run(home, "due", "--json", CVQUIZ_NOW="2026-03-04T09:00:00+08:00").stdout)
    assert later["learning"] + later["due"] == 5


def test_plain_takes_the_same_words_a_line_at_a_time(home: Path, deck: Path) -> None:
    done = run(home, "study", str(deck), "--plain", stdin="\n3\nu\n\n4\nq\n")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert [row["rating"] for row in log(home)] == [4]


def test_a_draft_is_never_asked(home: Path, deck: Path) -> None:
    done = run(home, "study", str(deck), "--plain", stdin="\n4\n" * 20)
    assert "No answer yet?" not in done.stdout
    assert {row["card"] for row in log(home)} == {"first", "second", "third"}


def test_bury_suspend_and_flag(home: Path, deck: Path) -> None:
    done = run(home, "study", str(deck), "--plain", stdin="b\ns\nf\nunclear\nq\n")
    assert "Buried until tomorrow: first" in done.stdout
    assert "Suspended: second" in done.stdout
    assert json.loads(run(home, "show", "third", "--json").stdout)["flag"] == "unclear"
    assert run(home, "undo").returncode == 0
    assert json.loads(run(home, "show", "third", "--json").stdout)["flag"] is None
    assert "What is IoU?" not in run(home, "study", str(deck), "--plain", stdin="q\n").stdout


def test_two_sessions_do_not_ask_the_same_card(home: Path) -> None:
    with Person(home, "study") as one:
        first = one.sees("[space] answer").split("card 1")[1]
        with Person(home, "study") as two:
            second = two.sees("[space] answer").split("card 1")[1]
            assert first.splitlines()[1] != second.splitlines()[1]


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(home: Path, columns: int) -> None:
    with Person(home, "study", columns=columns, NO_COLOR="1") as person:
        person.sees("quit")
        person.types(" ")
        person.sees("1 Again")
        person.waits()
        text = person.raw.split(b"\x1b[K", 1)[1].decode()  # behind the question about the width
        assert "\x1b[" not in text
    widths = [len(line.rstrip("\r")) for line in text.split("\n")]
    greeting = text.index("Today:")
    assert max(len(line.rstrip("\r")) for line in text[greeting:].split("\n")) <= columns, max(widths)


@pytest.mark.parametrize("wide", [False, True])
def test_the_terminal_is_asked_how_wide_ambiguous_characters_are(home: Path, wide: bool) -> None:
    for _ in range(4):  # what was answered is remembered; a busy machine may answer too late once or twice
        with Person(home, "study", columns=60, NO_COLOR="1", wide=wide) as person:
            person.sees("[q] quit")
            person.types(" ")
            person.sees("1 Again")
            rule = next(line for line in person.everything().splitlines() if line.startswith("──"))
            person.types("q")
            person.leaves()
        if person.raw.count(b"\x1b[6n") == 0:
            break
    assert person.raw.count(b"\x1b[6n") == 0
    assert rule.count("─") * (2 if wide else 1) in range(40, 57)


def test_editing_a_shipped_card_keeps_the_shipped_file(home: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/^    question: .*/    question: My own words?/' \"$2\"\n")
    editor.chmod(0o755)
    with Person(home, "study", EDITOR=str(editor), CVQUIZ_NOW="2026-03-01T09:00:00+08:00") as person:
        person.sees("[space] answer")
        person.types("e")
        person.sees("My own words?")
        person.types("q")
        assert person.leaves() == 0
    assert list((home / "edits").rglob("*.yaml"))
    assert "My own words?" in run(home, "study", "--plain", stdin="q\n").stdout


def test_an_upgrade_offers_its_text_beside_an_edit(home: Path) -> None:
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en"}
    shipped = home / "shipped"
    (shipped / "en").mkdir(parents=True)
    deck = "id: d\ntitle: D\nlanguage: en\ncards:\n  - {id: c, question: Old?, answer: a}\n"
    (shipped / "en" / "d.yaml").write_text(deck)
    folder = home / "edits" / "en"
    folder.mkdir(parents=True)
    base = Card("c", "Old?", "a").text_hash
    (folder / "d.yaml").write_text(deck.replace("Old?", "Mine?").replace("answer: a", f"answer: a, imported: '{base}'"))
    library = Library(Home(environment)._cache, home, shipped)
    library.refresh()
    assert library.card("c", "en").question == "Mine?"
    assert library.shipped_anew("en") == []
    (shipped / "en" / "d.yaml").write_text(deck.replace("Old?", "Newer?"))
    library.refresh()
    assert library.card("c", "en").question == "Mine?"
    assert [card.question for card in library.shipped_anew("en")] == ["Newer?"]
    (folder / "d.yaml").unlink()
    library.refresh()
    assert library.card("c", "en").question == "Newer?"


def test_dropping_an_edit_brings_the_shipped_text_back(home: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/^    question: .*/    question: My own words?/' \"$2\"\n")
    editor.chmod(0o755)
    before = run(home, "show", "nms-steps").stdout
    assert run(home, "study", "--search", "nms-steps", "--plain", stdin="e\nq\n", EDITOR=str(editor)).returncode == 0
    edited = next((home / "edits").rglob("*.yaml")).read_text().split("id: ")[2].split("\n")[0]
    assert "My own words?" in run(home, "show", edited).stdout
    assert run(home, "show", edited, "--drop-edit").returncode == 0
    assert run(home, "show", "nms-steps").stdout == before


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("study", "no-such-deck"), 3, "no deck"),
        (("study", "--tag", "no-such-tag"), 3, "no tag"),
        (("study", "--search", "qqqqqq"), 3, "no card"),
        (("studdy",), 2, "did you mean study"),
        (("study", "--limit", "x"), 2, "--limit"),
        (("show", "no-such-card"), 3, "no card"),
        (("undo",), 3, "nothing to undo"),
    ],
)
def test_errors_say_what_to_do(home: Path, words: tuple[str, ...], status: int, said: str) -> None:
    done = run(home, *words)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2


def test_a_broken_deck_is_named_and_the_rest_goes_on(new_home: Path) -> None:
    (new_home / "decks").mkdir()
    (new_home / "decks" / "bad.yaml").write_text("id: bad\ntitle: [\n")
    done = run(new_home, "study", "--plain", stdin="q\n")
    assert done.returncode == 0
    assert "bad.yaml:3:1" in done.stderr
    assert "card 1" in done.stdout


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("[scheduler]\ndesired_retention = 2", "desired_retention"),
        ("[scheduler]\nlearning_steps = 'x'", "learning_steps"),
        ("[study]\nnew_per_dya = 3", "new_per_dya"),
        ("[study", "config.toml"),
    ],
)
def test_a_wrong_setting_is_named(home: Path, config: str, said: str) -> None:
    (home / "config.toml").write_text(config)
    done = run(home, "due")
    assert done.returncode == 3
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(tmp_path / "file" / "home", "study", "--plain", stdin="q\n")
    assert done.returncode == 3
    assert "CVQUIZ_HOME" in done.stderr


def test_no_slow_module_stands_before_the_first_question(new_home: Path) -> None:
    script = (
        "import io, sys\n"
        "from cv_quiz.cli._app import run\n"
        "class Stop(io.StringIO):\n"
        "    def readline(self, *a):\n"
        "        slow = {'numpy', 'pydantic', 'markdown_it', 'rich.table', 'yaml', 'rich.console', 'pygments'} & set(sys.modules)\n"
        "        print('LOADED', sorted(slow), file=sys.stderr)\n"
        "        return ''\n"
        "sys.stdin = Stop()\n"
        "run(['study'])\n"
    )
    settings = {"CVQUIZ_HOME": str(new_home), "CVQUIZ_LANG": "zh", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    for start in (1, 2):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=settings, check=True)
        loaded = done.stderr.split("LOADED ")[1].split("\n")[0]
        assert set(eval(loaded)) <= ({"yaml"} if start == 1 else set()), f"start {start}: {loaded}"


def test_decks_may_be_named_as_words_or_as_options(home: Path) -> None:
    as_word = run(home, "study", "metrics", "--plain", stdin="q\n", CVQUIZ_NOW="2026-03-01T09:00:00+08:00")
    as_option = run(home, "study", "--deck", "metrics", "--plain", stdin="q\n", CVQUIZ_NOW="2026-03-01T09:00:00+08:00")
    question = as_option.stdout.split("card 1")[1].splitlines()[1]
    assert question == as_word.stdout.split("card 1")[1].splitlines()[1]
