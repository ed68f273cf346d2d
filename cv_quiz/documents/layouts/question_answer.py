"""Questions under a label: `Q: … A: …`, `问：… 答：…`, `**Q1. …**` with `Ans:`, `**1)问：…`, `第3题 …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View


class QuestionAnswer:
    """One marker, whatever carries the label: a line, a bold line, a list item."""

    markers = ("qa",)
    prior = 0.05

    def find(self, view: View) -> list[Candidate]:
        """Every line that begins with a label for a question."""
        return [found for block in view.blocks if (found := _candidate(block))]


def _candidate(block: Block) -> Candidate | None:
    if (
        block.kind not in (BlockKind.LABEL, BlockKind.BOLD, BlockKind.ITEM)
        or block.marker == "answer"
        or len(block.text) > 2000
    ):
        return None
    link = _whole_link(block.text)
    words = inline.strip_marks((link.text if link else block.text).lstrip("[【(（"))
    number = numbers.split_number(words)
    text = number.rest if number and number.style in ("Q1", "第1题") else None
    if text is None:
        labelled = numbers.question_label(number.rest if number and number.style != "a." else words)
        if labelled is None:
            return None
        deeper = numbers.split_number(labelled)
        number = number or (deeper if deeper and deeper.style not in ("a.", "1 ") else None)
        text = deeper.rest if deeper is not None and deeper is number else labelled
    shown = f"[{text}]({link.target})" if link else _closed(text)
    return Candidate("qa", "qa", block.start, block.end, shown, _with_rest(number, text), label="question")


def _whole_link(text: str) -> inline.Link | None:
    """The link that is all there is in a line; `[Q1. What is X?](answers/1.md)`."""
    found = inline.links(text)
    alone = len(found) == 1 and found[0].text and not found[0].image and not inline.without_links(text).strip(" *_")
    return found[0] if alone else None


def _closed(text: str) -> str:
    """The words without the mark that closed the emphasis around label and question."""
    return inline.strip_marks(text) if text.count("**") % 2 else text


def _with_rest(number: numbers.Number | None, text: str) -> numbers.Number | None:
    return numbers.Number(number.printed, number.values, number.style, text) if number else None


LAYOUT = QuestionAnswer()
