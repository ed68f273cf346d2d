"""Headings of a deeper level that count on where the questions stop: `## 5. …`, then `### 6. …`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cv_quiz.documents.evidence import is_counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.view import Candidate

_FEWEST = 3
_MOST = 0.6


def find_continuing(candidates: Sequence[Candidate], asked: Sequence[Candidate]) -> list[Candidate]:
    """The deeper headings whose numbers go on from the question before them, where the next question does not.

    Only where most questions are numbered headings of one style. A heading that does not count on closes the way for
    those behind it up to the next question: `### 1.`, `### 2.` are the parts of an answer, whatever number they reach.
    Once one counted on, the headings of other levels or styles below it do not matter.
    """
    style = _style(asked)
    if not style:
        return []
    questions = {question.start for question in asked}
    used = {_value(question) for question in asked}
    found: list[Candidate] = []
    last, level, is_open = 0, 0, False
    for heading in candidates:
        if heading.start in questions:
            last, level, is_open = _value(heading), 0, _counts(heading, style)
        elif is_open and _counts(heading, style) and heading.level > asked[0].level and level in (0, heading.level):
            is_open = _value(heading) == last + 1 and _value(heading) not in used
            if is_open:
                last, level = _value(heading), heading.level
                found.append(heading)
    return found


def _style(asked: Sequence[Candidate]) -> str:
    """The style of the numbers, where the questions are headings of one level and most bear a single number; else ""."""
    if not asked or not all(question.marker == asked[0].marker for question in asked):
        return ""
    styles = Counter(
        question.number.style
        for question in asked
        if question.number is not None and _counts(question, question.number.style)
    )
    style, often = styles.most_common(1)[0] if styles else ("", 0)
    return style if often >= max(_FEWEST, _MOST * len(asked)) else ""


def _counts(candidate: Candidate, style: str) -> bool:
    number = candidate.number
    heading = candidate.marker.startswith("heading")
    return (
        heading and number is not None and is_counted(candidate) and number.style == style and len(number.values) == 1
    )


def _value(candidate: Candidate) -> int:
    return candidate.number.values[-1] if candidate.number else 0
