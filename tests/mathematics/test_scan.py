"""Where the formulas are in a Markdown text, and where they only seem to be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cv_quiz.terminal.mathematics.scan import Span, split_mathematics


def found(text: str) -> list[tuple[str, str]]:
    return [(span.kind, span.content) for span in split_mathematics(text) if span.kind != "text"]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("a $x$ b", [("inline", "x")]),
        ("$x$,$y$", [("inline", "x"), ("inline", "y")]),
        ("$a$$b$", [("inline", "a"), ("inline", "b")]),
        ("$k$NN and $n$-th", [("inline", "k"), ("inline", "n")]),
        ("（$|X|$和$|Y|$分别）", [("inline", "|X|"), ("inline", "|Y|")]),
        ("即 $ f(x)=x $ 时", [("inline", " f(x)=x ")]),
        ("$a\n+ b$", [("inline", "a\n+ b")]),
        (r"$\$5$", [("inline", r"\$5")]),
        (r"3$\times$3", [("inline", r"\times")]),
        (r"\(x\) \[a = b\]", [("inline", "x"), ("display", "a = b")]),
        ("$$\na = b\n$$", [("display", "\na = b\n")]),
        ("$$\na\n\nb\n$$", [("display", "\na\n\nb\n")]),
        ("text $$x$$ text", [("display", "x")]),
        (r"$$\text{for $x$}$$", [("display", r"\text{for $x$}")]),
        ("> $$\n> a\n> $$", [("display", "\n> a\n> ")]),
        ("`$x$` $y$", [("inline", "y")]),
        ("``a`$x$`` $y$", [("inline", "y")]),
        (r"\`$x$\`", [("inline", "x")]),
        (r"`\` $y$", [("inline", "y")]),
        ("`open $x$", [("inline", "x")]),
        ("`a\n\n$x$`", [("inline", "x")]),
        ("```\n$x$\n```\n$y$", [("inline", "y")]),
        ("- item\n  ~~~python\n  $x$\n  ~~~\n$y$", [("inline", "y")]),
        ("````\n```\n$x$\n````\n$y$", [("inline", "y")]),
        ("$$a\n```\n$x$\n```\nb$$", []),
        ("```$x$``` $y$", [("inline", "y")]),
    ],
)
def test_formulas_are_found(text: str, formulas: list[tuple[str, str]]):
    assert found(text) == formulas


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10.",
        "from $5-$10",
        "US$5 and US$6",
        "$5/$10",
        "价格从$5到$10",
        "costs $5, or 10$ in all",
        "$ 5 and $ 6",
        "echo $HOME and $PATH",
        "$HOME/$PATH",
        r"\$x\$",
        r"a \$5 bill and \$x",
        "one $ alone",
        "$$ alone",
        "$$$",
        "$$$$",
        "$ $",
        "$x\n\ny$",
        "text $$ a\n\nb $$",
        r"\[a link\]",
        r"\\(x\\)",
        "```\n$x$",
        "$a `b$`",
    ],
)
def test_text_without_formulas_stays_text(text: str):
    assert found(text) == []


def test_spans_say_where_they_are():
    text = "a $x$ b $$y$$"
    assert split_mathematics(text) == [
        Span("text", "a ", 0, 2),
        Span("inline", "x", 2, 5),
        Span("text", " b ", 5, 8),
        Span("display", "y", 8, 13),
    ]


def test_an_empty_text_has_no_spans():
    assert split_mathematics("") == []


@given(st.lists(st.sampled_from([*"$`\\()[]ab1 \n~", "$$", "```", "\n\n", "\\$", "\\(", "\\)", "x^2"]), max_size=40))
def test_spans_tile_the_text(parts: list[str]):
    text = "".join(parts)
    spans = split_mathematics(text)
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(span.start < span.end for span in spans)
    assert all(span.content == text[span.start : span.end] for span in spans if span.kind == "text")
    assert all(span.content.strip() for span in spans if span.kind != "text")
    assert all(first.kind != "text" or second.kind != "text" for first, second in pairwise(spans))
