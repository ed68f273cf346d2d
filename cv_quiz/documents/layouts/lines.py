"""Questions without any mark: a line of its own that ends in a question mark, the answer in the paragraphs below;
a paragraph that begins with the question and goes on with the answer; or indented lines of one question each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.characters import width
from cv_quiz.documents.evidence import asking
from cv_quiz.documents.questions import leading_question
from cv_quiz.documents.view import FORCED_ONLY, INDENTED_LINES, Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View

_LONGEST = 120  # columns of an indented line; a longer one is a paragraph
_FEWEST = 8
_ASKS = 0.4


class Lines:
    """One marker; the weakest of all, for documents that have no other."""

    markers = ("lines",)
    prior = -0.12

    def find(self, view: View) -> list[Candidate]:
        """The paragraphs that open with a line that asks, or with a sentence that does and its answer behind it; and
        indented lines, which are questions only where they are many and ask, or where the user says so."""
        found: list[Candidate] = []
        indented: list[Candidate] = []
        in_list = False
        for block in view.blocks:
            if block.kind is BlockKind.PARAGRAPH and block.indent <= 3:
                found += [candidate] if (candidate := _candidate(block)) else []
            elif block.kind is BlockKind.PARAGRAPH and not in_list:
                indented += _indented(block, view)
            in_list = block.kind is BlockKind.ITEM or (in_list and block.indent > 0)
        return [*found, *_judged(indented)]


def _indented(block: Block, view: View) -> list[Candidate]:
    """The lines of an indented paragraph, if they are so short and end so seldom like a part of a text that each of them
    stands for itself; `【…】` alone is what the lines below it are about."""
    numbers = [n for n in range(block.start, block.end + 1) if n not in view.reasons]
    texts = [view.lines[number - 1].strip() for number in numbers]
    flowing = sum(text[-1] in "。，,；;：:" or width(text[: 2 * _LONGEST]) > _LONGEST for text in texts)
    if 4 * flowing > len(texts):
        return []
    return [
        Candidate("lines", "lines/caption", number, number, text[1:-1])
        if _is_caption(text)
        else Candidate("lines", INDENTED_LINES, number, number, text, body_end=number)
        for number, text in zip(numbers, texts, strict=True)
    ]


def _is_caption(text: str) -> bool:
    return len(text) > 2 and any(
        text[0] == opening and text.find(closing) == len(text) - 1 for opening, closing in ("【】", "[]")
    )


def _judged(indented: Sequence[Candidate]) -> list[Candidate]:
    """Few lines, or such as do not ask, are indented prose: they are questions only where the user says so."""
    lines = [candidate for candidate in indented if candidate.group == INDENTED_LINES]
    if len(lines) >= _FEWEST and asking(lines) >= _ASKS:
        return list(indented)
    return [replace(candidate, group=INDENTED_LINES + FORCED_ONLY) for candidate in lines]


def _candidate(block: Block) -> Candidate | None:
    if block.text[-1] in "?？" and len(block.text) <= 200:
        return Candidate("lines", "lines", block.start, block.start, block.text)
    parts = leading_question(block.text)
    if parts is None or len(parts[0]) > 160:
        return None
    return Candidate("lines", "lines/leading", block.start, block.start, parts[0], answer=parts[1])


LAYOUT = Lines()
