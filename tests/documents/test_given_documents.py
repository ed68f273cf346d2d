"""The five documents of the wild that the importer was built for, where they are at hand: every question, nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cv_quiz.documents import Imported, import_document, read_document

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "documents"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the documents lie outside of the repository")

LINES = {
    "000": [1, 4, 10, 23, 32, 44, 50, 54, 56, 60, 64, 76, 82, 94, 100, 116, 120, 144, 147, 151, 170, 182, 190, 200, 204, 231, 237, 256,
            260, 266],
    "001": [24, 32, 36, 69, 73, 95, 130, 134, 138, 150, 154, 160, 174, 228, 252, 281, 301, 385, 389, 401],
    "003": [3, 28, 40, 48, 68, 76, 78, 88, 95, 99, 103, 105, 120],
}  # fmt: skip


@cache
def imported(prefix: str) -> Imported:
    path = next(FOLDER.glob(f"{prefix}_*"))
    return import_document(read_document(path.read_bytes(), path.name))


@cache
def lines(prefix: str) -> list[str]:
    return next(FOLDER.glob(f"{prefix}_*")).read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize(("prefix", "count"), [("000", 30), ("001", 20), ("002", 59), ("003", 13), ("004", 62)])
def test_every_question_and_nothing_else(prefix: str, count: int) -> None:
    asked = [card.sources[0].line for card in imported(prefix).deck.cards]
    assert len(asked) == count
    assert asked == LINES.get(prefix, asked)


def test_the_notes_in_sections_are_read_at_their_own_depth() -> None:
    heads = [(n, line) for n, line in enumerate(lines("002"), 1) if line.startswith(("## ", "### "))]
    python = next(n for n, line in enumerate(lines("002"), 1) if line == "# Python")
    expected = [n for n, line in heads if line.startswith("### ") == (n < python)]
    assert [card.sources[0].line for card in imported("002").deck.cards] == expected


def test_the_contents_list_of_the_pdf_is_no_question() -> None:
    result = imported("004")
    body = next(n for n, line in enumerate(lines("004"), 1) if line == "第一章-图像传统算法")
    assert all(card.sources[0].line > body for card in result.deck.cards)
    assert [card.sources[0].number for card in result.deck.cards].count("33") == 2
    assert len({card.sources[0].section for card in result.deck.cards}) == 5


def test_sentences_cut_by_a_page_are_whole_again() -> None:
    answers = "\n".join(card.answer for card in imported("004").deck.cards)
    for sentence in ("通常使用的方法有下面几种", "学习数据分布", "具有不同密度区域的数据集", "他们在加入bypass connection 之后", "极小值处不停地震荡",
                     "具备一些先知", "我们认为 AUC 的最小值", "结果也不会比传播前", "这两个信息来产生", "简称 RPN Classification"):  # fmt: skip
        assert sentence in answers, sentence


def test_a_program_fenced_line_by_line_is_one_program() -> None:
    card = next(
        card for card in imported("004").deck.cards if "优缺点" in card.question and card.sources[0].number == "33"
    )
    assert (
        "for i in range(nb_epochs):\n    params_grad = evaluate_gradient(loss_function, data, params)\n" in card.answer
    )


def test_a_licence_goes_nowhere_and_its_link_to_the_links() -> None:
    card = next(card for card in imported("001").deck.cards if card.sources[0].line == 138)
    assert "版权声明" not in card.answer
    assert any("qq_31511955" in link for link in card.links)


def test_an_answer_of_links_alone_is_a_draft() -> None:
    cards = {card.sources[0].line: card for card in imported("000").deck.cards}
    drafts = [line for line, card in cards.items() if card.draft]
    assert drafts == [1, 4, 50, 54, 60, 94, 116, 144, 147, 256, 260, 266]
    assert cards[260].links[0].startswith("[")


def test_radicals_are_characters_again() -> None:
    answers = "".join(card.answer for card in imported("000").deck.cards)
    assert "⽤" not in answers
    assert "长宽比" in answers


def test_an_unmarked_question_stays_where_it_is_and_is_said() -> None:
    result = imported("000")
    card = next(card for card in result.deck.cards if card.sources[0].line == 151)
    assert "ResNet 第二个版本做了哪些改进？" in card.answer
    assert any("162" in note.en for note in result.notes)


@pytest.mark.parametrize("prefix", ["000", "001", "002", "003", "004"])
def test_every_line_is_accounted_for(prefix: str) -> None:
    result = imported(prefix)
    taken = [n for ranges in result.lines_of.values() for low, high in ranges for n in range(low, high + 1)]
    taken += [n for left in result.left_out for n in range(left.start, left.end + 1)]
    filled = [n for n, line in enumerate(lines(prefix), 1) if line.strip()]
    assert sorted(n for n in taken if lines(prefix)[n - 1].strip()) == filled
