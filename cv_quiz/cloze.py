"""The blanks of a cloze text: `{{word}}` or `{{word::hint}}`; a word may hold a formula."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# What is typed for a sign that keyboards lack, and formula marks that nobody types.
_TYPED = str.maketrans({"−": "-", "–": "-", "×": "x", "·": "*", "’": "'", "$": "", "\\": "", "{": "", "}": ""})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cloze text; `blank` says whether it is to be filled in."""

    text: str
    blank: bool = False
    hint: str = ""


def pieces(cloze: str) -> list[Piece]:
    """The text cut at its blanks. Braces that never close are text."""
    found: list[Piece] = []
    position = 0
    while (start := cloze.find("{{", position)) >= 0 and (end := _end(cloze, start + 2)) >= 0:
        word, _, hint = cloze[start + 2 : end].partition("::")
        found += [Piece(cloze[position:start]), Piece(word, blank=True, hint=hint)]
        position = end + 2
    return [*found, Piece(cloze[position:])]


def open_blanks(cloze: str) -> str:
    """The text as it is asked: `[...]`, or the hint, for each blank."""
    return "".join(f"[{piece.hint or '…'}]" if piece.blank else piece.text for piece in pieces(cloze))


def filled_blanks(cloze: str, before: str = "", after: str = "") -> str:
    """The text as it is answered, each word between two marks."""
    return "".join(f"{before}{piece.text}{after}" if piece.blank else piece.text for piece in pieces(cloze))


def words(cloze: str) -> list[str]:
    """What belongs into the blanks, in order."""
    return [piece.text for piece in pieces(cloze) if piece.blank]


def matches(typed: str, word: str) -> bool:
    """Whether a typed word is the right one: width, case, blanks, formula marks and closing punctuation are forgiven."""
    return _folded(typed) == _folded(word)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TYPED)
    return "".join(plain.split()).rstrip(".,;:!?。、，；：！？")


def _end(cloze: str, start: int) -> int:
    """Where a blank that begins at `start` closes: the first `}}` outside of a formula; -1 where there is none."""
    in_formula = False
    for position in range(start, len(cloze) - 1):
        if cloze[position] == "$" and cloze[position - 1] != "\\":
            in_formula = not in_formula
        elif not in_formula and cloze.startswith("}}", position):
            # In `{{x_{1}}}` the blank closes with the last two braces.
            return position + 1 if cloze.startswith("}}}", position) and "{" in cloze[start:position] else position
    return -1
