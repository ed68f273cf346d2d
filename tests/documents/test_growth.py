"""The work grows with the document, not with its square: counted in calls, never in seconds."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from cv_quiz.documents import import_document, read_document
from cv_quiz.errors import DocumentError

HEAD = "# Notes\n\n## What is it?\n\nA body.\n\n"

# Each makes a document of about n repeated parts that could be read again and again.
SHAPES = {
    "headings": lambda n: "## What is x?\n\nb\n\n" * n,
    "deep headings": lambda n: "".join("#" * (1 + at % 6) + " What is it?\n" for at in range(n)),
    "paragraphs": lambda n: HEAD + "a line of text\n" * n,
    "bullets": lambda n: HEAD + "- a\n" * n,
    "deep bullets": lambda n: HEAD + "".join(" " * (at % 40) + "- a\n" for at in range(n)),
    "one number again and again": lambda n: "1. a\n" * n,
    "numbers that begin anew": lambda n: "".join(f"{1 + at % 7}. what?\n" for at in range(n)),
    "open fences": lambda n: HEAD + "```python\n\n" * n,
    "open fences of many lengths": lambda n: HEAD + "".join("`" * (3 + at % 30) + "x\n\n" for at in range(n)),
    "open formulas": lambda n: HEAD + "$$\na\n# b\n" * n,
    "open comments": lambda n: HEAD + "<!-- a\n\n" * n,
    "open tags": lambda n: HEAD + "<pre>\n\n" * n,
    "open foldings": lambda n: "<details><summary>What is a?</summary>\n" * n,
    "foldings": lambda n: "<details><summary>What is a?</summary>\nb\n</details>\n" * n,
    "bold lines": lambda n: "**What is a?**\n\nb\n\n" * n,
    "captions": lambda n: "**一、x**\n1. 什么？\n" * n,
    "labels": lambda n: "Q: what?\nA: b\n" * n,
    "rows": lambda n: HEAD + "| q | a |\n|---|---|\n" + "| what? | b |\n" * n,
    "contents": lambda n: "# Contents\n- a\n" * n,
    "anchors": lambda n: HEAD + "- [a](#b)\n" * n,
    "link lines": lambda n: HEAD + "[a](http://x.y)\n\n" * n,
    "link items": lambda n: HEAD + "- [a](http://x.y)\n" * n,
    "one question n times": lambda n: "# 什么？\n" * n,
    "answers above their question's level": lambda n: "### 什么？\n## 答案：x\n" * n,
    "indented code": lambda n: HEAD + "    x = 1\n\ntext\n\n" * n,
    "setext": lambda n: "What is a\n---\n" * n,
}

LINES = {
    "stars": "*", "dollars": "$", "brackets": "[", "links": "](", "images": "![", "backticks": "`", "underscores": "_a", "bold": "**a ",
    "signs": "<", "tags": "<a ", "addresses": "http://", "quotes": ">", "bars": "|", "numbers": "1.", "hashes": "#", "questions": "? ",
}  # fmt: skip


def calls(text: str) -> int:
    """How many functions, Python's and built in, are called to import a document."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    document = read_document(text.encode(), "notes.md")
    sys.setprofile(note)
    try:
        import_document(document)
    except DocumentError:
        pass  # a document without a question costs as much to read
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_document_is_four_times_the_work(shape: str) -> None:
    small, large = calls(SHAPES[shape](150)), calls(SHAPES[shape](600))
    assert large < 5 * small


# Ten megabytes take their time: without `--slow` it is one kind of line of so many.
ONE_OF = 4


def parts():
    return [
        pytest.param(part, marks=[pytest.mark.slow] if number % ONE_OF else []) for number, part in enumerate(LINES)
    ]


@pytest.mark.parametrize("part", parts())
def test_one_line_of_ten_megabytes_is_read(part: str) -> None:
    text = HEAD + LINES[part] * (10_000_000 // len(LINES[part])) + "\n\n## And what is that?\n\nAnother body.\n"
    deck = import_document(read_document(text.encode(), "notes.md")).deck
    assert [card.question for card in deck.cards] == ["What is it?", "And what is that?"]
    assert (
        len(deck.cards[0].answer) > 9_000_000 or part == "stars"
    )  # a line of stars is a rule, and parts two questions


def test_a_long_line_costs_no_more_calls_than_its_length_allows() -> None:
    short, long = ("?a[*" * size for size in (1000, 4000))
    assert calls(HEAD + long) < 5 * calls(HEAD + short)
