"""Where a number in a formula ends: decimals, groups of three digits after commas, exponents as in 10e-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cv_quiz.terminal.mathematics.tokens import Token


def end_of_number(tokens: list[Token], place: int) -> int:
    """The place after the number that begins with the token at `place`; the same place if none begins there."""
    whole = end_of_digits(tokens, place, spaced=True)
    end = _end_of_thousands(tokens, place, whole)
    if _text(tokens, end, spaced=end == place) == ".":
        decimals = end_of_digits(tokens, end + 1)
        end = decimals if decimals > end + 1 else end
    return end if end == place else _end_of_exponent(tokens, end)


def end_of_digits(tokens: list[Token], place: int, *, spaced: bool = False) -> int:
    """The place after the digits that stand there without blanks between (`spaced`: blanks before the first)."""
    end = place
    while (text := _text(tokens, end, spaced=spaced and end == place)).isdigit() and text.isascii():
        end += 1
    return end


def _text(tokens: list[Token], place: int, *, spaced: bool = False) -> str:
    """The token there, empty at the end or, unless `spaced`, after a blank."""
    return "" if place >= len(tokens) or (tokens[place].spaced and not spaced) else tokens[place].text


def _end_of_thousands(tokens: list[Token], start: int, end: int) -> int:
    """Past `,000` groups: the comma of 1,000 is not that of a list."""
    if not 1 <= end - start <= 3 or tokens[start].text == "0":
        return end
    while _text(tokens, end) == "," and end_of_digits(tokens, end + 1) == end + 4:
        end += 4
    return end


def _end_of_exponent(tokens: list[Token], end: int) -> int:
    if _text(tokens, end) in {"e", "E"} and _text(tokens, end + 1) in {"+", "-"}:
        digits = end_of_digits(tokens, end + 2)
        return digits if digits > end + 2 else end
    return end
