"""Lines that are no content wherever they stand: front matter, contents lists, back links, licence notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import inline, vocabulary
from cv_quiz.documents.blocks import Block, BlockKind
from cv_quiz.documents.characters import is_pictograph
from cv_quiz.documents.contents import contents_ranges
from cv_quiz.documents.view import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def known_reasons(lines: Sequence[str], blocks: Sequence[Block]) -> dict[int, Reason]:
    """Line number -> reason for every line that is no content, whatever the layout of the document."""
    reasons: dict[int, Reason] = {}
    for block in blocks:
        reason = _BY_KIND.get(block.kind) or _line_reason(block, lines)
        if reason:
            _mark(reasons, lines, block.start, block.end, reason)
    for start, end in contents_ranges(lines, blocks):
        _mark(reasons, lines, start, end, Reason.CONTENTS)
    _mark_licences(reasons, lines, blocks)
    return reasons


_BY_KIND = {BlockKind.FRONT_MATTER: Reason.FRONT_MATTER, BlockKind.COMMENT: Reason.COMMENT}


def _mark(reasons: dict[int, Reason], lines: Sequence[str], start: int, end: int, reason: Reason) -> None:
    for number in range(start, end + 1):
        if lines[number - 1].strip():
            reasons.setdefault(number, reason)


def _line_reason(block: Block, lines: Sequence[str]) -> Reason | None:
    """Back links and the `[TOC]` mark: short lines, alone in their block."""
    if block.start != block.end:
        return None
    line = lines[block.start - 1].strip()
    if len(line) > 240:
        return None
    if line.lower().strip("[]{}@<>! ") in ("toc", "_toc_", "[toc]", "toc]", "minitoc") and line[0] in "[{@<":
        return Reason.CONTENTS
    return Reason.BACK_LINK if is_back_link(line) else None


def is_back_link(line: str) -> bool:
    """Whether a line is nothing but a way back: `[回到顶部](#目录)`, `⬆ Back to top`, `<a href="#">↥</a>`."""
    visible = inline.without_tags(inline.unlinked(line))
    words = "".join(c for c in visible.lower() if c.isalpha() and not is_pictograph(c))
    linked = "](" in line or "href" in line.lower()
    if words in vocabulary.BACK_LINKS:
        return linked or len(words) > 3
    arrows = any(arrow in visible for arrow in "⬆↑↥🔝▲⏫🔼⇧")
    return arrows and linked and (not words or "top" in words or "返回" in words or "回到" in words) and len(words) < 24


def _mark_licences(reasons: dict[int, Reason], lines: Sequence[str], blocks: Iterable[Block]) -> None:
    """A pasted notice: its line, and the rule drawn above it."""
    prose = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM)
    for block in blocks:
        if block.kind not in prose:
            continue
        for number in range(block.start, block.end + 1):
            line = lines[number - 1]
            if len(line) < 600 and _is_licence(line):
                reasons.setdefault(number, Reason.LICENCE)
                above = number - 1
                if above >= 1 and lines[above - 1].strip() and not lines[above - 1].strip("—-─━_* >"):
                    reasons[above] = Reason.LICENCE


def _is_licence(line: str) -> bool:
    head = line.strip().lower()
    return any(phrase in head for phrase in vocabulary.LICENCES) and (len(head) < 200 or head.startswith("版权声明"))
