"""Questions without any mark: a line of its own that ends in a question mark, the answer in the paragraphs below;
or a paragraph that begins with the question and goes on with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.questions import leading_question
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View


class Lines:
    """One marker; the weakest of all, for documents that have no other."""

    markers = ("lines",)
    prior = -0.12

    def find(self, view: View) -> list[Candidate]:
        """The paragraphs that open with a line that asks, or with a sentence that does and its answer behind it."""
        return [
            found
            for block in view.blocks
            if block.kind is BlockKind.PARAGRAPH and block.indent <= 3 and (found := _candidate(block))
        ]


def _candidate(block: Block) -> Candidate | None:
    if block.text[-1] in "?？" and len(block.text) <= 200:
        return Candidate("lines", "lines", block.start, block.start, block.text)
    parts = leading_question(block.text)
    if parts is None or len(parts[0]) > 160:
        return None
    return Candidate("lines", "lines/leading", block.start, block.start, parts[0], answer=parts[1])


LAYOUT = Lines()
