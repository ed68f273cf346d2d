"""The blocks of an answer as pieces of Markdown, without what does not belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, vocabulary
from cv_quiz.documents.blocks import Block, BlockKind, tag_name
from cv_quiz.documents.view import Reason

if TYPE_CHECKING:
    from cv_quiz.documents.view import View


@dataclass(slots=True)
class Piece:
    """A block with the lines it is written as; `gap`: a blank line stands before it, `residue`: a page ended there."""

    kind: BlockKind
    lines: list[str]
    start: int
    indent: int = 0
    gap: bool = True
    residue: bool = False
    info: str = ""

    @property
    def text(self) -> str:
        """The first line without its indent."""
        return self.lines[0].strip() if self.lines else ""


def read_pieces(view: View, start: int, end: int) -> tuple[list[Piece], dict[int, Reason]]:
    """The pieces between two lines, and the lines among them that are no part of an answer."""
    pieces: list[Piece] = []
    left_out: dict[int, Reason] = {}
    previous = start - 1
    for block in view.within(start, end):
        if markup := _is_markup(block):
            left_out |= {n: Reason.MARKUP for n in range(block.start, block.end + 1) if view.lines[n - 1].strip()}
        lines = [] if markup else _own_lines(view, block, min(block.end, end))
        if lines:
            pieces.append(_piece(view, block, lines, previous))
        previous = block.end
    return _trimmed(pieces, left_out), left_out


def _own_lines(view: View, block: Block, end: int) -> list[str]:
    """The lines of a block that are content: a licence line inside a paragraph is cut out."""
    return [view.lines[n - 1].rstrip("\n") for n in range(block.start, end + 1) if n not in view.reasons]


def _piece(view: View, block: Block, lines: list[str], previous: int) -> Piece:
    between = view.lines[previous : block.start - 1]
    residue = any(line and line.isspace() for line in between)
    return Piece(block.kind, lines, block.start, block.indent, block.start - previous > 1, residue, block.marker)


def _is_markup(block: Block) -> bool:
    """A line that is nothing but tags: wrappers, breaks, anchors; images and tables are content."""
    text = block.text
    if block.kind not in (BlockKind.HTML, BlockKind.PARAGRAPH) or block.start != block.end or len(text) > 2000:
        return False
    if block.marker == "container":
        return text.startswith(":::") or is_answer_toggle(text.strip("?!+ \"'"))
    if not text.startswith("<") or "<img" in text.lower() or "src=" in text.lower():
        return False
    words = inline.without_tags(text).strip()
    return not words or (tag_name(text) in ("details", "summary") and is_answer_toggle(words))


def is_answer_toggle(summary: str) -> bool:
    """Whether the summary of a folding only offers to show the answer."""
    words = inline.bare(summary)
    if numbers.answer_label(words) is not None:
        return True
    return len(words) < 30 and words[-1:] not in "?？" and any(word in words.lower() for word in vocabulary.TOGGLES)


def _trimmed(pieces: list[Piece], left_out: dict[int, Reason]) -> list[Piece]:
    """Without separators at either end; a rule inside an answer stays."""
    start, end = 0, len(pieces)
    while start < end and pieces[start].kind is BlockKind.RULE:
        left_out[pieces[start].start] = Reason.MARKUP
        start += 1
    while end > start and pieces[end - 1].kind is BlockKind.RULE:
        end -= 1
        left_out[pieces[end].start] = Reason.MARKUP
    return pieces[start:end]
