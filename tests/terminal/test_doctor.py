"""What `cvquiz doctor` says, and how it stands on a screen."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cv_quiz.home import Home
from cv_quiz.model import Card, Rating
from tests.terminal.person import Person


def doctor(home: Path, *words: str, language: str = "en", **settings: str) -> str:
    environment = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": language, "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "cv_quiz", "doctor", *words],
        capture_output=True, text=True, env={**environment, **settings}, check=False,
    ).stdout  # fmt: skip


def screen(home: Path, columns: int, language: str) -> list[str]:
    with Person(home, "doctor", columns=columns, CVQUIZ_LANG=language) as person:
        person.leaves()
        return person.everything().split("\n")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_lines_break_between_words_and_hang(home: Path, columns: int, language: str) -> None:
    findings = json.loads(doctor(home, "--json", language=language, TERM="xterm"))["findings"]
    shown = screen(home, columns, language)
    assert all(line.startswith(("✓ ", "✗ ", "! ", "  ")) for line in shown)
    assert any(line.startswith("  ") for line in shown)
    for finding in findings:
        for word in re.findall("[!-~]+", f"{finding['said']} {finding['advice'] or ''}"):
            assert len(word) > 40 or word == "80" or any(word in line for line in shown), word


def test_a_pipe_gets_one_line_a_finding(home: Path) -> None:
    said = doctor(home, COLUMNS="40").splitlines()
    assert len([line for line in said if line[0] in "✓✗!"]) == len(json.loads(doctor(home, "--json"))["findings"])
    assert all(line[0] in "✓✗!" or line.startswith("    ") for line in said)


def test_a_terminal_that_was_not_asked_has_no_tick_but_a_word_what_to_do(home: Path) -> None:
    for language, words in (("en", "The next cvquiz study"), ("zh", "下次运行 cvquiz study")):
        lines = doctor(home, language=language, TERM="xterm").splitlines()
        place = next(number for number, line in enumerate(lines) if "α × ─" in line)
        assert lines[place].startswith("! ")
        assert lines[place + 1].strip().startswith(words)
    assert "cannot be asked" in doctor(home, TERM="dumb")
    set_to_two = doctor(home, CVQUIZ_AMBIGUOUS_WIDTH="2")
    assert "characters like α × ─ take 2 cells each (CVQUIZ_AMBIGUOUS_WIDTH says so)" in set_to_two
    assert "! " not in set_to_two


def test_a_width_that_is_remembered_is_told_with_its_file(home: Path) -> None:
    (home / "terminals.txt").write_text("1\txterm///C.UTF-8\n")
    said = doctor(home, TERM="xterm", LC_CTYPE="C.UTF-8")
    assert f"take 1 cell each (to have the terminal asked again, delete {home / 'terminals.txt'})" in said


def test_the_entries_are_told_by_kind(home: Path) -> None:
    mine = Home({"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en"})
    assert "Review log: 0 entries, sound; 0 backups" in doctor(home)
    mine.log.append("drill", "nms", mine.now(), {"accepted": False, "tries": 1})
    assert "Review log: 1 entry, sound: 0 reviews (cvquiz log lists them), 1 drill;" in doctor(home)
    mine.rate(Card("a", "q", "a"), Rating.GOOD, 1)
    mine.undo(mine.rate(Card("a", "q", "a"), Rating.GOOD, 1)[0].id)
    mine.suspend("a")
    mine.note_cram("a", Rating.GOOD, 1)
    english, chinese = doctor(home), doctor(home, language="zh")
    wanted = (
        "6 entries, sound: 1 review (cvquiz log lists it), 1 drill, 1 cram answer, 1 undo, 1 undone review, 1 card put"
    )
    assert wanted in english
    assert "6 条记录，完好（复习 1 条（cvquiz log 列出），练习 1 条，突击 1 条，撤销 1 条，被撤销的复习 1 条" in chinese


def test_one_backup_is_one(home: Path) -> None:
    (home / "backups").mkdir(exist_ok=True)
    for old in (home / "backups").glob("*"):
        old.unlink()
    (home / "backups" / "reviews-2026-01-01.db").write_bytes(b"")
    assert doctor(home).split("Review log: ")[1].splitlines()[0].endswith("; 1 backup")
