"""Questions as headings of one level: `## 什么是 RPN`, `### 1. How does NMS work?`, `#### 1) q [[src]](url)`.

Also `1. ### question`, a heading inside a list item, which some generators write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import numbers
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from cv_quiz.documents.view import View


class Headings:
    """Six markers, one for each level."""

    markers = tuple(f"heading{level}" for level in range(1, 7))
    prior = 0.06

    def find(self, view: View) -> list[Candidate]:
        """Every heading, as a candidate of its level."""
        return [
            Candidate(
                f"heading{block.level}", f"heading{block.level}", block.start, block.end, block.text,
                numbers.split_number(block.text), block.level,
            )
            for block in view.blocks
            if block.kind is BlockKind.HEADING
        ]  # fmt: skip


LAYOUT = Headings()
