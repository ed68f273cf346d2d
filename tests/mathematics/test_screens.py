"""Every formula in screens/*.txt looks as it stands there: adding a file, or an entry to one, adds a test.

A file is a list of entries. `$ ` begins the TeX (several such lines are one formula), `> ` is what `inline` gives,
`| ` are the lines of `display` without the blanks at their ends; `> -` and `| -` say that there is none. Lines with `@`
hold for what follows: `@width 40`, `@wide`, `@ascii`. Lines with `#` are remarks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from cv_quiz.terminal.mathematics import display, inline
from tests.mathematics.measures import MEASURES

FOLDER = Path(__file__).parent / "screens"


@dataclass
class Entry:
    name: str
    width: int = 80
    measure: str = "narrow"
    ascii_only: bool = False
    tex: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    screen: list[str] = field(default_factory=list)


def _setting(settings: Entry, text: str) -> Entry:
    word, _, value = text.partition(" ")
    if word == "width":
        return replace(settings, width=int(value))
    if word == "wide":
        return replace(settings, measure="wide")
    assert word == "ascii", f"unknown setting {text}"
    return replace(settings, ascii_only=True)


def entries(path: Path) -> list[Entry]:
    found: list[Entry] = []
    settings = Entry("")
    for row in path.read_text(encoding="utf-8").splitlines():
        mark, text = row[:1], row[2:]
        if mark == "@":
            settings = _setting(settings, row[1:])
        elif mark == "$":
            if not found or found[-1].line or found[-1].screen:
                name = f"{path.stem}:{text}"
                found.append(replace(settings, name=name, tex=[], line=[], screen=[]))
            found[-1].tex.append(text)
        elif mark == ">":
            found[-1].line.append(text)
        elif mark == "|":
            found[-1].screen.append(text)
        else:
            assert mark in {"", "#"}, f"{path.name}: {row}"
    return found


ENTRIES = [entry for path in sorted(FOLDER.glob("*.txt")) for entry in entries(path)]


def test_there_is_something_in_every_file():
    assert all(entries(path) for path in FOLDER.glob("*.txt"))
    assert len(ENTRIES) > 100


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
def test_formula_looks_as_it_should(entry: Entry):
    cells, tex = MEASURES[entry.measure], "\n".join(entry.tex)
    if entry.line:
        assert (inline(tex, cells=cells, ascii_only=entry.ascii_only) or "-") == entry.line[0]
    if entry.screen:
        lines = display(tex, cells=cells, width=entry.width, ascii_only=entry.ascii_only)
        assert [line.rstrip() for line in lines or ["-"]] == [line.rstrip() for line in entry.screen]
