"""Headings that lost their mark: bare lines whose words a list of contents names. Text copied from a web page is so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.documents import wording
from cv_quiz.documents.blocks import Block, BlockKind
from cv_quiz.documents.contents import entry_words
from cv_quiz.documents.view import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

_FEWEST = 5
_MOST_COMMON = 0.6
_LEVEL = 3


def with_headings(lines: Sequence[str], blocks: Sequence[Block], reasons: Mapping[int, Reason]) -> list[Block]:
    """The blocks, with the lines of paragraphs that a list of contents names made headings.

    Only where most entries come again as such lines. One that does not ask and has nothing below it is a section.
    """
    entries = {
        entry_words(lines[n - 1])
        for n, reason in reasons.items()
        if reason is Reason.CONTENTS and "](#" not in lines[n - 1]
    }
    entries.discard("")
    if len(entries) < _FEWEST:
        return list(blocks)
    named = {n for block in blocks for n in _named_in(block, lines, entries, reasons)}
    if len(named) < max(_FEWEST, _MOST_COMMON * len(entries)):
        return list(blocks)
    found = [part for block in blocks for part in _split(block, named, lines)]
    return [_ranked(block, following, named) for block, following in zip(found, [*found[1:], None], strict=True)]


def _named_in(
    block: Block, lines: Sequence[str], entries: AbstractSet[str], reasons: Mapping[int, Reason]
) -> list[int]:
    if block.kind is not BlockKind.PARAGRAPH or block.indent > 3:
        return []
    numbers = range(block.start, block.end + 1)
    return [
        n for n in numbers if n not in reasons and len(lines[n - 1]) <= 200 and entry_words(lines[n - 1]) in entries
    ]


def _split(block: Block, named: AbstractSet[int], lines: Sequence[str]) -> list[Block]:
    """The paragraphs and headings that a paragraph falls into."""
    if named.isdisjoint(range(block.start, block.end + 1)):
        return [block]
    parts: list[Block] = []
    for number in range(block.start, block.end + 1):
        text = lines[number - 1].strip()
        if number in named:
            parts.append(Block(BlockKind.HEADING, number, number, block.indent, text, _LEVEL))
        elif parts and parts[-1].kind is BlockKind.PARAGRAPH:
            parts[-1] = replace(parts[-1], end=number)
        else:
            parts.append(Block(BlockKind.PARAGRAPH, number, number, block.indent, text))
    return parts


def _ranked(block: Block, following: Block | None, named: AbstractSet[int]) -> Block:
    heads = block.kind is BlockKind.HEADING and block.start in named
    below = following is not None and following.kind is BlockKind.HEADING
    return (
        replace(block, level=_LEVEL - 1) if heads and below and wording.question_likeness(block.text) < 0.8 else block
    )
