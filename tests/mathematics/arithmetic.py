"""Formulas of plain arithmetic: how to make one with its value, and what a line of text with one is worth.

The reader of lines is strict on purpose: where a person could group in two ways (`a/b c`, `√x²`, `√2 x`), it refuses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

VARIABLES = {"a": 1.37, "b": 2.91, "c": 0.83, "k": 3.19, "x": 1.73, "y": 2.27}
SUM, PRODUCT, FACTOR = 0, 1, 2
_SMALL = {ord(small): full for small, full in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵏˣʸ", "0123456789+-()abckxy", strict=True)}
_VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4}


@dataclass(frozen=True)
class Formula:
    """TeX, how tightly it holds together in TeX, and its value."""

    tex: str
    level: int
    value: float

    def at(self, level: int) -> str:
        return self.tex if self.level >= level else rf"\left({self.tex}\right)"


class AmbiguousLineError(Exception):
    """The line can be grouped in more than one way."""


def formulas() -> SearchStrategy[Formula]:
    numbers = st.integers(1, 12).map(lambda number: Formula(str(number), FACTOR, float(number)))
    letters = st.sampled_from(sorted(VARIABLES)).map(lambda name: Formula(name, FACTOR, VARIABLES[name]))
    atoms = st.one_of(numbers, letters)
    return st.recursive(atoms, _larger)


@st.composite
def _larger(draw: DrawFn, inner: SearchStrategy[Formula]) -> Formula:
    name, left, right = draw(st.sampled_from(sorted(_LARGER))), draw(inner), draw(inner)
    return _LARGER[name](left, right) or _sum(left, right)


def _sum(left: Formula, right: Formula) -> Formula:
    return Formula(f"{left.tex}+{right.at(PRODUCT)}", SUM, left.value + right.value)


def _difference(left: Formula, right: Formula) -> Formula:
    return Formula(f"{left.tex}-{right.at(PRODUCT)}", SUM, left.value - right.value)


def _negative(left: Formula, _right: Formula) -> Formula:
    return Formula(f"-{left.at(PRODUCT)}", SUM, -left.value)


def _product(left: Formula, right: Formula, sign: str = " ") -> Formula:
    first, second = left.at(PRODUCT), right.at(FACTOR)
    if second[0].isdigit() and not sign.strip():  # digits would run together
        sign = r" \cdot "
    return Formula(f"{first}{sign}{second}", PRODUCT, left.value * right.value)


def _dotted(left: Formula, right: Formula) -> Formula:
    return _product(left, right, r" \cdot ")


def _times(left: Formula, right: Formula) -> Formula:
    return _product(left, right, r" \times ")


def _fraction(left: Formula, right: Formula) -> Formula | None:
    if abs(right.value) < 1e-6:
        return None
    return Formula(rf"\frac{{{left.tex}}}{{{right.tex}}}", FACTOR, left.value / right.value)


def _root(left: Formula, _right: Formula) -> Formula | None:
    return None if left.value < 0 else Formula(rf"\sqrt{{{left.tex}}}", FACTOR, math.sqrt(left.value))


def _power(left: Formula, right: Formula) -> Formula | None:
    if not 0.01 < left.value < 50 or abs(right.value) > 6:
        return None
    return Formula(f"{{{left.tex}}}^{{{right.tex}}}", FACTOR, left.value**right.value)


_LARGER: dict[str, Callable[[Formula, Formula], Formula | None]] = {
    "sum": _sum,
    "difference": _difference,
    "negative": _negative,
    "product": _product,
    "dotted": _dotted,
    "times": _times,
    "fraction": _fraction,
    "fraction again": _fraction,  # what all this is about
    "root": _root,
    "power": _power,
}


def value_of_line(text: str) -> float:
    """What a formula on one line is worth. Raises AmbiguousLineError where grouping is left to the reader."""
    reader = _Reader(text.replace("sqrt(", "√(").replace("*", "·").replace("×", "·").replace("−", "-"))
    value = reader.sum()
    if reader.peek():
        raise AmbiguousLineError(f"{reader.peek()!r} left over in {text!r}")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def peek(self) -> str:
        while self.text[self.place : self.place + 1] == " ":
            self.place += 1
        return self.text[self.place : self.place + 1]

    def take_if(self, signs: str) -> str:
        sign = self.peek()
        if not sign or sign not in signs:
            return ""
        self.place += 1
        return sign

    def sum(self) -> float:
        value = -self.product() if self.take_if("-") else self.product()
        while sign := self.take_if("+-"):
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self) -> float:
        value, divided = self.factor(), False
        while sign := self.peek():
            if self.take_if("/"):
                value, divided = value / self.factor(), True
            elif self.take_if("·"):
                value, divided = value * self.factor(), False
            elif sign in "+-)":
                return value
            elif divided:
                raise AmbiguousLineError(f"a factor after a quotient in {self.text!r}")
            else:
                value *= self.factor()
        return value

    def factor(self) -> float:
        if self.take_if("√"):
            bracketed = self.peek() == "("
            value = math.sqrt(self.atom())
            following = self.text[self.place : self.place + 1]
            if following and (ord(following) in _SMALL or following == "^"):
                raise AmbiguousLineError(f"a power of a root in {self.text!r}")
            if not bracketed and self.peek() and self.peek() not in "+-·/)":
                raise AmbiguousLineError(f"a factor after a bare root in {self.text!r}")
            return value
        value = self.atom()
        exponent = self.small() or (self.atom_text() if self.take_if("^") else "")
        return value ** value_of_line(exponent) if exponent else value

    def small(self) -> str:
        start = self.place
        while self.place < len(self.text) and ord(self.text[self.place]) in _SMALL:
            self.place += 1
        return self.text[start : self.place].translate(_SMALL)

    def atom_text(self) -> str:
        start = self.place
        self.atom()
        return self.text[start : self.place]

    def atom(self) -> float:
        sign = self.peek()
        if self.take_if("("):
            value = self.sum()
            if not self.take_if(")"):
                raise AmbiguousLineError(f"no end of a bracket in {self.text!r}")
            return value
        if sign.isdecimal():
            return self.number()
        self.place += 1
        if sign in _VULGAR:
            return _VULGAR[sign]
        if sign not in VARIABLES:
            raise AmbiguousLineError(f"{sign!r} in {self.text!r}")
        return VARIABLES[sign]

    def number(self) -> float:
        start = self.place
        while self.text[self.place : self.place + 1].isdecimal():
            self.place += 1
        if self.text[self.place : self.place + 1] in _VULGAR:
            raise AmbiguousLineError(f"a mixed number in {self.text!r}")
        return float(self.text[start : self.place])
