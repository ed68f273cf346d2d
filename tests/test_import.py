"""`cvquiz import` from the outside: files, folders, importing again, duplicates, bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NOTES = """# Notes

## What is dropout?

Units are zeroed at random with probability $p$.

## How does NMS work?

Keep the best box, drop what overlaps it by more than 0.5.

## What is a stride?
"""


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "cv_quiz", *words]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, check=False
    )


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    return path


def test_a_document_is_studied_at_once(home: Path, notes: Path) -> None:
    done = run(home, "import", str(notes))
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 questions, 1 of them without an answer" in done.stdout
    assert run(home, "lint").returncode == 0
    assert json.loads(run(home, "due", "--json").stdout)["new"] == 20
    assert any(
        row["id"] == "notes" and row["new"] == 2 for row in json.loads(run(home, "decks", "--json").stdout)["decks"]
    )


def test_a_dry_run_writes_nothing(home: Path, notes: Path) -> None:
    done = run(home, "import", str(notes), "--dry-run")
    assert "What is dropout?" in done.stdout
    assert not (home / "decks").exists()


def test_importing_again_keeps_ids_history_and_hand_edits(home: Path, notes: Path) -> None:
    run(home, "import", str(notes))
    deck = home / "decks" / "notes.yaml"
    before = json.loads(run(home, "import", str(notes), "--dry-run", "--json").stdout)["documents"][0]["cards"]
    deck.write_text(deck.read_text().replace("Units are zeroed", "By hand, units are zeroed"))
    notes.write_text(NOTES.replace("by more than 0.5", "by more than 0.7").replace("## What is a stride?\n", ""))
    document = json.loads(run(home, "import", str(notes), "--json").stdout)["documents"][0]
    assert {card["id"] for card in before} == {card["id"] for card in document["cards"]}
    assert len(document["merged"]["updated"]) == len(document["merged"]["vanished"]) == 1
    text = deck.read_text()
    assert "By hand, units" in text
    assert "0.7" in text


@pytest.mark.parametrize(("choice", "kept"), [("keep", 3), ("shipped", 2), ("skip", 2)])
def test_a_question_that_is_shipped_already(home: Path, notes: Path, choice: str, kept: int) -> None:
    document = json.loads(run(home, "import", str(notes), "--on-duplicate", choice, "--json").stdout)["documents"][0]
    assert [same["other"] for same in document["duplicates"]] == ["nms-steps"]
    assert len(document["cards"]) == kept


def test_output_to_a_file_and_to_a_folder(home: Path, notes: Path, tmp_path: Path) -> None:
    assert run(home, "import", str(notes), "-o", str(tmp_path / "mine.yaml")).returncode == 0
    assert "id: mine" in (tmp_path / "mine.yaml").read_text()
    assert run(home, "import", str(notes), "-o", str(tmp_path / "out")).returncode == 0
    assert (tmp_path / "out" / "notes.yaml").exists()
    assert run(home, "study", str(tmp_path / "mine.yaml"), "--plain").returncode == 0


def test_one_bad_document_stops_nothing(home: Path, notes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.md").write_bytes(b"\x00\x01\x02\xff\xfe" * 400)
    (folder / "b.md").write_text(NOTES)
    done = run(home, "import", str(folder))
    assert done.returncode == 3
    assert "a.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert (home / "decks" / "b.yaml").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"Just a sentence without anything to ask.\n", "no question"), (None, "cannot be read")],
)
def test_nothing_to_read_is_exit_3(home: Path, tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "x.md"
    if content is not None:
        path.write_bytes(content)
    done = run(home, "import", str(path))
    assert done.returncode == 3
    assert said in done.stderr
    assert not list(home.glob("decks/*"))


def test_a_broken_deck_in_the_way_is_left_alone(home: Path, notes: Path) -> None:
    (home / "decks").mkdir()
    (home / "decks" / "notes.yaml").write_text("id: [")
    done = run(home, "import", str(notes))
    assert done.returncode == 3
    assert "notes.yaml" in done.stderr
    assert (home / "decks" / "notes.yaml").read_text() == "id: ["


@pytest.mark.parametrize("words", [("--marker", "nonsense"), ("--language", "fr"), ("--on-duplicate", "maybe")])
def test_a_word_that_is_not_known(home: Path, notes: Path, words: tuple[str, ...]) -> None:
    done = run(home, "import", str(notes), *words)
    assert done.returncode == 2
    assert "there are" in done.stderr


def test_the_documents_give_their_questions(home: Path, documents: Path) -> None:
    done = run(home, "import", *map(str, sorted(documents.glob("*.txt"))), "--dry-run", "--json")
    assert [len(one["cards"]) for one in json.loads(done.stdout)["documents"]] == [30, 20, 59, 13, 62]
