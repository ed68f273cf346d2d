"""Input that is meant to hurt: deep, long, endless. The answer is None, soon, and never an exception."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cv_quiz.terminal.mathematics import display, inline
from cv_quiz.terminal.mathematics.scan import split_mathematics
from tests.mathematics.measures import narrow

HOSTILE = {
    "braces": "{" * 10_000,
    "groups": "{" * 5_000 + "}" * 5_000,
    "brackets": "(" * 5_000 + ")" * 5_000,
    "fractions": r"\frac" * 2_000,
    "deep fractions": r"\frac{1}{" * 500 + "x" + "}" * 500,
    "powers": "x^" * 5_000,
    "deep powers": "x^{" * 2_000 + "}" * 2_000,
    "left": r"\left(" * 1_000 + r"\right)" * 1_000,
    "bars": "|" * 10_000,
    "roots": r"\sqrt" * 2_000,
    "matrices": r"\begin{matrix}" * 700 + r"\end{matrix}" * 700,
    "dollars": "$" * 1_000_000,
    "letters": "x" * 1_000_000,
    "lines": "\\\\" * 5_000,
    "cells": "&" * 10_000,
    "over": r"a\over " * 2_000,
    "fonts": r"\mathbf{" * 1_000 + "}" * 1_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_formula_is_not_shown(name: str):
    assert inline(HOSTILE[name], cells=narrow) is None
    assert display(HOSTILE[name], cells=narrow, width=80) is None


def _deeper(depth: int) -> bool:
    if depth:
        return _deeper(depth - 1)
    tex = r"\sqrt{" * 15 + "x" + "}" * 15
    return inline(tex, cells=narrow) is not None and display(tex, cells=narrow, width=80) is not None


def test_the_deepest_formula_leaves_room_on_the_stack():
    assert _deeper(400)


@pytest.mark.parametrize("name", [*HOSTILE, "single dollars"])
def test_hostile_text_is_scanned(name: str):
    text = HOSTILE.get(name, "$ " * 100_000)
    spans = split_mathematics(text)
    assert "".join(text[span.start : span.end] for span in spans) == text


@pytest.mark.parametrize(
    "tex", ["", " ", "\n", "\\", "{}", r"\quad", "\x00", "a\x1b[31mb", "\ud800", "a\u200bb", "\u0301"]
)
def test_nothing_to_show_and_nothing_that_moves_the_cursor(tex: str):
    assert inline(tex, cells=narrow) is None
    assert display(tex, cells=narrow, width=80) is None


def test_text_that_cannot_be_measured_is_not_shown():
    assert inline("x", cells=lambda _text: -1) is None
    assert display("x", cells=lambda _text: -1, width=80) is None


def test_the_package_imports_the_standard_library_only():
    code = (
        "import sys; before = set(sys.modules)\n"
        "from cv_quiz.terminal.mathematics import display, inline, scan\n"
        "assert inline('x', cells=len) == 'x' and display('x', cells=len, width=9) == ['x']\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - set(sys.stdlib_module_names) - {'cv_quiz'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_loads_none_of_its_parts():
    code = (
        "import sys, cv_quiz.terminal.mathematics as package\n"
        "print([name for name in sys.modules if name.startswith(package.__name__ + '.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
