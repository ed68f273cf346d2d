"""What a decision leaves unread: lines that read like questions too, and the marker that would take them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.documents.contents import entry_words
from cv_quiz.documents.evidence import likeness
from cv_quiz.documents.view import FORCED_ONLY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from cv_quiz.documents.view import Candidate, View

_CLEARLY = 0.84  # a question mark or a question word; an order such as `Compute the mean` may be a step of an answer
_FEWEST = 3
_SHARE = 0.1
_COST = 0.8
_REGISTER = 8


@dataclass(frozen=True, slots=True)
class Unread:
    """How many more questions each marker would take, the most first, and the share they are of all there would be."""

    markers: tuple[tuple[str, int], ...] = ()
    share: float = 0.0

    def lowered(self, certainty: float) -> float:
        """How sure one can be of a marker that leaves so much where it is."""
        return round(certainty * (1 - _COST * self.share), 2)


NOTHING_UNREAD = Unread()


def find_unread(
    candidates: Sequence[Candidate], asked: Sequence[Candidate], sections: AbstractSet[int], view: View
) -> Unread:
    """The question-like candidates that are neither asked nor the headings of sections, nor a second mention of either.

    A few lines beside many questions are no sign of a wrong marker, and are not told.
    """
    starts = [question.start for question in asked]
    words = {entry_words(question.text[:300]) for question in asked}
    lines: dict[str, set[int]] = {}
    for candidate in candidates:
        if candidate.start in sections or candidate.group.endswith("/caption") or not _may_ask(candidate):
            continue
        above = asked[at - 1] if (at := bisect_right(starts, candidate.start)) else None
        if not (above and _belongs(candidate, above, view)) and entry_words(candidate.text[:300]) not in words:
            lines.setdefault(candidate.marker, set()).add(candidate.start)
    if len(rows := _register(candidates)) >= max(_REGISTER, 2 * len(asked)):
        lines["table"] = lines.get("table", set()) | rows
    enough = max(_FEWEST, _SHARE * len(asked))
    told = {marker: found for marker, found in lines.items() if len(found) >= enough}
    count = len(set().union(*told.values()))
    ordered = sorted(((marker, len(found)) for marker, found in told.items()), key=lambda pair: (-pair[1], pair[0]))
    return Unread(tuple(ordered), count / (count + len(asked)) if count else 0.0)


def _register(candidates: Sequence[Candidate]) -> set[int]:
    """The rows of numbered tables in which no column is known to ask."""
    quiet = [
        candidate for candidate in candidates if candidate.marker == "table" and candidate.group.endswith(FORCED_ONLY)
    ]
    return {row.start for row in quiet if row.number is not None and row.number.style == "table"}


def _belongs(candidate: Candidate, question: Candidate, view: View) -> bool:
    """Whether a line is a question's own, or the first below it: below a topic that is the question about it."""
    if candidate.start <= question.end:
        return True
    return candidate.marker == "lines" and view.content(question.end + 1, candidate.start - 1) == 0


def _may_ask(candidate: Candidate) -> bool:
    """Whether a candidate asks by its words, or is a row of a table that looks like a register of questions."""
    return likeness(candidate) >= _CLEARLY or candidate.label == "question"
