"""Breaking styled text into lines that fit, Chinese included."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# Marks that must not begin a line, and those that must not end one (W3C, Requirements for Chinese Text Layout, 3.1).
NOT_FIRST = frozenset("，。；：？！、）》」』】〉”’…—·,.;:?!)]}%")
NOT_LAST = frozenset("（《「『【〈“‘([{")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style; `whole` means that it is not to be broken, if it fits on a line."""

    text: str
    style: str = ""
    whole: bool = False


def wrap(runs: Sequence[Run], width: int, cells: Callable[[str], int]) -> list[list[Run]]:
    """Lines of runs, none wider than `width` cells. A newline in the text is kept."""
    lines: list[list[Run]] = []
    line: list[Run] = []
    used = 0
    for atom in _bound(_atoms(runs, width, cells)):
        size = sum(cells(run.text) for run in atom)
        if atom[0].text == "\n":
            lines.append(_trimmed(line))
            line, used = [], 0
        elif used + size > width and used and not atom[0].text.isspace():
            lines.append(_trimmed(line))
            line, used = list(atom), size
        elif line or not atom[0].text.isspace():
            line += atom
            used += size
    return [*lines, _trimmed(line)] if line or not lines else lines


def _atoms(runs: Iterable[Run], width: int, cells: Callable[[str], int]) -> Iterable[Run]:
    """What a line cannot break inside: a word, a wide character, a space, a newline, a whole that fits."""
    for run in (run for run in runs if run.text):
        if run.whole and cells(run.text) <= width:
            yield run
            continue
        for piece in _pieces(run.text):
            if cells(piece) <= width:
                yield Run(piece, run.style)
            else:
                yield from (Run(part, run.style) for part in _cut(piece, width, cells))


def _pieces(text: str) -> Iterable[str]:
    for part in re.split(r"(\n|[^\S\n]+)", text):
        if part and not part.isspace():
            yield from _words(part)
        elif part:
            yield part if part in ("\n", "  ") else " "


def _words(part: str) -> Iterable[str]:
    """Wide characters one by one, everything else in a row."""
    row = ""
    for character in part:
        if unicodedata.east_asian_width(character) in "WF":
            if row:
                yield row
            row = ""
            yield character
        else:
            row += character
    if row:
        yield row


def _cut(word: str, width: int, cells: Callable[[str], int]) -> Iterable[str]:
    """A word that is wider than a line, in pieces that are not."""
    piece = ""
    for character in word:
        if piece and cells(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _bound(atoms: Iterable[Run]) -> Iterable[list[Run]]:
    """Atoms together with the marks that must stay with them."""
    group: list[Run] = []
    for atom in atoms:
        if (group and not (atom.text[0] in NOT_FIRST or group[-1].text[-1] in NOT_LAST)) or atom.text.isspace():
            if group:
                yield group
            group = []
        if atom.text.isspace():
            yield [atom]
        else:
            group.append(atom)
    if group:
        yield group


def _trimmed(line: list[Run]) -> list[Run]:
    """A finished line: without spaces at its end, neighbours of one style as one run."""
    while line and line[-1].text.isspace():
        line.pop()
    merged: list[Run] = []
    for run in line:
        if merged and merged[-1].style == run.style:
            merged[-1] = Run(merged[-1].text + run.text, run.style)
        else:
            merged.append(Run(run.text, run.style))
    return merged
