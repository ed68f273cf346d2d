"""The tree of headings: how far each reaches, what lies right below it, and which are sections, not questions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.documents import evidence, inline, numbers, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import Candidate, View


@dataclass(frozen=True, slots=True)
class Node:
    """A heading: `end` is the last line below it, `direct_end` the last before its first subheading."""

    block: Block
    words: str
    end: int
    direct_end: int
    children: tuple[int, ...]
    parent: int = -1

    @property
    def apart(self) -> bool:
        """Whether the heading names references, licence, contents and the like."""
        return wording.is_apart(self.words)

    @property
    def opening(self) -> bool:
        """Whether the heading names a preface or an epilogue."""
        return wording.is_opening(self.words)


def read_outline(view: View) -> list[Node]:
    """The headings of a document in order; `children` and `parent` are indices into the list."""
    headings = view.headings
    ends, parents = _reach(headings, view.last)
    children: list[list[int]] = [[] for _ in headings]
    for index, parent in enumerate(parents):
        if parent >= 0:
            children[parent].append(index)
    nodes = []
    for index, block in enumerate(headings):
        following = headings[index + 1].start - 1 if index + 1 < len(headings) else view.last
        nodes.append(
            Node(
                block,
                plain_words(block.text),
                ends[index],
                min(following, ends[index]),
                tuple(children[index]),
                parents[index],
            )
        )
    return nodes


def plain_words(text: str) -> str:
    """A heading's words without number, emphasis, decoration and arrows that are links."""
    words = inline.bare(_without_arrows(text)).rstrip(":： ") or inline.bare(text)
    number = numbers.split_number(words)
    return inline.bare(number.rest) if number and number.rest else words


def _without_arrows(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for link in inline.links(text):
        arrow = not link.image and bool(link.text) and not any(character.isalnum() for character in link.text)
        pieces.append(text[at : link.start] if arrow else text[at : link.end])
        at = link.end
    return "".join([*pieces, text[at:]])


def _reach(headings: Sequence[Block], last: int) -> tuple[list[int], list[int]]:
    """For each heading the last line before the next one of its level or above, and the index of the one above it."""
    ends = [last] * len(headings)
    parents = [-1] * len(headings)
    open_ones: list[int] = []
    for index, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            ends[open_ones.pop()] = heading.start - 1
        parents[index] = open_ones[-1] if open_ones else -1
        open_ones.append(index)
    return ends, parents


def section_indices(nodes: Sequence[Node], inner: Sequence[Candidate], view: View) -> set[int]:
    """The headings that only gather questions below them: subheadings, or lines marked some other way.

    `inner` are the candidates below headings that could be questions, in order. Headings that stand side by side are
    of one kind: where most of them have no questions below, neither has the rest, unless what is below clearly asks.
    """
    starts = [candidate.start for candidate in inner]
    found: set[int] = set()
    for siblings in _siblings(nodes):
        lines = {index: _gathered_lines(nodes[index], inner, starts, view) for index in siblings}
        headings = {i for i in siblings if not lines[i] and _gathers_headings(nodes, i, found, view)}
        gathering = {index for index in siblings if lines[index]} | headings
        together = len(gathering) >= 0.5 * len(siblings)
        found |= {index for index in gathering if together or _surely_gathers(nodes, index, lines[index])}
    return found


def _siblings(nodes: Sequence[Node]) -> list[list[int]]:
    """The headings of one level below the same heading, the deepest groups first."""
    groups: dict[tuple[int, int], list[int]] = {}
    for index, node in enumerate(nodes):
        groups.setdefault((node.parent, node.block.level), []).append(index)
    return [groups[key] for key in sorted(groups, key=lambda key: (-key[1], key[0]))]


def _surely_gathers(nodes: Sequence[Node], index: int, lines: int) -> bool:
    """Against the example of the headings beside it: the heading does not ask, and what is below does, or is plenty."""
    node = nodes[index]
    if wording.question_likeness(node.words) >= 0.5:
        return False
    if numbers.split_number(inline.bare(node.block.text)):
        return lines >= 4
    return lines > 0 or (len(node.children) >= 3 and _mean_asking(nodes, node.children) >= 0.7)


def _mean_asking(nodes: Sequence[Node], children: Sequence[int]) -> float:
    return sum(wording.question_likeness(nodes[child].words) for child in children) / max(1, len(children))


def _gathers_headings(nodes: Sequence[Node], index: int, sections: set[int], view: View) -> bool:
    node = nodes[index]
    named = [child for child in node.children if not wording.is_label(nodes[child].words) and not nodes[child].apart]
    asked = wording.question_likeness(node.words)
    if any(child in sections for child in node.children):
        return asked < 0.8
    if len(named) < 2:
        return False
    own = view.content(node.block.end + 1, node.direct_end)
    whole = view.content(node.block.end + 1, node.end)
    below = _mean_asking(nodes, named)
    if own == 0:
        return below >= asked - 0.25 and not (asked >= 0.8 and below < 0.7)
    return own <= max(3, 0.2 * whole) and below >= asked + 0.1


def _gathered_lines(node: Node, inner: Sequence[Candidate], starts: Sequence[int], view: View) -> int:
    """How many possible questions lie right below a heading that says less than they ask; 0 where it is no section."""
    low, high = bisect_left(starts, node.block.end + 1), bisect_right(starts, node.direct_end)
    if high - low < 2:
        return 0
    own = view.content(node.block.end + 1, starts[low] - 1)
    some = inner[low : min(high, low + 50)]
    below = sum(evidence.likeness(candidate) for candidate in some) / len(some)
    return high - low if own <= 4 and below >= wording.question_likeness(node.words) - 0.05 else 0
