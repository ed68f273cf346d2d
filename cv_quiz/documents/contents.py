"""Where the lists of contents are: lines that only name what stands elsewhere in the document."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, vocabulary, wording
from cv_quiz.documents.blocks import Block, BlockKind
from cv_quiz.documents.questions import without_checkbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEWEST_REPEATED = 5


def contents_ranges(lines: Sequence[str], blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The first and last lines of everything that is a list of contents, by whatever sign; ranges may overlap."""
    yield from _leader_runs(lines)
    yield from _anchor_runs(blocks)
    yield from _anchor_tables(blocks, lines)
    yield from _contents_sections(blocks, lines)
    yield from _repeated_runs(blocks, lines)


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
        end, seen, leading_out = block.end, set[str](), 0
        for follower in blocks[at + 1 : at + 3000]:
            words = _entry_words(follower, lines)
            headed = lines[follower.start - 1].lstrip().startswith("#")
            if headed or words in seen or not _is_contents_entry(follower, block):
                break
            seen.add(words)
            leading_out += _asks_elsewhere(follower)
            end = follower.end
        if not seen or leading_out < 0.6 * len(seen):
            yield block.start, end


def _asks_elsewhere(block: Block) -> bool:
    """Whether an entry is a question whose answer is in another file."""
    leads_out = any(not link.target.startswith("#") for link in inline.links(block.text))
    return leads_out and wording.question_likeness(inline.bare(without_checkbox(block.text))) >= 0.8


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
    return block.kind is BlockKind.PARAGRAPH and (
        "](#" in text or (len(text) < 120 and numbers.split_number(text) is not None)
    )


def _repeated_runs(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Lines in a row whose words all come again below, in the same order and with text between them."""
    named = _named_lines(blocks, lines)
    last = {words: number for number, words in named}
    often = Counter(words for _, words in named)
    run: list[tuple[int, int]] = []
    strange = 0
    for (number, words), (following, _) in pairwise([*named, (len(lines) + 10, "")]):
        again = last.get(words, 0)
        repeated = len(words) >= 2 and number < again and often[words] <= 4
        strange = 0 if repeated else strange + 1
        run += [(number, again if repeated else 0)] if repeated or run else []
        if run and (strange > 2 or following - number > 2):
            del run[len(run) - strange :]
            if _is_repeated_list(run):
                yield run[0][0], run[-1][0]
            run, strange = [], 0


def _named_lines(blocks: Sequence[Block], lines: Sequence[str]) -> list[tuple[int, str]]:
    """Every line that may name a part of the document, with its letters."""
    spoken = (BlockKind.HEADING, BlockKind.BOLD, BlockKind.ITEM, BlockKind.LABEL, BlockKind.PARAGRAPH)
    found = []
    for block in blocks:
        for number in range(block.start, block.end + 1) if block.kind in spoken else ():
            line = lines[number - 1].strip()
            if line:
                found.append((number, entry_words(line) if len(line) <= 300 else ""))
    return found


def entry_words(line: str) -> str:
    """The letters of a line, without number and marks, by which it is found again."""
    words = inline.bare(without_checkbox(line.lstrip("#-*+> \t"))).rstrip("0123456789 \t.…")
    number = numbers.split_number(words)
    rest = number.rest if number and number.rest else words
    return "".join(character for character in rest.lower() if character.isalnum())


def _is_repeated_list(run: Sequence[tuple[int, int]]) -> bool:
    """Whether lines, each with the line where its words come again (0: nowhere), are a list and what it lists."""
    targets = [again for _, again in run if again]
    if len(targets) < _FEWEST_REPEATED or len(targets) < 0.8 * len(run):
        return False
    rising = sum(one < other for one, other in pairwise(targets))
    apart = max(targets) - min(targets) >= 2 * (run[-1][0] - run[0][0])
    return rising >= 0.8 * (len(targets) - 1) and min(targets) > run[-1][0] and apart
