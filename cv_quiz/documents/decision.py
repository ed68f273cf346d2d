"""Which candidates are the questions: one group for the whole document, then the parts it does not reach."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.documents import wording
from cv_quiz.documents.captions import as_nodes, find_captions
from cv_quiz.documents.continuing import find_continuing
from cv_quiz.documents.evidence import Evidence, Ground, asking, weigh
from cv_quiz.documents.layouts import LAYOUTS
from cv_quiz.documents.membership import Membership, by_group
from cv_quiz.documents.outline import Node, read_outline
from cv_quiz.documents.ranges import Ranges, outermost
from cv_quiz.documents.unread import NOTHING_UNREAD, Unread, find_unread
from cv_quiz.documents.view import FORCED_ONLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.view import Candidate, View

MARKERS: tuple[str, ...] = tuple(marker for layout in LAYOUTS for marker in layout.markers)

_ENOUGH = 0.26
_ENOUGH_LATER = 0.45
_ENOUGH_BESIDE = 0.6
_OUTNUMBERED = 0.25  # what it costs a group that another one, which asks, is ten times as large
_ROUNDS = 4
_LISTS = ("numbered", "qa", "list", "table")
_FEWEST_LISTED = 5
_ENOUGH_LISTED = 0.85


@dataclass(frozen=True, slots=True)
class Question:
    """A chosen candidate with the last line of its answer; `numbered` says that its kind is numbered in this document."""

    candidate: Candidate
    end: int
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The questions in order, the marker that was chosen, how sure that is (0..1), the markers that came near, the
    headings (with the lines that serve as such), and what else reads like a question."""

    questions: tuple[Question, ...]
    marker: str
    certainty: float
    rivals: tuple[str, ...]
    nodes: tuple[Node, ...]
    forced: bool = False
    unread: Unread = NOTHING_UNREAD


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    members: tuple[Candidate, ...]
    extents: tuple[int, ...]
    evidence: Evidence

    @property
    def marker(self) -> str:
        return self.members[0].marker


def decide(view: View, forced: str | None = None) -> Decision:
    """The questions of a document; where there are none, `questions` is empty and the certainty 0."""
    return _Decider(view, forced).decide()


