"""What holds for every document there can be."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cv_quiz.deckfile import dump_deck, parse_deck
from cv_quiz.documents import MARKERS, Imported, import_document, merge, read_document
from cv_quiz.documents.blocks import read_blocks
from cv_quiz.errors import DocumentError

# The pieces that documents are made of, good and bad, in any order.
PIECES = (
    "# Title", "## What is a loss?", "### 1. 什么是感受野", "#### 2) How?", "##glued", "Title\n=====", "Short\n---", "---", "***", "————",
    "**3 为什么**", "**broken", "**Q?** answer", "1. one", "2. What is it?", "3、怎么做", "(1) a", "1.1 b", "一、基础", "①x", "a. b", "9 name",
    "- item", "- **What?**", "  - nested?", "* [a](#a)", "- [ ] TODO", "Q: what?", "A: that", "问：什么", "答：这个", "**答：**", "**1)问：什么",
    "```python", "```", "````", "~~~", "    x = 1", "\tindented", "$$", "$$x$$", "$x = 1$", "| q | a |\n|---|---|\n| what? | b |", "|", "> quote",
    "> reference: http://a.b", "<details>", "<summary>What?</summary>", "</details>", "<br/>", "<!-- c -->", "<!--", "<pre>", "</pre>", "<b>x</b>",
    "http://a.b/c", "[t](http://a.b)", "![i](i.png)", "![[公式]](x.svg)", "[回到顶部](#目录)", "目录", "1. x.....\t3", "[TOC]", "版权声明：本文为某某的原创文章",
    "TODO", "Plain text.", "纯文本，没有句号", "?", "：", "\\", "*", "_", "[", "](", "第一章-基础", "问题1：", "## Question 1", "### ", "#", "1.", "::: tip", ":::",
    "??? \"answer\"", "---\nlayout: post\ntitle: t\n---", "", "", "   ", "\u202eabc", "\x00", "\ufeff", "⽤⻓", "\u2028", "\x85", "é", "🔥 What? ⭐",
)  # fmt: skip

documents = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=40).map("\n".join)


def imported(text: str, marker: str | None = None) -> Imported | None:
    try:
        return import_document(read_document(text.encode("utf-8", "surrogatepass"), "notes.md"), marker=marker)
    except DocumentError:
        return None


@settings(max_examples=300)
@given(documents)
def test_only_document_errors_and_every_line_accounted_for(text: str) -> None:
    result = imported(text)
    if result is None:
        return
    lines = read_document(text.encode("utf-8", "surrogatepass"), "notes.md").lines
    taken = [n for ranges in result.lines_of.values() for low, high in ranges for n in range(low, high + 1)]
    taken += [n for left in result.left_out for n in range(left.start, left.end + 1)]
    assert sorted(n for n in taken if lines[n - 1].strip()) == [n for n, line in enumerate(lines, 1) if line.strip()]
    assert set(result.lines_of) == {card.id for card in result.deck.cards}


@settings(max_examples=200)
@given(documents)
def test_what_comes_out_is_a_deck(text: str) -> None:
    result = imported(text)
    if result is None:
        return
    again, diagnostics = parse_deck(dump_deck(result.deck), "notes.yaml")
    assert again == result.deck, diagnostics
    assert 0 <= result.certainty <= 1
    assert all(card.askable != card.draft for card in result.deck.cards)


@settings(max_examples=100)
@given(documents)
def test_the_same_bytes_give_the_same_deck_and_line_ends_do_not_matter(text: str) -> None:
    text = text.replace("\r", "").replace("\x00", "")
    result = imported(text)
    assert imported(text) == result
    windows = imported(text.replace("\n", "\r\n"))
    assert (windows and windows.deck) == (result and result.deck)


@settings(max_examples=100)
@given(documents, st.sampled_from(MARKERS))
def test_a_forced_marker_is_obeyed_or_nothing_is_found(text: str, marker: str) -> None:
    result = imported(text, marker)
    assert result is None or result.marker == marker


@settings(max_examples=100)
@given(documents, documents)
def test_merging_loses_no_card(first: str, second: str) -> None:
    one, two = imported(first), imported(second)
    if one is None or two is None:
        return
    again = merge(one.deck, one.deck)
    assert again.deck == one.deck
    merged = merge(one.deck, two.deck).deck
    ids = [card.id for card in merged.cards]
    assert len(ids) == len(set(ids))
    assert {card.id for card in one.deck.cards} <= set(ids)
    assert len(ids) >= max(len(one.deck.cards), len(two.deck.cards))


@settings(max_examples=300)
@given(documents)
def test_blocks_follow_one_another_and_leave_no_line_out(text: str) -> None:
    lines = text.split("\n")
    blocks = read_blocks(lines)
    covered = [n for block in blocks for n in range(block.start, block.end + 1)]
    assert covered == sorted(set(covered))
    assert {n for n, line in enumerate(lines, 1) if line.strip()} <= set(covered)
