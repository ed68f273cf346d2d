"""The blocks of an answer as pieces of Markdown, without what does not belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, vocabulary
from cv_quiz.documents.blocks import Block, BlockKind
from cv_quiz.documents.tags import tag_name
from cv_quiz.documents.view import Reason

if TYPE_CHECKING:
    from cv_quiz.documents.view import View


@dataclass(slots=True)
class Piece:
    """A block with the lines it is written as; `gap`: a blank line stands before it, `residue`: a page ended there,
    `revealed`: what hides the answer opens right before it."""

    kind: BlockKind
    lines: list[str]
    start: int
    indent: int = 0
    gap: bool = True
    residue: bool = False
    info: str = ""
    revealed: bool = False

    @property
    def text(self) -> str:
        """The first line without its indent."""
        return self.lines[0].strip() if self.lines else ""


def read_pieces(view: View, start: int, end: int) -> tuple[list[Piece], dict[int, Reason]]:
    """The pieces between two lines, and the lines among them that are no part of an answer."""
    pieces: list[Piece] = []
    left_out: dict[int, Reason] = {}
    boxes: list[int] = []  # the indents of the open boxes of MkDocs
    revealed = headed = False
    previous = start - 1
    for block in view.within(start, end):
        while boxes and block.indent <= boxes[-1]:
            boxes.pop()
        if markup := _is_markup(block):
            left_out |= {n: Reason.MARKUP for n in range(block.start, block.end + 1) if view.lines[n - 1].strip()}
            revealed = revealed or reveals_answer(block)
        lines = [] if markup else _own_lines(view, block, min(block.end, end))
        if lines:
            pieces.append(_piece(view, block, lines, previous))
            _unbox(pieces[-1], 4 * len(boxes), revealed=revealed)
            pieces[-1].gap = pieces[-1].gap or headed
            headed = block.marker == "container"
            revealed = False
        if block.marker == "container" and not block.text.startswith(":::"):
            boxes.append(block.indent)
        previous = block.end
    return _trimmed(pieces, left_out), left_out


def _unbox(piece: Piece, depth: int, *, revealed: bool) -> None:
    """Moves what stands in a box of MkDocs to the left; the head of a box, `!!! tip "Title"`, becomes a bold line."""
    piece.revealed = revealed
    if depth:
        piece.lines = [dedented(line, depth) for line in piece.lines]
        piece.indent = max(0, piece.indent - depth)
    if piece.info == "container":
        kind, _, title = piece.text.lstrip("?!+ ").partition(" ")
        name = title.strip(' "') or kind.capitalize()
        piece.kind, piece.gap = BlockKind.BOLD, True
        piece.lines = [f"{' ' * piece.indent}**{name}**"]


def dedented(line: str, depth: int) -> str:
    """A line moved to the left, as far as it is indented."""
    text = line.expandtabs(4)
    return text.lstrip() if text[:depth].strip() else text[depth:]


def reveals_answer(block: Block) -> bool:
    """Whether a block opens what hides an answer, and says so: `<details><summary>Answer`, `::: details 答案`."""
    if block.kind is not BlockKind.HTML or len(block.text) > 200:
        return False
    words = inline.without_tags(block.text).strip(":?!+ \"'")
    return is_answer_toggle(words) and any(word in words.lower() for word in vocabulary.REVEALS)


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
    told = set("".join(character if character.isalpha() else " " for character in words.lower()).split())
    offers = any(word in told if word.isascii() else word in words for word in vocabulary.TOGGLES)
    return len(words) < 30 and words[-1:] not in "?？" and offers


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
