"""Questions as bullets: `- **question**` with the answer nested below, `* question` with none, `- [ ] question`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, questions, wording
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.emphasis import leading_bold, whole_bold
from cv_quiz.documents.evidence import asking, likeness
from cv_quiz.documents.inline_answers import with_inline_answers
from cv_quiz.documents.view import CAPTION_LEVEL, Candidate

if TYPE_CHECKING:
    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View


class Lists:
    """One marker; bullets whose words are bold are a group of their own."""

    markers = ("list",)
    prior = -0.05

    def find(self, view: View) -> list[Candidate]:
        """The bullets of the outermost lists; in an outline whose inner bullets ask, those instead."""
        found: list[Candidate] = []
        run: list[Block] = []
        for block in view.blocks:
            if block.kind is BlockKind.ITEM:
                run.append(block)
            elif block.kind is BlockKind.HEADING or not block.indent:
                found += _chosen(run)
                run = []
        return with_inline_answers(_by_habit([*found, *_chosen(run)]))


def _by_habit(found: list[Candidate]) -> list[Candidate]:
    """Where few bullets begin with a number, these are words of theirs: `- 301 and 302, what is the difference?`."""
    counts = Counter(one.group for one in found)
    if 4 * counts["list/numbered"] >= counts["list"]:
        return found
    return [replace(one, group="list", number=None) if one.group == "list/numbered" else one for one in found]


def _chosen(run: list[Block]) -> list[Candidate]:
    """The candidates of one list: its outermost bullets, or what they gather."""
    if not run:
        return []
    outer = min(block.indent for block in run)
    starts = [at for at, block in enumerate(run) if block.indent <= outer + 1]
    found: list[Candidate] = []
    for at, end in zip(starts, [*starts[1:], len(run)], strict=True):
        found += _unfolded(run[at:end])
    return found


def _unfolded(item: list[Block]) -> list[Candidate]:
    """A bullet, or the bullets inside it where it does not ask and they do; it is then their caption."""
    head = _candidate(item[0])
    if head is None:
        return []
    inner = _chosen(item[1:]) if len(item) > 2 and likeness(head) <= 0.5 else []
    asked = [one for one in inner if not one.group.endswith("/caption")]
    if len(asked) >= 2 and asking(asked) >= 0.7:
        level = CAPTION_LEVEL + item[0].indent
        return [replace(head, group="list/caption", level=level, body_end=item[-1].end), *inner]
    return [head]


def _candidate(block: Block) -> Candidate | None:
    if block.marker[:1].isalnum() or len(block.marker) > 1 or wording.is_todo(block.text):
        return None
    if whole := whole_bold(block.text):
        return Candidate("list", "list/bold", block.start, block.end, whole)
    if parts := leading_bold(block.text):
        return Candidate("list", "list/bold", block.start, block.end, parts[0], answer=parts[1])
    number = numbers.split_number(inline.bare(questions.without_checkbox(block.text[:300])))
    if number and number.style not in ("a.", "1 "):
        return Candidate("list", "list/numbered", block.start, block.end, block.text, number)
    return Candidate("list", "list", block.start, block.end, block.text)


LAYOUT = Lists()
