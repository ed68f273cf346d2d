"""What holds for every formula there is: lines of equal width that fit, no line break in a line, never an exception."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cv_quiz.terminal.mathematics import display, inline
from tests.mathematics.measures import MEASURES

_ATOMS = [
    "x",
    "y",
    "12",
    "0.5",
    r"\alpha",
    r"\theta",
    r"\mathbf{W}",
    r"\text{交集}",
    r"\hat{x}",
    "(a)",
    r"\infty",
    "|z|",
]
_SIGNS = ["+", "-", " ", r"\times ", "=", r"\le ", r"\cdot ", ",", r"\quad ", r"\in ", "/"]
_WRAPS = [
    r"\frac{%s}{%s}", r"\sqrt{%s}^{%s}", r"{%s}_{%s}", r"\left(%s\right)^{%s}", r"\sum_{%s}^{n} %s", r"\hat{%s}%s",
    r"\begin{bmatrix}%s\\%s\end{bmatrix}", r"\begin{cases}%s & %s\\0\end{cases}", r"\overline{%s}%s",
    r"\underbrace{%s}_{%s}", r"\xrightarrow{%s}%s", r"\begin{aligned}a&=%s\\&=%s\end{aligned}", r"\left|%s\right|_{%s}",
    r"\overset{%s}{%s}", r"\sqrt[3]{%s}%s", r"\int_{%s}^{%s}", r"\left\{%s\middle|%s\right.", r"\binom{%s}{%s}",
    r"\left\langle %s,%s\right\rangle", r"\widehat{%s}%s",
]  # fmt: skip
_PIECES = [
    *"abx12+-=^_{}[]()|&'.,/:;!~ 交，α×≤", "\\\\", r"\frac", r"\sqrt", r"\left", r"\right", r"\sum", r"\text", r"\hat", r"\{",
    r"\}", r"\begin{matrix}", r"\end{matrix}", r"\begin{cases}", r"\end{cases}", r"\over", r"\limits", r"\mathbf", r"\bf",
    r"\quad", r"\not", r"\overset", r"\underbrace", r"\xrightarrow", r"\operatorname", r"\substack", r"\pmod", r"\big",
    r"\middle", r"\color", r"\tag", "\n", "$", "%", "#", "\t", r"\ ", r"\|", r"\langle", r"\prime", r"\cal",
]  # fmt: skip


def formulas() -> st.SearchStrategy[str]:
    """TeX that is well formed."""
    return st.recursive(st.sampled_from(_ATOMS), _larger, max_leaves=10)


@st.composite
def _larger(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    joint = draw(st.sampled_from(_WRAPS + _SIGNS))
    parts = draw(inner), draw(inner)
    return joint % parts if "%s" in joint else joint.join(parts)


def rubble() -> st.SearchStrategy[str]:
    """TeX that is mostly not."""
    return st.one_of(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join), st.text(max_size=40))


def _check(tex: str, measure: str, width: int, *, ascii_only: bool) -> None:
    cells = MEASURES[measure]
    line = inline(tex, cells=cells, ascii_only=ascii_only)
    assert line is None or (line and "\n" not in line and line == line.strip())
    lines = display(tex, cells=cells, width=width, ascii_only=ascii_only)
    if lines is not None:
        assert len({cells(row) for row in lines}) == 1
        assert 0 < cells(lines[0]) <= width
        assert not any("\n" in row for row in lines)
        assert any(row.strip() for row in lines)
    if ascii_only and tex.isascii():
        assert all(text.isascii() for text in [line or "", *(lines or [])])


_ARGUMENTS = {"measure": st.sampled_from(sorted(MEASURES)), "width": st.integers(1, 120), "ascii_only": st.booleans()}


@given(tex=formulas(), **_ARGUMENTS)
@settings(max_examples=300)
def test_formulas_are_rectangles_that_fit(tex: str, measure: str, width: int, ascii_only: bool):
    _check(tex, measure, width, ascii_only=ascii_only)


@given(tex=rubble(), **_ARGUMENTS)
@settings(max_examples=500)
def test_rubble_is_shown_properly_or_not_at_all(tex: str, measure: str, width: int, ascii_only: bool):
    _check(tex, measure, width, ascii_only=ascii_only)


@given(tex=formulas())
@settings(max_examples=200)
def test_more_room_never_hides_a_formula(tex: str):
    cells = MEASURES["narrow"]
    shown = [display(tex, cells=cells, width=width) is not None for width in (30, 60, 1000)]
    assert shown == sorted(shown)


@given(tex=formulas())
@settings(max_examples=200)
def test_every_well_formed_formula_is_shown(tex: str):
    cells = MEASURES["narrow"]
    assert display(tex, cells=cells, width=2000) is not None
    assert inline(tex, cells=cells) is not None or "bmatrix" in tex  # commas in its cells would part columns
