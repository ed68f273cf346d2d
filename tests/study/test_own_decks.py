"""Decks of the user's: by path, twice, gone, broken, edited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cv_quiz.home import Home
from cv_quiz.shelf import Filter
from cv_quiz.standings import Standings
from tests.study.program import NOW, at, run, write_deck


def test_a_file_that_is_no_deck_is_not_remembered(home: Path, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Hello\n")
    done = run(home, "study", str(tmp_path / "README.md"), "--plain")
    assert (done.returncode, "README.md:1" in done.stderr) == (3, True)
    assert run(home, "due").stderr == ""
    assert "README" not in run(home, "decks").stderr


@pytest.mark.parametrize(
    "make", [Path.mkdir, lambda path: path.write_bytes(b"\xff\xfe\x00")], ids=["folder", "no UTF-8"]
)
def test_a_list_of_paths_that_cannot_be_read_is_named(home: Path, make) -> None:
    make(home / "deck-paths.txt")
    done = run(home, "due")
    assert (done.returncode, "deck-paths.txt" in done.stderr) == (3, True)


@pytest.mark.parametrize("kind", ["relative", "symlink", "absolute"])
def test_an_own_deck_given_by_its_path_is_one_deck(home: Path, tmp_path: Path, kind: str) -> None:
    write_deck(home / "decks" / "mine.yaml", 3)
    (tmp_path / "link").symlink_to(home)
    folder = {"relative": Path("home"), "symlink": tmp_path / "link", "absolute": home}[kind]
    for path in (folder / "decks" / "mine.yaml", home / "decks" / "mine.yaml"):
        done = run(folder, "study", str(path), "--plain", stdin="q\n", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(run(folder, "decks", "--json", cwd=tmp_path).stdout)["decks"]
    assert [row["new"] for row in rows if row["id"] == "mine"] == [3]


def test_a_deck_that_has_vanished_is_forgotten_quietly(home: Path, tmp_path: Path) -> None:
    gone, kept = write_deck(tmp_path / "gone.yaml", 3), write_deck(tmp_path / "kept.yaml", 3, first=10)
    assert run(home, "study", str(gone), "--plain", stdin="q\n").returncode == 0
    gone.unlink()
    done = run(home, "study", str(kept), "--plain", stdin="q\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "deck-paths.txt").read_text() == f"{kept.resolve()}\n"


def test_a_file_of_edits_is_no_deck(home: Path) -> None:
    edits = write_deck(home / "edits" / "en" / "detection.yaml", 1)
    done = run(home, "study", str(edits), "--plain")
    assert (done.returncode, "cvquiz study detection" in done.stderr) == (3, True)


def test_a_deck_with_a_taken_id_keeps_its_other_cards(home: Path) -> None:
    write_deck(home / "decks" / "a.yaml", 3)
    write_deck(home / "decks" / "b.yaml", 5)
    done = run(home, "decks", "--json")
    rows = {row["id"]: row["new"] for row in json.loads(done.stdout)["decks"]}
    assert (rows["a"], rows["b"]) == (3, 2)
    assert "b.yaml:5: card c0 is already at" in done.stderr
    for word in ("b", str(home / "decks" / "b.yaml")):
        studied = run(home, "study", word, "--plain", stdin="q\n")
        assert studied.returncode == 0
        assert "Q3?" in studied.stdout
        assert "is already at" in studied.stderr


def test_a_deck_of_which_every_id_is_taken_says_so(home: Path) -> None:
    write_deck(home / "decks" / "a.yaml", 3)
    write_deck(home / "decks" / "b.yaml", 3)
    done = run(home, "study", "b", "--plain")
    assert (done.returncode, "card c0 is already at" in done.stderr) == (3, True)


def test_tags_choose_cards_that_bear_any_of_them(home: Path) -> None:
    write_deck(home / "decks" / "a.yaml", 3, tags="[x, y]")
    write_deck(home / "decks" / "b.yaml", 3, first=3, tags="[y]")
    opened = at(home)
    for tags, expected in ((("x",), 3), (("y",), 6), (("x", "y"), 6)):
        assert len(opened.shelf(Filter(tags=tags)).fresh(opened.now())) == expected


def test_what_takes_long_is_announced_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("cv_quiz.library.MANY_BYTES", 100)
    write_deck(home / "decks" / "many.yaml", 5)
    opened = Home(
        {"CVQUIZ_HOME": str(home), "CVQUIZ_NOW": NOW, "CVQUIZ_LANG": "en"}, wait=lambda text: said.append(text.en)
    )
    assert opened.library.decks()
    assert said == ["indexing the decks; this takes a moment ..."]
    monkeypatch.setattr("cv_quiz.standings.MANY_EVENTS", 5)
    settings = {"rating": 3, "source": "self", "duration_ms": 1, "fuzz_seed": 0, **opened.config.scheduler.as_data()}
    for _ in range(6):
        opened.log.append("review", "c1", opened.now(), settings)
    assert isinstance(opened.standings, Standings)
    assert said[1:] == ["working through the review log; this takes a moment ..."]


@pytest.mark.slow
def test_nobody_is_told_to_wait_in_a_pipe(home: Path) -> None:
    write_deck(home / "decks" / "many.yaml", 25_000)
    assert run(home, "due", CVQUIZ_NOW=NOW).stderr == ""
