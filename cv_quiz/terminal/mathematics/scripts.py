"""Sub- and superscripts on one line: Unicode's small characters where they are sure to be read, else _ and ^."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.terminal.mathematics.alphabets import subscript, superscript
from cv_quiz.terminal.mathematics.lines import ATOM, Line

if TYPE_CHECKING:
    from cv_quiz.terminal.mathematics.spacing import Kind

# Superscripts that are written at the height of letters in any case.
_RAISED_SIGNS = {"*": "*", "∗": "*", "†": "†", "‡": "‡", "∘": "°"}


@dataclass(frozen=True, slots=True)
class Suffix:
    """What follows the base. `kind` is what it ends with, None where the base decides as before.

    `small` says that it needs no _ and ^: it may stand on the line of a two-dimensional drawing too.
    """

    text: str
    kind: Kind | None
    small: bool


def suffix(sub: Line | None, sup: Line | None, primes: int, *, ascii_only: bool, limits: bool = False) -> Suffix:
    """The scripts of one base, written after it: primes, subscript, superscript; `limits` where it is an operator."""
    prime = primed(primes, ascii_only=ascii_only)
    low = None if sub is None or ascii_only else small_subscript(sub)
    high = None if sup is None or ascii_only else small_superscript(sup)
    below = "" if sub is None else low or _marked("_", sub)
    # D_K² could be read as D with the index K², D²_K could not; a sum's upper limit stays behind the lower one.
    bare = sub is not None and low is None and _is_bare("_", sub)
    if sup is not None and bare and limits:
        high = None
    above = "" if sup is None else high or _marked("^", sup)
    text = prime + (above + below if high and bare else below + above)
    marked = (sub is not None and low is None) or (sup is not None and high is None)
    return Suffix(text, _tail(text, marked), not marked)


def primed(primes: int, *, ascii_only: bool) -> str:
    """That many primes."""
    if ascii_only:
        return "'" * primes
    return "‴" * (primes // 3) + ("", "′", "″")[primes % 3]


def simple_index(sub: Line) -> bool:
    """Whether a subscript is one letter, number or word: `x_θ` needs no second row."""
    return _is_bare("_", sub)


def _tail(text: str, marked: bool) -> Kind | None:
    if text.endswith("*"):
        return "word"
    return "word" if marked else None


def small_subscript(line: Line) -> str | None:
    """The line in Unicode's small characters, None where they would be missing or hard to read."""
    return None if _reads_as_word(line.text) else subscript(line.text)


def small_superscript(line: Line) -> str | None:
    """The line in Unicode's small characters, None where they would be missing or hard to read."""
    if line.text in _RAISED_SIGNS:
        return _RAISED_SIGNS[line.text]
    return None if _reads_as_word(line.text) else superscript(line.text)


def _reads_as_word(text: str) -> bool:
    """Whether small letters would make a word hard to read: `x_max`, not `xₘₐₓ`; but three indices stay small."""
    return len(text) > 2 and text.isalpha() and not set(text) <= set("ijkl")


def _marked(mark: str, line: Line) -> str:
    own = line.level == ATOM and line.text[0] + line.text[-1] in {"[]", "{}"}
    return mark + (line.text if own or _is_bare(mark, line) else f"({line.text})")


def _is_bare(mark: str, line: Line) -> bool:
    text = line.text
    word = text[0].isalpha() and _is_word(text)
    if len(text) == 1 or (word and mark == "_"):
        return True
    return line.level == ATOM and (word or text.isdecimal())


def _is_word(text: str) -> bool:
    """Whether it is a word of full-sized characters: small ones would hide what stands below what."""
    return all(unicodedata.category(character) in {"Lu", "Ll", "Lo", "Nd", "Mn"} for character in text)