class _Decider:
    """Chooses group after group: the first for the whole document, further ones for the parts without a question."""

    def __init__(self, view: View, forced: str | None) -> None:
        self.view = view
        self.forced = forced
        self.nodes = read_outline(view)
        self.heading_lines = [node.block.start for node in self.nodes]
        self.apart = outermost((node.block.start, node.end) for node in self.nodes if node.apart)
        found = [(layout.prior, candidate) for layout in LAYOUTS for candidate in layout.find(view)]
        self.priors = {candidate.group: prior for prior, candidate in found}
        self.found = sorted((c for _, c in found if c.start not in self.apart), key=lambda candidate: candidate.start)
        self.candidates = [c for c in self.found if forced or not c.group.endswith(FORCED_ONLY)]
        self.starts = [candidate.start for candidate in self.candidates]
        self.membership = Membership(view, self.nodes, self.candidates, forced)
        self.questions: list[Question] = []
        self.first: Evidence | None = None

    def decide(self) -> Decision:
        marker, certainty, rivals = self.forced or "", 0.0, tuple[str, ...]()
        regions = Ranges([(1, self.view.last)])
        for turn in range(1 if self.forced else _ROUNDS):
            groups = self.weigh(regions)
            if not groups or not (self.forced or _is_enough(groups[0].evidence, later=turn > 0)):
                break
            if turn and _clearly_asks(self.first) and groups[0].evidence.asks < _ENOUGH_BESIDE:
                break
            if turn == 0:
                self.first = groups[0].evidence
                marker, (certainty, rivals) = groups[0].marker, _certainty(groups)
            self.take(groups)
            regions = self.uncovered()
        if not self.forced:
            self.continue_counting()
        nodes = self.with_captions()
        if self.forced or not self.questions:
            return Decision(tuple(self.questions), marker, certainty, rivals, nodes, self.forced is not None)
        captions = {node.block.start for node in nodes} - set(self.heading_lines)
        asked = [question.candidate for question in self.questions]
        unread = find_unread(self.found, asked, self.membership.sections | captions, self.view)
        return Decision(tuple(self.questions), marker, unread.lowered(certainty), rivals, nodes, unread=unread)

    def continue_counting(self) -> None:
        """Makes questions of the deeper headings that count on; each reaches as far as a question before it would."""
        asked = [question.candidate for question in self.questions]
        more = [
            (heading, replace(heading, level=asked[0].level)) for heading in find_continuing(self.candidates, asked)
        ]
        self.questions += [Question(heading, self.next_heading(ranked) - 1, numbered=True) for heading, ranked in more]
        self.in_order()

    def take(self, groups: Sequence[_Group]) -> None:
        """Makes questions of the best group; a forced marker may have several groups, and all are taken."""
        for group in groups if self.forced else groups[:1]:
            numbered = 2 * sum(c.number is not None for c in group.members) >= len(group.members)
            self.questions += [Question(c, end, numbered) for c, end in zip(group.members, group.extents, strict=True)]
        self.in_order()

    def in_order(self) -> None:
        """Sorts the questions by line; an answer ends where the next question begins."""
        self.questions.sort(key=lambda question: question.candidate.start)
        starts = [question.candidate.start for question in self.questions[1:]]
        self.questions[:-1] = [
            replace(one, end=min(one.end, following - 1))
            for one, following in zip(self.questions, starts, strict=False)
        ]

    def weigh(self, regions: Ranges) -> list[_Group]:
        """The groups within some regions, the most likely first."""
        total = sum(self.view.content(start, end) for start, end in regions.ranges)
        ground = Ground(self.view, total, self.membership.asking)
        asked = [question.candidate.start for question in self.questions]
        groups = []
        for name, candidates in by_group(c for c in self.candidates if c.start in regions).items():
            if members := self.membership.members(candidates, regions, asked):
                extents = self.extents(members, regions)
                weighed = weigh(members, extents, ground, self.priors[name])
                groups.append(_Group(name, tuple(members), tuple(extents), weighed))
        crowd = max((one.evidence.count for one in groups if _is_clear(one.evidence)), default=0)
        return sorted(
            groups, key=lambda group: _OUTNUMBERED * (10 * group.evidence.count <= crowd) - group.evidence.score
        )

    def extents(self, members: Sequence[Candidate], regions: Ranges) -> list[int]:
        """The last line that belongs to each member: up to the next one, the next section or the region's end."""
        ends = []
        for index, candidate in enumerate(members):
            following = members[index + 1].start if index + 1 < len(members) else self.view.last + 1
            end = min(following - 1, regions.end(candidate.start), self.next_heading(candidate) - 1)
            ends.append(max(min(end, candidate.body_end or end), candidate.end))
        return ends

    def next_heading(self, candidate: Candidate) -> int:
        """The line of the next heading that ends a candidate's answer."""
        own = candidate.level if candidate.marker.startswith("heading") else 0
        at = bisect_right(self.heading_lines, candidate.start)
        above = own or (self.nodes[at - 1].block.level if at else 0)
        for index in range(at, len(self.nodes)):
            node = self.nodes[index]
            if node.block.start in self.membership.parts:
                continue
            if node.block.level <= above or (not own and not wording.is_label(node.words)):
                return node.block.start
        return self.view.last + 1

    def uncovered(self) -> Ranges:
        """The largest parts below a heading that hold no question yet, and introductions that are lists of questions."""
        starts = [question.candidate.start for question in self.questions]
        regions: list[tuple[int, int]] = []
        covered = 0
        head = self.heading_lines[0] - 1 if self.heading_lines else 0
        if starts[:1] > [head] and self.is_question_list(1, head):
            regions.append((1, head))
        for node in self.nodes:
            first, last = node.block.start, node.end
            if first <= covered or first in self.apart:
                continue
            before = bisect_left(starts, first)
            if before and self.questions[before - 1].end >= first:
                continue
            if before < len(starts) and starts[before] <= last:
                last = min(node.direct_end, starts[before] - 1)
                if starts[before] == first or not self.is_question_list(first + 1, last):
                    continue
            regions.append((first, last))
            covered = last
        return Ranges(regions)

    def is_question_list(self, first: int, last: int) -> bool:
        """Whether the lines before the first question of a section are themselves a list of questions."""
        inside = by_group(self.candidates[bisect_left(self.starts, first) : bisect_right(self.starts, last)])
        lists = [
            members for members in inside.values() if members[0].marker in _LISTS and len(members) >= _FEWEST_LISTED
        ]
        return any(
            asking(members) >= _ENOUGH_LISTED
            and 2 * sum(one.end - one.start + 1 for one in members) >= self.view.content(first, last)
            for members in lists
        )

    def with_captions(self) -> tuple[Node, ...]:
        """The headings and the lines that serve as such; the latter are cut off the answers they stood at the end of."""
        if not self.questions or self.forced:
            return tuple(self.nodes)
        asked = [question.candidate for question in self.questions]
        captions = find_captions(self.candidates, asked, self.membership.sections, self.view)
        lines = sorted(caption.start for caption in captions)
        for index, question in enumerate(self.questions):
            at = bisect_right(lines, question.candidate.end)
            if at < len(lines) and lines[at] <= question.end:
                self.questions[index] = replace(question, end=lines[at] - 1)
        nodes = [*self.nodes, *as_nodes(captions, self.nodes, self.view)]
        return tuple(sorted(nodes, key=lambda node: node.block.start))


def _is_clear(weighed: Evidence) -> bool:
    """Whether a group asks by itself, and not inside the answers of another."""
    return weighed.asks >= 0.7 and weighed.inside < 0.5


def _clearly_asks(weighed: Evidence | None) -> bool:
    return weighed is not None and weighed.asks >= 0.7


def _is_enough(weighed: Evidence, *, later: bool) -> bool:
    if later:
        return weighed.score >= _ENOUGH_LATER or (weighed.asks >= 0.65 and weighed.score >= 0.3)
    return weighed.score >= _ENOUGH or (weighed.asks >= 0.6 and weighed.score >= 0.2)


def _certainty(groups: Sequence[_Group]) -> tuple[float, tuple[str, ...]]:
    """How sure the first group is, and the markers of those that came near it."""
    best = groups[0].evidence
    others = [group for group in groups[1:] if group.marker != groups[0].marker]
    margin = best.score - max((group.evidence.score for group in others), default=0.0)
    certainty = min(1.0, max(0.0, 0.6 * best.score / 0.75 + 0.4 * min(1.0, margin / 0.25)))
    if best.asks < 0.4 and best.ordered < 0.6:  # nothing asks, nothing counts: these may be any headings or lines
        certainty *= 0.6
    elif best.asks < 0.4:
        certainty *= 0.85
    near = tuple(dict.fromkeys(group.marker for group in others if group.evidence.score > best.score - 0.15))
    return round(certainty, 2), near
