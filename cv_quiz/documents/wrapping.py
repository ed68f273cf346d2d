"""Questions that are wrapped onto the next line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.characters import is_han, width
from cv_quiz.documents.repair import join

if TYPE_CHECKING:
    from cv_quiz.documents.view import Candidate, View

_FULL = 56
_MOST = 3


def with_wrapped_lines(candidate: Candidate, end: int, view: View) -> Candidate:
    """The candidate with the lines right below that go on with its sentence."""
    if candidate.answer or candidate.body_end or candidate.marker.startswith(("heading", "bold", "details", "table")):
        return candidate
    for _ in range(_MOST):
        line = candidate.end + 1
        if line > end or not _goes_on(candidate.text, view, line):
            break
        candidate = replace(candidate, text=join(candidate.text, view.lines[line - 1].strip()), end=line)
    return candidate


def _goes_on(text: str, view: View, line: int) -> bool:
    """Whether the line below continues a long line that has no end: in lower case, or in Chinese up to a question mark."""
    below = view.lines[line - 1].strip()
    if not below or line in view.reasons or text.rstrip()[-1:] in "?？.。!！:：;；" or width(text[-400:]) < _FULL:
        return False
    blocks = view.within(line, line)
    if blocks and blocks[0].kind is not BlockKind.PARAGRAPH:
        return False
    return below[0].islower() or (is_han(below[0]) and below[-1] in "?？" and width(below) < _FULL)
