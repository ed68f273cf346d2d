"""Questions as headings of one level: `## 什么是 RPN`, `### 1. How does NMS work?`, `#### 1) q [[src]](url)`.

Also `1. ### question`, a heading inside a list item, which some generators write; and `## 面试题`, the question in the
text below it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, wording
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View


class Headings:
    """Six markers, one for each level."""

    markers = tuple(f"heading{level}" for level in range(1, 7))
    prior = 0.06

    def find(self, view: View) -> list[Candidate]:
        """Every heading, as a candidate of its level; those that say `题目` above each question are a group of their own."""
        found = [_candidate(block) for block in view.headings]
        answered = any(wording.answers_below(block.text) for block in view.headings)
        return [_asking_below(one) if answered and wording.asks_below(one.text) else one for one in found]


def _candidate(block: Block) -> Candidate:
    number = numbers.split_number(inline.strip_marks(block.text))
    marker = f"heading{block.level}"
    return Candidate(marker, marker, block.start, block.end, block.text, number, block.level)


def _asking_below(heading: Candidate) -> Candidate:
    return replace(heading, group=f"{heading.marker}/below", text="", number=None, label="question")


LAYOUT = Headings()
