"""TeX source to tokens: one pass, no regular expressions, nothing thrown away but blanks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cv_quiz.terminal.mathematics.nodes import MAX_CHARACTERS, Unsure

_BLANKS = frozenset(" \t\n\r")
# Control, formatting, surrogate, private-use and unassigned characters, and marks that would hang on a neighbour:
# none has a width that can be relied on.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Token:
    """A character or a command with its backslash; `start` and `end` are its place in the source.

    `spaced` says that blanks stand before it.
    """

    text: str
    start: int
    end: int
    spaced: bool


def normalise(source: str) -> str:
    """The source as it is read: composed characters (NFC). Raises Unsure where it is too long to be a formula."""
    if len(source) > MAX_CHARACTERS:
        raise Unsure(f"longer than {MAX_CHARACTERS} characters")
    return source if source.isascii() else unicodedata.normalize("NFC", source)


def tokenize(source: str) -> list[Token]:
    """Tokens of a normalised source. Raises Unsure at a character that cannot be shown or a lone backslash."""
    tokens: list[Token] = []
    place, spaced = 0, False
    while place < len(source):
        if source[place] in _BLANKS:
            place, spaced = place + 1, True
            continue
        end = _end_of_token(source, place)
        tokens.append(Token(source[place:end], place, end, spaced))
        place, spaced = end, False
    return tokens


def _end_of_token(source: str, place: int) -> int:
    character = source[place]
    if character != "\\":
        if unicodedata.category(character) in _UNFIT:
            raise Unsure(f"character U+{ord(character):04X}")
        return place + 1
    if place + 1 == len(source):
        raise Unsure("a backslash at the end")
    end = place + 1
    while end < len(source) and _is_letter(source[end]):
        end += 1
    return max(end, place + 2)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
