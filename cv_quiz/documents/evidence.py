"""What speaks for a group of candidates being the questions of a document.

For each group: how much its members read like questions, whether they are numbered in order, have a body, repeat
one another, and how much of the document lies below them. No single sign decides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.ranges import Ranges
    from cv_quiz.documents.view import Candidate, View


_SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class Evidence:
    """The signs for one group, each from 0 to 1, and the score made of them. `inside` is the share of members that lie
    below a heading that asks itself: those are parts of its answer."""

    count: int
    asks: float
    ordered: float
    bodied: float
    covers: float
    repeats: float
    inside: float
    prior: float

    @property
    def score(self) -> float:
        """From below 0 (surely not) to about 1 (surely)."""
        base = 0.45 * self.asks + 0.17 * self.ordered + 0.13 * self.bodied
        reach = 0.45 + 0.55 * min(1.0, self.covers / 0.4)  # signs in a small corner of the document count less
        few = 0.25 / self.count if self.count else 1.0
        against = 0.35 * self.repeats + 0.25 * self.inside + few
        return base * reach + 0.25 * self.covers + self.prior - against


@dataclass(frozen=True, slots=True)
class Ground:
    """What a group is measured against: the document, the lines of content in the regions looked at, and the line
    ranges below headings that ask."""

    view: View
    total: int
    asking: Ranges


def weigh(members: Sequence[Candidate], extents: Sequence[int], ground: Ground, prior: float) -> Evidence:
    """The evidence for the members of one group; `extents[i]` is the last line that would belong to member i."""
    count = len(members)
    content = ground.view.content
    pairs = list(zip(members, extents, strict=True))
    return Evidence(
        count,
        asking(members),
        _ordered(members),
        sum(bool(member.answer) or content(member.end + 1, end) > 0 for member, end in pairs) / count,
        min(1.0, sum(content(member.start, end) for member, end in pairs) / max(1, ground.total)),
        _repeats(members),
        sum(member.start in ground.asking for member in members) / count,
        prior,
    )


def asking(members: Sequence[Candidate]) -> float:
    """How much the members of a group ask on average; of a large group every n-th is looked at."""
    some = members[:: 1 + len(members) // _SAMPLE]
    return sum(map(likeness, some)) / len(some)


def is_counted(candidate: Candidate) -> bool:
    """Whether a candidate has a number of the kind that questions bear."""
    return candidate.number is not None and candidate.number.style not in ("a.", "第1章")


@lru_cache(maxsize=1 << 16)
def likeness(candidate: Candidate) -> float:
    """How much a candidate's words read like a question; its label `Q:` counts as a sign of its own."""
    words = inline.bare(words_of(candidate))
    if wording.is_label(words):
        return 0.05
    asks = wording.question_likeness(words)
    if candidate.marker == "list" and asks < 1 and not inline.without_links(candidate.text).strip():
        asks *= 0.5  # a list of links is further reading more often than a list of questions
    labelled = candidate.label == "question" or (
        candidate.number is not None and candidate.number.style in ("Q1", "第1题")
    )
    return max(asks, 0.8) if labelled else asks


def words_of(candidate: Candidate) -> str:
    """The words without the number in front of them."""
    number = candidate.number
    return number.rest if number and number.rest else candidate.text


def _ordered(members: Sequence[Candidate]) -> float:
    """The share whose number follows the one before it, or begins again at 1."""
    last: tuple[int, ...] = ()
    fit = 0
    for member in members:
        if member.number is None or not is_counted(member):
            continue
        values = member.number.values
        step = values[-1] - last[-1] if last and len(last) == len(values) else 0
        fit += values[-1] <= 1 or 0 <= step <= 2 or (len(last) != len(values) and bool(last))
        last = values
    return fit / len(members)


def _repeats(members: Sequence[Candidate]) -> float:
    """The share of members whose words occur at least three times: labels such as `示例`, not questions."""
    counts = Counter(words_of(member).strip().lower() for member in members if member.number is None and member.text)
    return sum(count for count in counts.values() if count >= 3) / len(members)
