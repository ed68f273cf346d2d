"""A formula on one line is worth what the formula is worth: no bracket that matters is lost."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from cv_quiz.terminal.mathematics import inline
from tests.mathematics.arithmetic import AmbiguousLineError, Formula, formulas, value_of_line
from tests.mathematics.measures import narrow


@given(formulas())
@settings(max_examples=400)
def test_one_line_keeps_the_value(formula: Formula):
    line = inline(formula.tex, cells=narrow)
    assert line is not None
    assert math.isclose(value_of_line(line), formula.value, rel_tol=1e-6, abs_tol=1e-9), line


@given(formulas())
@settings(max_examples=200)
def test_one_line_in_ascii_keeps_the_value(formula: Formula):
    line = inline(formula.tex, cells=narrow, ascii_only=True)
    if line is None:  # \times and \cdot are one sign there, nothing else could be mistaken
        pytest.fail(formula.tex)
    assert line.isascii()
    assert math.isclose(value_of_line(line), formula.value, rel_tol=1e-6, abs_tol=1e-9), line


@pytest.mark.parametrize("line", ["a/b c", "√2 x", "√x²", "2½", "a/b(c)"])
def test_the_reader_of_lines_refuses_what_is_ambiguous(line: str):
    with pytest.raises(AmbiguousLineError):
        value_of_line(line)


@pytest.mark.parametrize(("line", "value"), [("2 (1/2)", 1.0), ("½ · 4", 2.0), ("2³ - 1", 7.0), ("2^(1/2)", 2**0.5)])
def test_the_reader_of_lines_can_read(line: str, value: float):
    assert value_of_line(line) == pytest.approx(value)
