"""Text as its author wrote it: wrapped lines are paragraphs again, sentences cut by a page break are whole.

What is done depends on the habits of the whole document, so that Markdown written by hand is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from cv_quiz.documents import numbers
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.characters import is_cjk, is_han, width
from cv_quiz.documents.pieces import reveals_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.pieces import Piece

_ENDS = '。！？!?；;：:.…”"』」》>)）】]|$`*~'
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_WORD_AT_END = re.compile(r"[A-Za-z][A-Za-z0-9-]*$")
_FULL_LINE = 56  # columns of a page; a shorter line cannot have been cut by its end
_LONG_LINE = 100


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document is written: `wrap` is its line width in columns where lines are wrapped by hand or program (else 0);
    `paged` says that page ends cut paragraphs; `pairs` then holds which characters and words follow one another;
    `labelled` says that answers bear a label such as `答：` or are hidden behind one."""

    wrap: int = 0
    paged: bool = False
    pairs: frozenset[str] = field(default=frozenset())
    labelled: bool = False


def read_habits(lines: Sequence[str], blocks: Sequence[Block], *, leaders: bool, questions: int) -> Habits:
    """The habits of a document; `leaders` says whether it has a contents list, `questions` how many were found."""
    headed = any(block.kind is BlockKind.HEADING and lines[block.start - 1].lstrip()[:1] == "#" for block in blocks)
    residue = sum(1 for line in lines if line and len(line) < 4 and line.isspace()) >= 3
    paged = not headed and (leaders or residue)
    labels = sum(map(_labels_an_answer, blocks))
    return Habits(_wrap_width(lines, blocks), paged, _pairs(lines) if paged else frozenset(), labels >= 0.4 * questions)


def _labels_an_answer(block: Block) -> bool:
    if block.kind is BlockKind.LABEL:
        return block.marker == "answer"
    if block.kind is BlockKind.HTML:
        return reveals_answer(block)
    return block.kind in (BlockKind.HEADING, BlockKind.BOLD) and numbers.answer_label(block.text) is not None


def _wrap_width(lines: Sequence[str], blocks: Iterable[Block]) -> int:
    """The width to which paragraphs are filled, or 0 where their lines end where the author wished."""
    inner: list[int] = []
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and block.end > block.start:
            inner += [width(lines[at][:400].strip()) for at in range(block.start - 1, block.end - 1)]
        if len(inner) > 5000:
            break
    if len(inner) < 4:
        return 0
    full = sorted(inner)[int(len(inner) * 0.9)]
    filled = sum(one >= 0.78 * full for one in inner) >= 0.75 * len(inner)
    return full if filled and 40 <= full <= 160 else 0


def _pairs(lines: Iterable[str]) -> frozenset[str]:
    """Every two characters, or two Latin words, that stand side by side somewhere in the document."""
    pairs: set[str] = set()
    for line in lines:
        text = line[:5000]
        pairs.update(text[at : at + 2] for at in range(len(text) - 1) if is_han(text[at]) and is_han(text[at + 1]))
        words = pairwise(_WORD.finditer(text))
        pairs.update(f"{one[0]} {two[0]}" for one, two in words if text[one.end() : two.start()] == " ")
    return frozenset(pairs)


def repair(pieces: list[Piece], habits: Habits) -> list[Piece]:
    """The pieces of one answer, mended."""
    pieces = _merged_fences(pieces)
    if habits.paged:
        pieces = _joined_pages(pieces, habits)
    for at, piece in enumerate(pieces):
        listed = any(before.kind is BlockKind.ITEM for before in pieces[max(0, at - 6) : at])
        _mend(piece, habits, listed=listed)
    return pieces


def _mend(piece: Piece, habits: Habits, *, listed: bool) -> None:
    if (
        piece.kind is BlockKind.PARAGRAPH
        and sum(line.strip().count("\t") + line.startswith("\t\t") > 0 for line in piece.lines) >= 2
    ):
        piece.lines = _tab_table(piece.lines)
        return
    if piece.kind in (BlockKind.PARAGRAPH, BlockKind.LABEL, BlockKind.BOLD) and piece.indent and not listed:
        piece.lines = [line.lstrip() for line in piece.lines]
    if piece.kind is BlockKind.PARAGRAPH and len(piece.lines) > 1:
        piece.lines = _unwrapped(piece.lines, habits.wrap)
    piece.lines = _hard_breaks(piece) if piece.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE) else piece.lines


