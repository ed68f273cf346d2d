"""A piece of a formula written on one line, and what has to be known about it to join it to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cv_quiz.terminal.mathematics.spacing import Kind

# How tightly a piece holds together: what it may stand next to without brackets.
LOOSE = 0  # a sum, a relation, a quotient, an applied function
PRODUCT = 1  # factors side by side
TIGHT = 2  # a power, a root
INDEXED = 3  # a letter with an index
ATOM = 4  # a letter, a number, anything in brackets


@dataclass(frozen=True, slots=True)
class Line:
    """Text with its level; `head` and `tail` are what it begins and ends with."""

    text: str
    level: int
    head: Kind = ""
    tail: Kind = ""

    def bracketed(self) -> Line:
        """The piece in round brackets; a piece that stands in them already stays as it is."""
        return Line(f"({self.text})", ATOM)

    def at_least(self, level: int) -> Line:
        """The piece, in brackets if it holds less tightly than that."""
        return self if self.level >= level else self.bracketed()


def joined(pieces: list[tuple[int, Line]]) -> str:
    """The texts with that many cells before each (none before the first); blanks that a text brings itself count."""
    out: list[str] = []
    ends_blank = True
    for cells, line in pieces:
        text = line.text.lstrip(" ") if ends_blank and out else line.text
        blanks = max(cells - (ends_blank or text.startswith(" ")), 0) if out else 0
        out.append(" " * blanks + text)
        ends_blank = out[-1].endswith(" ") if out[-1] else ends_blank
    return "".join(out)
