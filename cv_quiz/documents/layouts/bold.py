"""Questions as bold lines: `**13 why max pooling**`, `**What is supervised learning? 👶**`, `**Q?** answer` on one line.

Numbered and plain bold lines are two groups: where the questions are numbered, plain bold lines are labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.emphasis import leading_bold
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View


class Bold:
    """One marker; lines that are bold as a whole, and paragraphs that begin with a bold question."""

    markers = ("bold",)
    prior = 0.0

    def find(self, view: View) -> list[Candidate]:
        """Bold lines outside of lists."""
        return [found for block in view.blocks if block.indent <= 3 and (found := _candidate(block))]


def _candidate(block: Block) -> Candidate | None:
    if block.kind is BlockKind.BOLD:
        number = _number(block.text)
        group = "bold/numbered" if number else "bold"
        return Candidate("bold", group, block.start, block.end, block.text, number)
    if block.kind is BlockKind.PARAGRAPH and (parts := leading_bold(block.text)):
        number = _number(parts[0])
        group = "bold/leading/numbered" if number else "bold/leading"
        question, answer = parts if not number or number.rest else (f"{parts[0]} {parts[1]}", "")
        return Candidate("bold", group, block.start, block.start, question, _number(question), answer=answer)
    return None


def _number(text: str) -> numbers.Number | None:
    number = numbers.split_number(inline.strip_marks(text))
    return number if number and number.style not in ("a.", "第1章") else None


LAYOUT = Bold()
