"""Where a question stands: the headings above it, the tags made of them, and why other lines were left out."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, questions, wording
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.outline import plain_words
from cv_quiz.documents.ranges import Ranges, outermost
from cv_quiz.documents.view import Reason

if TYPE_CHECKING:
    from cv_quiz.documents.decision import Decision
    from cv_quiz.documents.outline import Node
    from cv_quiz.documents.view import View

_LONGEST_TAG = 40


class Sections:
    """The headings of a document that are not questions."""

    def __init__(self, view: View, decision: Decision) -> None:
        asked = {question.candidate.start for question in decision.questions}
        self.view = view
        self.first = min(asked)
        rows = [question.candidate.start for question in decision.questions if question.candidate.marker == "table"]
        self.table_heads = _table_heads(view, rows)
        inside = Ranges((question.candidate.start, question.end) for question in decision.questions)
        self.nodes = [
            node for node in decision.nodes if node.block.start not in asked and node.block.start not in inside
        ]
        self.starts = [node.block.start for node in self.nodes]
        self.parents = _parents(self.nodes)
        self.apart = outermost((node.block.start, node.end) for node in self.nodes if node.apart)
        self.top = _title_node(self.nodes, decision)
        title = questions.read_words(self.top.block.text, numbered=False).text if self.top else ""
        self.title = _front_title(view) or title

    def above(self, line: int) -> tuple[str, ...]:
        """The words of the headings above a line, outermost first; the document's title is none of them."""
        found: list[str] = []
        at = bisect_right(self.starts, line) - 1
        while at >= 0:
            node = self.nodes[at]
            if node.end >= line and node is not self.top:
                found.append(plain_words(node.block.text))
            at = self.parents[at]
        return tuple(words for words in reversed(found) if words)

    def tags(self, above: tuple[str, ...]) -> tuple[str, ...]:
        """A tag for each heading above: lower case, words joined by hyphens; a whole sentence makes none."""
        made = (tag_of(words) for words in above)
        return tuple(dict.fromkeys(tag for tag in made if tag))

    def reason(self, line: int) -> Reason:
        """Why a line outside of every card was left out."""
        at = bisect_right(self.starts, line) - 1
        node = self.nodes[at] if at >= 0 else None
        headed = node is not None and line <= node.block.end
        if _is_markup(self.view.lines[line - 1]) and not headed:
            return Reason.MARKUP
        if line in self.table_heads:
            return Reason.TABLE_HEAD
        if line in self.apart:
            return Reason.APART
        if headed:
            return Reason.TITLE if node is self.top else Reason.SECTION
        return Reason.PREFACE if line < self.first or node is None else Reason.INTRODUCTION


def _parents(nodes: list[Node]) -> list[int]:
    """For each heading the index of the nearest one before it that is of a higher rank; -1 for none."""
    parents: list[int] = []
    for index, node in enumerate(nodes):
        above = index - 1
        while above >= 0 and nodes[above].block.level >= node.block.level:
            above = parents[above]
        parents.append(above)
    return parents


def _table_heads(view: View, rows: list[int]) -> set[int]:
    """The first two lines of the tables in which questions stand."""
    tables = [block for block in view.blocks if block.kind is BlockKind.TABLE] if rows else []
    starts = [table.start for table in tables]
    asked = {tables[bisect_right(starts, row) - 1].start for row in rows}
    return {line for start in asked for line in (start, start + 1)}


def _is_markup(line: str) -> bool:
    """A line of tags or of one repeated mark: it separates, and says nothing."""
    text = line.strip()
    if text.startswith("<"):
        return not inline.without_tags(text).strip() and "src=" not in text.lower()
    return len(text) >= 3 and text[0] in "-*_=—" and not text.strip(text[0] + " ")


def tag_of(words: str) -> str:
    """A heading as a tag; empty for one too long to be a topic."""
    plain = inline.bare(words)
    kept = "".join(character if character.isalnum() or character in "+#." else "-" for character in plain.lower())
    tag = "-".join(part.strip(".") for part in kept.split("-") if part.strip("."))
    return tag if 0 < len(tag) <= _LONGEST_TAG else ""


def _title_node(nodes: list[Node], decision: Decision) -> Node | None:
    """The one heading above all others, where there is such a one."""
    if not decision.nodes:
        return None
    first = decision.nodes[0]
    level = min(node.block.level for node in decision.nodes)
    alone = sum(node.block.level == level for node in decision.nodes) == 1
    above = (
        first.block.level == level and first in nodes[:1] and first.block.start < decision.questions[0].candidate.start
    )
    return first if alone and above and not wording.is_apart(first.words) else None


def _front_title(view: View) -> str:
    """The `title:` of the front matter."""
    lines = [view.lines[n - 1] for n, reason in view.reasons.items() if reason is Reason.FRONT_MATTER]
    for line in lines:
        key, colon, value = line.partition(":")
        if colon and key.strip() == "title":
            return value.strip().strip("\"'")
    return ""
