"""Blanks, formulas inside them, and what a typed word is forgiven."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cv_quiz.cloze import filled_blanks, matches, open_blanks, pieces, words


@pytest.mark.parametrize(
    ("cloze", "expected"),
    [
        ("IoU = {{交集}} / {{并集}}", ["交集", "并集"]),
        ("γ is {{$\\sqrt{\\sigma^2}$::deviation}}", ["$\\sqrt{\\sigma^2}$"]),
        ("{{$x_{a_{b}}$}} and {{b}}", ["$x_{a_{b}}$", "b"]),
        ("{{x_{1}}}", ["x_{1}"]),
        ("no blank {{here", []),
        ("", []),
    ],
)
def test_words(cloze: str, expected: list[str]) -> None:
    assert words(cloze) == expected


def test_open_and_filled() -> None:
    assert open_blanks("a {{b}} {{c::hint}}") == "a […] [hint]"
    assert filled_blanks("a {{b}} {{c::hint}}", "<", ">") == "a <b> <c>"


@given(st.text(alphabet="a{}$\\: b"))
def test_nothing_is_lost(text: str) -> None:
    rebuilt = "".join(
        "{{" + piece.text + ("::" + piece.hint if piece.hint else "") + "}}" if piece.blank else piece.text
        for piece in pieces(text)
    )
    assert rebuilt.replace("::", "") == text.replace("::", "")


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ＮＭＳ", "nms"),
        ("union。", "Union"),
        (" 交 集 ", "交集"),
        ("x^2", "$x^2$"),
        ("0.5;", "0.5"),
        ("4x4", "4×4"),
        ("-1", "−1"),
        ("學習率", "学习率"),
        ("殘差連接", "残差连接"),
    ],
)
def test_forgiven(typed: str, word: str) -> None:
    assert matches(typed, word)
    assert not matches(typed + "x", word)