def _hard_breaks(piece: Piece) -> list[str]:
    """Two spaces at a line's end, which editors strip, become the backslash that means the same."""
    lines = [line.rstrip() + "\\" if line.endswith("  ") and line.strip(" >") else line for line in piece.lines[:-1]]
    return [*lines, piece.lines[-1]]


def _unwrapped(lines: list[str], wrap: int) -> list[str]:
    joined = [lines[0]]
    for line in lines[1:]:
        if _runs_on(joined[-1], line, wrap):
            joined[-1] = join(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _runs_on(before: str, line: str, wrap: int) -> bool:
    """Whether a line end only wraps: the line is filled to the document's width, or long and in mid-sentence."""
    if before.endswith(("  ", "\\")) or numbers.split_number(line.strip()[:40]):
        return False
    columns = width(before[-400:].strip())
    return (wrap > 0 and columns >= 0.7 * wrap) or (columns >= _LONG_LINE and before.rstrip()[-1] not in _ENDS)


def join(one: str, two: str) -> str:
    """Two lines as one: with a space between them unless Chinese stands on either side."""
    one, two = one.rstrip(), two.lstrip()
    if one and two and (is_cjk(one[-1]) or is_cjk(two[0])):
        return one + two
    if one.endswith("-") and one[-2:-1].isalpha() and two[:1].islower():
        return one[:-1] + two
    return f"{one} {two}"


def _merged_fences(pieces: list[Piece]) -> list[Piece]:
    """A program fenced line by line is one fence again."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and _is_one_line_fence(piece) and _is_open_end(merged[-1]):
            merged[-1].lines[-1:] = piece.lines[1:]
        else:
            merged.append(piece)
    return merged


def _is_one_line_fence(piece: Piece) -> bool:
    return piece.kind is BlockKind.FENCE and len(piece.lines) == 3 and not piece.info


def _is_open_end(piece: Piece) -> bool:
    return piece.kind is BlockKind.FENCE and not piece.info and len(piece.lines) >= 3


def _joined_pages(pieces: list[Piece], habits: Habits) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and _continues(joined[-1], piece, habits):
            joined[-1].lines[-1] = join(joined[-1].lines[-1], piece.lines[0])
            joined[-1].lines += piece.lines[1:]
        else:
            joined.append(piece)
    return joined


def _continues(before: Piece, piece: Piece, habits: Habits) -> bool:
    """Whether a piece goes on with the sentence that the page end cut."""
    if before.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or piece.kind is not BlockKind.PARAGRAPH:
        return False
    head, tail = before.lines[-1].rstrip(), piece.text
    if not head or head[-1] in _ENDS or width(head[-400:]) < _FULL_LINE or not tail:
        return False
    if numbers.split_number(tail) or tail[0] in "$|!":
        return False
    if _stood_together(head, tail, habits):
        return True
    labelled = "：" in tail[:10] or ":" in tail[:10] or (tail[-1] in "：:" and len(tail) < 40)
    unfinished = piece.residue or head[-1] in "，、,的和与在是对把被将为会不而或及从到以" or "。" in head
    return unfinished and not labelled


def _stood_together(head: str, tail: str, habits: Habits) -> bool:
    if is_han(head[-1]) and is_han(tail[0]):
        return head[-1] + tail[0] in habits.pairs
    last, first = _WORD_AT_END.search(head[-60:]), _WORD.match(tail)
    return last is not None and first is not None and f"{last[0]} {first[0]}" in habits.pairs


def _tab_table(lines: list[str]) -> list[str]:
    """Rows of cells between tabs as a Markdown table; its first row becomes the head."""
    rows = [[cell.strip().replace("|", "\\|") for cell in line.split("\t")] for line in lines]
    columns = max(len(row) for row in rows)
    written = ["| " + " | ".join(row + [""] * (columns - len(row))) + " |" for row in rows]
    return [written[0], "|" + " --- |" * columns, *written[1:]]
