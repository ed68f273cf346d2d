"""What in an answer can be checked: formulas and numbers, each under the thing it is said of."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

_LONGEST = 50_000
# Each pattern is anchored on one character class after another, with bounded repeats: none can backtrack far.
_NAME = r"[A-Za-z\u0370-\u03ff][A-Za-z0-9_\u0370-\u03ff.@-]{0,30}"
_NUMBER = r"-?\d{1,12}(?:\.\d{1,10})?(?:e-?\d{1,3})?%?"
_USUALLY = r"(?:一般|通常|默认|常|最好)?"
_SAID = re.compile(
    rf"({_NAME})\s{{0,2}}{_USUALLY}(?:=|≈|:|：|为|是|取|等于|设为|设置为|取值为|一般为|is|equals)\s{{0,2}}({_NUMBER})(?![\w.])",
    re.IGNORECASE,
)
_MATH = re.compile(r"\${1,2}([^$]{1,400})\${1,2}")
_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "σ": "sigma",
    "λ": "lambda",
    "η": "eta",
    "ε": "epsilon",
    "μ": "mu",
    "θ": "theta",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that two answers state differently: what it is of, and what either says."""

    of: str
    mine: str
    theirs: str


def differences(mine: str, theirs: str) -> tuple[Difference, ...]:
    """The facts that both answers state, of the same thing, with no value in common."""
    first, second = facts(mine), facts(theirs)
    apart = [of for of in sorted(first.keys() & second.keys()) if not first[of] & second[of]]
    return tuple(Difference(of, ", ".join(sorted(first[of])), ", ".join(sorted(second[of]))) for of in apart)


def facts(answer: str) -> dict[str, set[str]]:
    """Thing -> the values said of it: `gamma` -> `2`, the left side of a formula -> its right side."""
    text = unicodedata.normalize("NFKC", answer[:_LONGEST])
    found: dict[str, set[str]] = defaultdict(set)
    for formula in _MATH.findall(text):
        left, equals, right = formula.partition("=")
        if equals and _plain(left) and _plain(right):
            found[_plain(left)].add(_plain(right))
    prose = _MATH.sub(" ", text)
    for name, value in _SAID.findall(_without_code(prose)):
        found[_name(name)].add(_value(value))
    return {of: values for of, values in found.items() if of}


def _without_code(text: str) -> str:
    """The text outside of fences: a default value in a program is no claim."""
    return "\n".join(part for at, part in enumerate(text.split("```")) if at % 2 == 0)


def _name(name: str) -> str:
    lowered = name.lower().strip(".-_")
    return _GREEK.get(lowered, lowered)


def _value(value: str) -> str:
    """A number in one spelling: `2.0` is `2`, `90%` is `0.9`."""
    number = float(value.rstrip("%"))
    return f"{number / 100 if value.endswith('%') else number:g}"


def _plain(formula: str) -> str:
    """A formula without what only sets it: spaces, sizes, styles, display."""
    for mark in (
        "\\left",
        "\\right",
        "\\displaystyle",
        "\\,",
        "\\;",
        "\\!",
        "\\ ",
        "\\quad",
        "\\cdot",
        "\\mathrm",
        "\\text",
        "\\mathbf",
        "\\operatorname",
    ):
        formula = formula.replace(mark, "")
    plain = "".join(character for character in formula if not character.isspace() and character not in "{}&")
    for letter, name in _GREEK.items():
        plain = plain.replace(letter, f"\\{name}")
    return plain.strip(".,;，。；")
