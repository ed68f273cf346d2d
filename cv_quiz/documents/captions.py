"""Lines that head a section without being headings: `**Basics**`, `二、进阶篇`, right above a question."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from cv_quiz.documents.blocks import Block, BlockKind
from cv_quiz.documents.characters import width
from cv_quiz.documents.evidence import likeness
from cv_quiz.documents.outline import Node, plain_words
from cv_quiz.documents.view import CAPTION_LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.view import Candidate, View

_LONGEST = 60  # columns


def find_captions(
    candidates: Sequence[Candidate], questions: Sequence[Candidate], gathering: set[int], view: View
) -> list[Candidate]:
    """The candidates of other groups that stand right above a question and are captions of what follows.

    One such line may be the end of an answer; a caption is known to gather questions, or most of its group stand so.
    """
    starts = [question.start for question in questions]
    taken = set(starts)
    others = [c for c in candidates if c.start not in taken and _may_head(c)]
    above = _standing_above(others, starts, view)
    counts = Counter(c.group for c in others)
    hits = Counter(c.group for c in others if c.start in above)
    return [
        c
        for c in others
        if c.start in above
        and likeness(c) < 0.6
        and (c.start in gathering or hits[c.group] >= 0.5 * counts[c.group] or c.start < starts[0])
    ]


def _may_head(candidate: Candidate) -> bool:
    """A short bold line, a bullet that gathers others, or a line numbered the way chapters are."""
    if candidate.group.endswith("/caption"):
        return True
    if candidate.answer or width(candidate.text[:200]) > _LONGEST or candidate.text[-1:] in "。；;":
        return False
    chapter = candidate.number is not None and candidate.number.style in ("一、", "(一)")
    return candidate.marker == "bold" or (candidate.marker == "numbered" and chapter)


def _standing_above(candidates: Sequence[Candidate], starts: Sequence[int], view: View) -> set[int]:
    """The lines of the candidates right above a question, or right above another such line."""
    found: set[int] = set()
    lowest = view.last + 1
    for candidate in sorted(candidates, key=lambda one: -one.start):
        at = bisect_left(starts, candidate.end + 1)
        below = min(lowest, starts[at] if at < len(starts) else view.last + 1)
        if below <= view.last and view.content(candidate.end + 1, below - 1) == 0:
            found.add(candidate.start)
            lowest = candidate.start
    return found


def as_nodes(captions: Sequence[Candidate], headings: Sequence[Node], view: View) -> list[Node]:
    """Captions as headings below all others; each reaches to the next caption or heading."""
    starts = sorted([node.block.start for node in headings] + [caption.start for caption in captions])
    nodes = []
    for caption in captions:
        at = bisect_left(starts, caption.start + 1)
        end = caption.body_end or (starts[at] - 1 if at < len(starts) else view.last)
        text = (
            f"{caption.number.printed}. {caption.text}"
            if caption.number and caption.marker == "numbered"
            else caption.text
        )
        block = Block(BlockKind.HEADING, caption.start, caption.end, 0, text, caption.level or CAPTION_LEVEL)
        nodes.append(Node(block, plain_words(caption.text), end, end, ()))
    return nodes
