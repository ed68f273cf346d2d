"""What an import has to say about itself: how sure it is, what it left where it was, what is still to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.ranges import Ranges
from cv_quiz.documents.wording import question_likeness
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from cv_quiz.documents.decision import Decision, Question
    from cv_quiz.documents.view import View
    from cv_quiz.model import Card

_SURE = 0.75
_SHOWN = 5


def notes_on(view: View, decision: Decision, questions: Sequence[Question], cards: Sequence[Card]) -> Iterable[Text]:
    """Everything the user should know about an import, most important first."""
    if decision.certainty < _SURE and not decision.forced:
        others = RIVALS.format(rivals=", ".join(decision.rivals)) if decision.rivals else Text("", "")
        yield UNSURE.format(marker=decision.marker, percent=round(100 * decision.certainty), others=others)
    if decision.unread.markers:
        counts = ", ".join(f"{count} (--marker {marker})" for marker, count in decision.unread.markers)
        yield UNREAD.format(counts=counts)
    if unmarked := _unmarked(view, questions, {line for card in cards for line in card.question.splitlines()}):
        shown = ", ".join(map(str, unmarked[:_SHOWN])) + (" …" if len(unmarked) > _SHOWN else "")
        yield UNMARKED.format(count=len(unmarked), lines=shown)
    drafts = sum(card.draft for card in cards)
    if drafts:
        yield DRAFTS.format(count=drafts, total=len(cards))


def _unmarked(view: View, questions: Sequence[Question], asked: Container[str]) -> list[int]:
    """The lines inside answers that are paragraphs of one question each: the document does not mark them as its own."""
    answers = Ranges((question.candidate.end + 1, question.end) for question in questions)
    return [
        block.start
        for block in view.blocks
        if block.kind is BlockKind.PARAGRAPH
        and block.start == block.end
        and block.start in answers
        and len(block.text) <= 80
        and block.text.rstrip() not in asked
        and question_likeness(block.text) == 1
    ]


UNSURE = Text("认为问题的标记是 {marker}（把握 {percent}%）{others}。不对的话用 --marker 指定。",
              "took {marker} for the mark of a question ({percent} % sure){others}. --marker overrides it.")  # fmt: skip
RIVALS = Text("；也可能是 {rivals}", "; it could also be {rivals}")
UNREAD = Text("还有别的行读起来像问题，没有单独成卡：{counts}。",
              "other lines read like questions too and were not made cards: {counts}.")  # fmt: skip
UNMARKED = Text("答案里有 {count} 行读起来像另一个问题，但没有标记，留在原处（行 {lines}）。",
                "inside answers, questions that bear no mark stay where they are: {count} (line {lines}).")  # fmt: skip
DRAFTS = Text(
    "{total} 个问题中有 {count} 个还没有答案，已记为草稿。",
    "{count} of {total} questions have no answer yet; they are drafts.",
)
