"""Where the formulas of a Markdown text are: `$...$`, `$$...$$`, `\\(...\\)`, `\\[...\\]`.

Code spans and fenced code are left alone, an escaped dollar is a dollar, and prices are not mathematics. Every rule
looks at each character a bounded number of times, so the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

SpanKind: TypeAlias = Literal["text", "inline", "display"]

_TEX_MARKS = frozenset("\\^_{}=")
_SIGNS = frozenset("+*<>≤≥≈≠×·")
_DEEPEST_INDENT = 64
# Possessive, so that no input makes it go back: escapes, backticks (maybe escaped), dollars, empty lines.
_MARK = re.compile(r"\\[^`]|\\?`++|\$++|\n[ \t\r]*+\n")
_CLOSERS = {"\\(": "\\)", "\\[": "\\]"}
_BRACKETS = frozenset({"\\(", "\\)", "\\[", "\\]"})
_OPENERS = frozenset({"$", "$$", "\\(", "\\["})


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text: `content` is the TeX without its delimiters, or the text as it stands.

    `start` and `end` are its place in the whole text, delimiters included; the spans follow each other without a gap.
    """

    kind: SpanKind
    content: str
    start: int
    end: int


def split_mathematics(text: str) -> list[Span]:
    """The text cut into formulas and what stands between them."""
    formulas = [span for start, end in _outside_fences(text) for span in _formulas(text, start, end)]
    spans: list[Span] = []
    place = 0
    for span in formulas:
        if place < span.start:
            spans.append(Span("text", text[place : span.start], place, span.start))
        spans.append(span)
        place = span.end
    if place < len(text):
        spans.append(Span("text", text[place:], place, len(text)))
    return spans


def _outside_fences(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text before, between and after fenced code blocks."""
    begin, place, fence = 0, 0, ""
    for line in text.splitlines(keepends=True):
        mark = _fence_of(line)
        if not fence and mark:
            yield begin, place
            fence = mark
        elif fence and mark.startswith(fence) and not line.strip(" \t>\r\n").strip(fence[0]):
            fence, begin = "", place + len(line)
        place += len(line)
    if not fence:
        yield begin, len(text)


def _fence_of(line: str) -> str:
    """The run of three or more backticks or tildes that a line begins with, after quote marks and list indents."""
    bare = line.lstrip(" \t>")
    for sign in "`~":
        run = len(bare) - len(bare.lstrip(sign))
        if run >= 3 and (sign == "~" or "`" not in bare[run:]):
            return sign * run
    return ""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something that may begin or end a formula or a code span: its key says what, its place where.

    `closer` is the number of the next mark that could end it, `blank` that of the next empty line, `dollar` that of
    the next run of dollars; each is the number of marks where there is none.
    """

    key: str
    start: int
    end: int
    closer: int
    blank: int
    dollar: int


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    """The marks of a stretch of text in order, each with those that come after it."""
    keyed = [(key, place, stop) for match in _MARK.finditer(text, start, end) for key, place, stop in _keyed(match)]
    following: dict[str, int] = {}
    marks: list[_Mark] = []
    for number in range(len(keyed) - 1, -1, -1):
        key, place, stop = keyed[number]
        nearest = [following.get(wanted, len(keyed)) for wanted in (_CLOSERS.get(key, key), "\n", "any $")]
        marks.append(_Mark(key, place, stop, *nearest))
        following[key[1:] if key[:2] == "\\`" else key] = number
        if key[0] == "$":
            following["any $"] = number
    return marks[::-1]


def _keyed(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    found, place, stop = match.group(), match.start(), match.end()
    if found[0] == "\n":
        yield "\n", place, stop
    elif found[0] == "$":
        yield found[:3], place, stop
    elif found[-1] == "`" or found in _BRACKETS:
        yield found, place, stop


def _formulas(text: str, start: int, end: int) -> Iterator[Span]:
    """The formulas of a stretch of text without fenced code."""
    marks = _marks(text, start, end)
    number = 0
    while number < len(marks):
        mark = marks[number]
        span = _span(text, marks, mark)
        if span is None:
            code = mark.key[0] == "`" and mark.closer < min(mark.blank, len(marks))
            number = mark.closer + 1 if code else number + 1
            continue
        yield span
        number = mark.dollar if mark.key == "$" else mark.closer
        closer = marks[number]
        if closer.end > span.end:  # $a$$b$: the second dollar opens the next formula
            marks[number] = replace(closer, key="$", start=span.end, closer=closer.dollar)
        else:
            number += 1


def _span(text: str, marks: list[_Mark], mark: _Mark) -> Span | None:
    """The formula that begins at a mark, if one does."""
    if mark.key not in _OPENERS:
        return None
    number = mark.dollar if mark.key == "$" else mark.closer
    if number >= len(marks) or (mark.blank < number and not _begins_line(text, mark)):
        return None
    closer = marks[number]
    content = text[mark.end : closer.start]
    if not content.strip():
        return None
    if mark.key == "$":
        accepted = closer.key != "$$$" and _is_inline(
            content, text[mark.start - 1 : mark.start], text, closer.start + 1
        )
        return Span("inline", content, mark.start, closer.start + 1) if accepted else None
    if mark.key == "\\[" and not _has_signs(content):  # an escaped Markdown bracket
        return None
    return Span("inline" if mark.key == "\\(" else "display", content, mark.start, closer.end)


def _begins_line(text: str, mark: _Mark) -> bool:
    """Whether `$$` stands alone at the start of its line: only such a formula may contain empty lines."""
    if mark.key != "$$":
        return False
    before = text[max(mark.start - _DEEPEST_INDENT, 0) : mark.start]
    return not before.rpartition("\n")[2].strip(" \t>")


def _is_inline(content: str, before: str, text: str, end: int) -> bool:
    """Whether what stands between two single dollars is a formula, and not what stands between two prices."""
    if "`" in content or content[0].isspace() != content[-1].isspace():
        return False
    bare = content.strip()
    if bare != content:
        return _has_signs(bare) or (len(bare) <= 3 and bare.isalnum())
    if not _TEX_MARKS.isdisjoint(content):
        return True
    beside_digit = before.isdigit() or text[end : end + 1].isdigit()
    return not beside_digit and content[-1] not in "/:" and not (content[0].isdigit() and _has_words(content))


def _has_signs(content: str) -> bool:
    return not _TEX_MARKS.isdisjoint(content) or not _SIGNS.isdisjoint(content)


def _has_words(content: str) -> bool:
    """Whether it has two letters in a row, or Chinese, and no sign of mathematics."""
    if _has_signs(content):
        return False
    letters = [character.isalpha() for character in content]
    ideographs = any(character.isalpha() and ord(character) > 0x2E80 for character in content)
    return ideographs or any(a and b for a, b in pairwise(letters))
