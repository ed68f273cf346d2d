"""Lines that are no content wherever they stand: front matter, contents lists, back links, licence notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, vocabulary, wording
from cv_quiz.documents.blocks import Block, BlockKind
from cv_quiz.documents.characters import is_pictograph
from cv_quiz.documents.questions import without_checkbox
from cv_quiz.documents.view import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def known_reasons(lines: Sequence[str], blocks: Sequence[Block]) -> dict[int, Reason]:
    """Line number -> reason for every line that is no content, whatever the layout of the document."""
    reasons: dict[int, Reason] = {}
    for block in blocks:
        reason = _BY_KIND.get(block.kind) or _line_reason(block, lines)
        if reason:
            _mark(reasons, lines, block.start, block.end, reason)
    for start, end in (*_leader_runs(lines), *_anchor_runs(blocks), *_anchor_tables(blocks, lines), *_contents_sections(blocks, lines)):
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


def _leader_runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of contents lines that end in dot leaders or a tab and a page number; wrapped lines between them included."""
    hits = [at + 1 for at, line in enumerate(lines) if _has_leader(line)]
    run: list[int] = []
    for hit in [*hits, len(lines) + 10]:
        if run and hit - run[-1] > 4:
            if len(run) >= 3:
                yield run[0], run[-1]
            run = []
        run.append(hit)


def _has_leader(line: str) -> bool:
    text = line.rstrip()
    if len(text) > 400 or len(text) < 5:
        return False
    digits = text.rstrip("0123456789")
    page = 0 < len(text) - len(digits) < 5
    head = digits.rstrip(" \t")
    if page and digits.endswith("\t") and any(c.isalpha() for c in head):
        return "\t" not in head
    dots = len(head) - len(head.rstrip("."))
    return (dots >= 4 or (dots >= 3 and page)) or head.endswith(("……", "…………", "⋯⋯", "· · ·"))


def _anchor_runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """List items, table rows and lines that are nothing but a link into the same document, two or more of them."""
    hits = [block for block in blocks if block.start == block.end and _is_anchor_line(block)]
    seen: set[str] = set()
    if len(hits) < 2:
        return
    for block in hits:
        words = "".join(c for c in inline.unlinked(without_checkbox(block.text)) if c.isalnum())
        if words not in seen:  # the second time it is the place itself
            yield block.start, block.end
        seen.add(words)


def _anchor_tables(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Tables whose rows lead to places in the same document."""
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            rows = lines[block.start + 1 : block.end]
            if rows and sum("](#" in row for row in rows) >= 0.6 * len(rows):
                yield block.start, block.end


def _is_anchor_line(block: Block) -> bool:
    if block.kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.LABEL, BlockKind.BOLD):
        return False
    text = block.text
    if "](#" not in text or len(text) > 600:
        return False
    outside = inline.without_links(text).strip(" *_|·-—•:：()（）[]x.,、/&0123456789")
    targets = [link.target for link in inline.links(text)]
    return not outside and all(target.startswith("#") for target in targets)


def _contents_sections(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """A heading or line `目录` / `Contents` with the list below it, up to where the list's own words come again."""
    for at, block in enumerate(blocks):
        if not _names_contents(block):
            continue
        end, seen = block.end, set()
        for follower in blocks[at + 1 : at + 3000]:
            words = _entry_words(follower, lines)
            headed = lines[follower.start - 1].lstrip().startswith("#")
            if headed or words in seen or not _is_contents_entry(follower, block):
                break
            seen.add(words)
            end = follower.end
        yield block.start, end


def _entry_words(block: Block, lines: Sequence[str]) -> str:
    """An entry's letters, without number, dot leaders and page."""
    words = inline.bare(block.text[:200]).rstrip("0123456789 \t.…")
    return "".join(c for c in words if c.isalpha()) or lines[block.start - 1]


def _names_contents(block: Block) -> bool:
    if block.kind not in (BlockKind.HEADING, BlockKind.BOLD, BlockKind.PARAGRAPH) or len(block.text) > 60:
        return False
    return inline.bare(block.text).strip(" :：.#-—|[]【】").lower() in vocabulary.CONTENTS


def _is_contents_entry(block: Block, name: Block) -> bool:
    if block.kind is BlockKind.HEADING:  # a chapter in a list that no heading opened
        return name.kind is not BlockKind.HEADING
    if block.kind in (BlockKind.ITEM, BlockKind.LABEL):
        return not wording.is_todo(block.text) and len(block.text) < 400
    text = block.text
    return block.kind is BlockKind.PARAGRAPH and ("](#" in text or (len(text) < 120 and numbers.split_number(text) is not None))


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
