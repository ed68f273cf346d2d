"""Which candidates may be questions at all: no titles, no sections, no labels, no parts of answers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, wording
from cv_quiz.documents.evidence import asking, is_counted, likeness, words_of
from cv_quiz.documents.outline import plain_words, section_indices
from cv_quiz.documents.ranges import Ranges, outermost
from cv_quiz.documents.view import INDENTED_LINES
from cv_quiz.documents.wording import question_likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cv_quiz.documents.outline import Node
    from cv_quiz.documents.view import Candidate, View

_ASKS = 0.15
_ASKS_LATER = 0.6
_ASKS_ALONE = 0.75
_OFTEN = 3
_MOSTLY = 0.65
_WHOLE_DOCUMENT = 20
_STATEMENT, _TOPIC, _CLEAR = 0.04, 0.12, 0.45


class Membership:
    """Sorts out candidates, for one document. `sections` and `parts` hold first lines: of headings and lines that
    only gather questions, and of headings that are parts of answers whatever their level."""

    def __init__(self, view: View, nodes: Sequence[Node], candidates: Sequence[Candidate], forced: str | None) -> None:
        self.view = view
        self.nodes = nodes
        self.candidates = candidates
        self.forced = forced
        self.parts = _answer_headings(nodes)
        self.parents = {node.block.start: node.parent for node in nodes}
        levels = Counter(node.block.level for node in nodes)
        self.title = nodes[0].block.start if nodes and levels[nodes[0].block.level] == 1 and len(candidates) > 1 else 0
        self.sections = self._sections()
        self.asking = self._asking()

    def _asking(self) -> Ranges:
        """What lies below the headings that ask and are no sections."""
        return outermost(
            (node.block.end + 1, node.end)
            for node in self.nodes
            if node.block.start not in self.sections
            and node.block.start != self.title
            and question_likeness(node.words) >= 0.8
        )

    def _sections(self) -> set[int]:
        """With a forced heading every heading of that level is a question."""
        if self.forced and self.forced.startswith("heading"):
            return set()
        inner = [c for members in self._able_groups() for c in members]
        inner.sort(key=lambda candidate: candidate.start)
        headings = {self.nodes[index].block.start for index in section_indices(self.nodes, inner, self.view)}
        return headings | self._lone_headings() | self._gathering_lines(inner)

    def _lone_headings(self) -> set[int]:
        """A heading that is no title, alone on its level, with a whole document below it."""
        levels = Counter((node.parent, node.block.level) for node in self.nodes)
        ends = [node.block.start for node in self.nodes]
        return {
            node.block.start
            for index, node in enumerate(self.nodes)
            if index
            and levels[node.parent, node.block.level] == 1
            and bisect_right(ends, node.end) - index > _WHOLE_DOCUMENT
        }

    def _able_groups(self) -> Iterable[Sequence[Candidate]]:
        """The groups other than headings that ask enough to make the headings above them sections."""
        quiet = sum(question_likeness(node.words) for node in self.nodes) < 0.36 * len(self.nodes)
        inner = (c for c in self.candidates if not c.marker.startswith("heading") and not c.group.endswith("/caption"))
        for members in by_group(inner).values():
            if len(members) >= 2 and asking(members) >= _needed(members, len(self.nodes), quiet=quiet):
                yield members
            elif members[0].marker in ("numbered", "list"):
                yield from filter(_asks_alone, self._by_heading(members))

    def _by_heading(self, members: Sequence[Candidate]) -> Iterable[Sequence[Candidate]]:
        """The members of a group below each heading."""
        starts = [node.block.start for node in self.nodes]
        below: dict[int, list[Candidate]] = {}
        for member in members:
            below.setdefault(bisect_right(starts, member.start), []).append(member)
        return below.values()

    def _gathering_lines(self, inner: Sequence[Candidate]) -> set[int]:
        """Lines such as `**Basics**` right below which questions marked in another way begin."""
        sizes = Counter(candidate.group for candidate in inner)
        starts = [candidate.start for candidate in inner]
        found: set[int] = set()
        for candidate in self.candidates:
            if candidate.marker != "bold" or candidate.answer or likeness(candidate) >= 0.6:
                continue
            at = bisect_right(starts, candidate.start)
            below = [c for c in inner[at : at + 2] if c.group != candidate.group and sizes[c.group] >= _OFTEN]
            if len(below) == 2 and self.view.content(candidate.end + 1, below[0].start - 1) <= 2:
                found.add(candidate.start)
        return found

    def members(self, candidates: Sequence[Candidate], regions: Ranges, asked: Sequence[int]) -> list[Candidate]:
        """The candidates of one group that may be questions; `asked` are the lines of the questions found so far."""
        marker = candidates[0].marker
        if candidates[0].group.endswith("/caption"):
            return []
        if self.forced:
            return list(candidates) if marker == self.forced else []
        if marker.startswith("heading"):
            fitting = [
                c for c in candidates if self._heading_fits(c) and (not asked or self._also_asks(c, regions, asked))
            ]
            return self._without_unnumbered(fitting)
        chosen = self._without_strays(candidates) if marker in ("bold", "list", "lines") else list(candidates)
        chosen = self._without_link_lists([c for c in chosen if c.start not in self.sections])
        return chosen if chosen and asking(chosen) >= (_ASKS_LATER if asked else _ASKS) else []

    def _without_strays(self, members: Sequence[Candidate]) -> list[Candidate]:
        """The members of a group of lines without those of another kind: labels, and statements among questions.

        Below a heading where most ask, the others do too, whatever their words; so they do in a document of nothing but
        lists, most of which ask.
        """
        numbered = [member for member in members if member.number is not None]
        if len(numbered) >= 0.8 * len(members):
            return numbered
        mostly = sum(likeness(member) >= 0.7 for member in members) >= 0.6 * len(members)
        bare = self._is_bare(members)
        usual = _CLEAR if mostly and not bare else _TOPIC
        needed = 0.3 if bare and asking(members) >= 0.5 else 0.5 if mostly else _ASKS_LATER
        kept = []
        for below in self._by_heading(members):
            together = _is_list(members) and len(below) >= 2 and asking(below) >= needed
            floor = _STATEMENT if together else usual
            kept += [member for member in below if likeness(member) >= floor and not wording.is_label(words_of(member))]
        return kept

    def _is_bare(self, members: Sequence[Candidate]) -> bool:
        """Whether the lines of a group stand below one another, with hardly anything between them."""
        between = sum(self.view.content(one.end + 1, other.start - 1) for one, other in pairwise(members))
        return _is_list(members) and between < 0.5 * len(members) and not any(member.answer for member in members)

    def _without_link_lists(self, members: list[Candidate]) -> list[Candidate]:
        """Where a group asks, without the sections of it that ask nothing and are nothing but links."""
        if not members or asking(members) < 0.5:
            return members
        listed = [below for below in self._by_heading(members) if asking(below) < 0.5 and all(map(_only_links, below))]
        away = {member.start for below in listed if len(below) >= _OFTEN for member in below}
        kept = [member for member in members if member.start not in away]
        return kept if len(kept) >= 2 * _OFTEN and asking(kept) >= 0.8 else members

    def _heading_fits(self, candidate: Candidate) -> bool:
        if candidate.start in self.sections or candidate.start in self.parts:
            return False
        if candidate.start == self.title and likeness(candidate) < 0.8:
            return False
        if candidate.start in self.asking and likeness(candidate) < 0.5:
            return False
        words = plain_words(candidate.text)
        if wording.names_collection(words) and candidate.number is None:
            return False
        return not wording.is_opening(words) and (candidate.number is not None or not wording.is_label(words))

    def _also_asks(self, candidate: Candidate, regions: Ranges, asked: Sequence[int]) -> bool:
        """A heading beside sections that have questions must be numbered or ask, and not stand before or behind all."""
        if candidate.start not in regions.starts:
            return True
        asks = likeness(candidate)
        if is_counted(candidate):
            return asks >= 0.5
        return asks >= 0.8 and asked[0] < candidate.start < asked[-1]

    def _without_unnumbered(self, headings: list[Candidate]) -> list[Candidate]:
        """Where nearly every heading is numbered, one that is not and does not ask is a part of the answer above it; in
        a section that has no numbered heading it is a section, if it holds no more than pictures."""
        labelled = [c for c in headings if _is_labelled(c)]
        if len(labelled) >= _OFTEN and len(labelled) >= _MOSTLY * len(headings):
            return labelled
        numbered = sum(map(is_counted, headings))
        if numbered < 5 or numbered < _MOSTLY * len(headings):
            return headings
        counted = {self.parents[c.start] for c in headings if is_counted(c)}
        quiet = {c.start for c in headings if not is_counted(c) and likeness(c) < 0.5}
        parts = {start for start in quiet if self.parents[start] in counted}
        pictures = {node.block.start for node in self.nodes if node.block.start in quiet and self._only_pictures(node)}
        self.parts |= parts
        return [c for c in headings if c.start not in parts | pictures]

    def _only_pictures(self, node: Node) -> bool:
        below = [
            self.view.lines[line - 1] for line in range(node.block.end + 1, min(node.end, node.block.end + 20) + 1)
        ]
        return any("](" in line for line in below) and not any(inline.without_links(line).strip() for line in below)


def _is_labelled(candidate: Candidate) -> bool:
    """Whether a heading begins with `Q:`, `Question 3.` or the like."""
    if candidate.number is not None and candidate.number.style in ("Q1", "第1题"):
        return True
    return numbers.question_label(inline.strip_marks(candidate.text)) is not None


def _is_list(members: Sequence[Candidate]) -> bool:
    """Whether the members of a group are items of lists, marked as such or only indented."""
    return members[0].marker == "list" or members[0].group.startswith(INDENTED_LINES)


def _only_links(candidate: Candidate) -> bool:
    return not candidate.answer and not inline.without_links(words_of(candidate)).strip(" *_-.")


def _asks_alone(members: Sequence[Candidate]) -> bool:
    """Whether the members below one heading ask whatever the rest of their group does."""
    return len(members) >= _OFTEN and asking(members) >= (_ASKS_LATER if len(members) >= 2 * _OFTEN else _ASKS_ALONE)


def _needed(members: Sequence[Candidate], headings: int, *, quiet: bool) -> float:
    """How much a group must ask: less where the headings do not ask at all and the group is large or numbered."""
    counted = sum(map(is_counted, members)) >= 0.8 * len(members)
    whole = sum(not member.answer for member in members) >= 0.8 * len(members)
    if members[0].marker == "bold" and counted and len(members) > _OFTEN:
        return 0.4
    if quiet and members[0].group == "list/bold" and whole and len(members) >= max(10, 3 * headings):
        return 0.28
    return 0.42 if quiet and len(members) >= 10 and _is_list(members) else 0.6


def _answer_headings(nodes: Sequence[Node]) -> set[int]:
    """Headings such as `#### 答案：D` or `## References` that come again and again."""
    labelled = [node for node in nodes if numbers.answer_label(node.words) is not None]
    named = [node for node in nodes if node.apart or wording.is_label(node.words)]
    often = Counter(node.words.lower() for node in named)
    found = {node.block.start for node in named if often[node.words.lower()] >= _OFTEN}
    found |= {node.block.start for node in labelled} if len(labelled) >= _OFTEN else set()
    return found | _beside_questions(nodes)


def _beside_questions(nodes: Sequence[Node]) -> set[int]:
    """Where headings say `面试题`, those of their level that say `面试题剖析`, or come as often."""
    asked = [node for node in nodes if wording.asks_below(node.words)]
    levels = {node.block.level for node in asked}
    beside = [node for node in nodes if node.block.level in levels and not wording.asks_below(node.words)]
    often = Counter(node.words.lower() for node in beside)
    if not any(wording.answers_below(node.words) for node in beside):
        return set()
    return {
        node.block.start
        for node in beside
        if wording.answers_below(node.words) or 1 < often[node.words.lower()] >= 0.5 * len(asked)
    }


def by_group(candidates: Iterable[Candidate]) -> Mapping[str, list[Candidate]]:
    """The candidates of each group, in order."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.group, []).append(candidate)
    return groups
