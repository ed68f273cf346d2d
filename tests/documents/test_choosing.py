"""What marks a question: said with its certainty, overridden by hand, and told from what only looks like one."""

from __future__ import annotations

import pytest

from cv_quiz.documents import MARKERS, Imported, import_document, read_document
from cv_quiz.errors import DocumentError, UsageError


def imported(text: str, marker: str | None = None, base: str | None = None) -> Imported:
    return import_document(read_document(text.encode(), "notes.md"), marker=marker, base=base)


def questions(text: str, marker: str | None = None) -> list[str]:
    return [card.question for card in imported(text, marker).deck.cards]


TOPICS = "# Notes\n\n## Pooling\n\n### Max\n\nThe largest.\n\n### Mean\n\nThe average.\n\n## Padding\n\nZeros.\n"


def test_a_thin_case_says_what_was_chosen_and_how_sure_it_is() -> None:
    result = imported(TOPICS)
    assert result.certainty < 0.75
    assert any(result.marker in note.en and "%" in note.en for note in result.notes)


def test_a_clear_case_says_nothing() -> None:
    result = imported("## What is padding?\n\nZeros.\n\n## Why is it used?\n\nSize.\n\n## Where?\n\nAt the border.\n")
    assert result.certainty > 0.9
    assert result.notes == ()


def test_the_marker_can_be_given() -> None:
    assert questions(TOPICS, "heading3") == ["Max", "Mean"]
    assert questions(TOPICS, "heading2") == ["Pooling", "Padding"]
    assert imported(TOPICS, "heading2").notes == ()


def test_an_unknown_marker_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        imported(TOPICS, "headings")
    assert all(marker in caught.value.text.zh for marker in MARKERS)


def test_a_marker_that_marks_nothing_finds_nothing() -> None:
    with pytest.raises(DocumentError):
        imported(TOPICS, "table")


def test_the_known_markers() -> None:
    assert set(MARKERS) >= {
        "heading1",
        "heading2",
        "heading6",
        "bold",
        "numbered",
        "qa",
        "list",
        "details",
        "table",
        "lines",
    }


def test_numbered_steps_inside_answers_are_no_questions() -> None:
    steps = "".join(f"{n}. Do step {n} of the work.\n" for n in range(1, 9))
    text = "".join(f"## What happens in phase {word}?\n\n{steps}\n" for word in ("one", "two", "three"))
    assert len(questions(text)) == 3


def test_the_second_appearance_of_a_contents_list_is_the_body() -> None:
    text = "目录\n1. 什么是卷积\n2. 什么是池化\n\n1. 什么是卷积\n\n局部加权。\n\n2. 什么是池化\n\n降采样。\n"
    result = imported(text)
    assert [card.sources[0].line for card in result.deck.cards] == [5, 9]


def test_a_list_in_the_answer_of_a_numbered_question_stays_there() -> None:
    text = "1. What is SGD?\n\nTwo parts:\n\n1. take a batch\n2. step\n\n2. What is Adam?\n\nMoments.\n\n3. What is decay?\n\nLess.\n"
    result = imported(text)
    assert [card.sources[0].number for card in result.deck.cards] == ["1", "2", "3"]
    assert "2. step" in result.deck.cards[0].answer


@pytest.mark.parametrize(
    ("line", "question", "number"),
    [
        ("## 1. What is **a** `b_c` _d_? ⭐⭐", "What is a `b_c` d?", "1"),
        ("## Q3: Why? (Easy)", "Why?", "3"),
        ("## 问题五：为什么？【困难】", "为什么？", "五"),
        ("## 🔥 7、怎么做（高频）", "怎么做", "7"),
        ("## 第12题 什么是锚框？", "什么是锚框？", "12"),
        ("## 1.2.3 什么是锚框：", "什么是锚框", "1.2.3"),
        ("## What is $a_1 * b_1 * c$?", "What is $a_1 * b_1 * c$?", None),
        ("## What is [a tensor](https://a.b/c)? [[src]](https://d.e)", "What is a tensor?", None),
        ("## tf.name_scope()", "tf.name_scope()", None),
        ('## What is <code>x</code>? <a name="x"></a>', "What is x?", None),
        ("## 3D 卷积是什么", "3D 卷积是什么", None),
    ],
)
def test_the_words_of_a_question(line: str, question: str, number: str | None) -> None:
    first = imported(f"{line}\n\nOne.\n\n## And how is that done?\n\nTwo.\n", "heading2").deck.cards[0]
    assert (first.question, first.sources[0].number) == (question, number)


def test_relative_images_and_links_are_seen_from_where_the_deck_lies() -> None:
    text = '## 什么是卷积？\n\n![a](img/a b.png "t") 见[这里](other.md)和[站点](https://a.b/c)。\n\n```\n![x](y.png)\n```\n\n[更多](more.md)\n\n## 还有呢？\n'
    card = imported(text, base="../docs").deck.cards[0]
    assert "![a](../docs/img/a" in card.answer
    assert "[这里](../docs/other.md)" in card.answer
    assert "[站点](https://a.b/c)" in card.answer
    assert "![x](y.png)" in card.answer
    assert card.links == ("[更多](../docs/more.md)",)


def test_sections_and_their_tags() -> None:
    text = "# 深度学习\n\n## 1. 训练 Tricks\n\n### 什么是预热？\n\n慢慢升。\n\n# 其它\n\n## 2. 部署\n\n### 怎么量化？\n\n取整。\n"
    cards = imported(text).deck.cards
    assert [card.sources[0].section for card in cards] == ["深度学习 / 训练 Tricks", "其它 / 部署"]
    assert cards[0].tags == ("深度学习", "训练-tricks")


def test_ids_stay_when_questions_are_added_moved_or_numbered_anew() -> None:
    before = imported("## 1. 什么是 NMS？\n\na\n\n## 2. What is IoU?\n\nb\n\n## 3. 怎么算？\n\nc\n").deck.cards
    after = imported(
        "## 1. 新的问题？\n\n0\n\n## 2. 怎么算？\n\nc\n\n## 3. 什么是 NMS？\n\na\n\n## 4. What is IoU?\n\nb\n"
    ).deck.cards
    assert {card.id for card in before} < {card.id for card in after}
    assert before[1].id == "notes-iou"
    assert "nms" in before[0].id


def test_a_forced_table_takes_every_table_of_two_rows_or_more() -> None:
    small = "| Term | Since |\n| --- | --- |\n| Dropout in wide layers | 2014 |\n"
    large = "| Term | Since |\n| --- | --- |\n| Batch statistics at test time | 2015 |\n| Residual paths | 2016 |\n"
    assert questions(f"# Terms\n\n{small}\n\nMore:\n\n{large}", "table") == [
        "Batch statistics at test time",
        "Residual paths",
    ]


def test_the_columns_of_a_table_become_tags_and_links() -> None:
    rows = "".join(f"| {n} | 题目甲{n} 的推导 | 腾讯、百度 | 难 | [解](a{n}.md) |\n" for n in range(1, 9))
    cards = imported("# 表\n\n| 编号 | 面试题目 | 公司 | 难度 | 链接 |\n| - | - | - | - | - |\n" + rows).deck.cards
    assert [card.sources[0].number for card in cards] == [str(n) for n in range(1, 9)]
    assert cards[0].tags == ("company/tencent", "company/baidu")
    assert cards[0].links == ("[解](a1.md)",)
    assert all(card.draft and not card.answer for card in cards)


def test_a_named_answer_keeps_the_links_of_its_row() -> None:
    text = "| Question | Answer | Link |\n| - | - | - |\n| What is IoU? | A ratio. | [more](iou.md) |\n| Why NMS? | Doubles. | |\n"
    first = imported(text).deck.cards[0]
    assert (first.answer, first.links) == ("A ratio.", ("[more](iou.md)",))


PROSE = (
    "# 笔记\n\n## 什么是残差？\n\n    梯度可以直接传回去\n    更深的网络也能训练\n\n## 为什么归一化？\n\n    收敛快\n"
)


def test_indented_prose_is_an_answer_unless_lines_are_asked_for() -> None:
    assert questions(PROSE) == ["什么是残差？", "为什么归一化？"]
    assert questions(PROSE, "lines") == ["梯度可以直接传回去", "更深的网络也能训练", "收敛快"]


def test_indented_code_is_no_list_of_lines() -> None:
    code = "# Snippets\n\n    import numpy as np\n    x = np.ones(3)\n    print(x.mean())\n"
    with pytest.raises(DocumentError):
        imported(code, "lines")


BODIES = "".join(f"## What is part {n}?\n\nIt is a part.\n\n" for n in "abcd")
INNER = "".join(f"### Why is it so in case {n}?\n\nSo it is.\n\n" for n in "efghi")


def test_what_else_reads_like_a_question_is_told_with_its_marker() -> None:
    without, told = imported(BODIES), imported(BODIES + INNER)
    assert [card.question for card in told.deck.cards] == [card.question for card in without.deck.cards]
    assert told.certainty < 0.75 < without.certainty
    assert any("5 (--marker heading3)" in note.en and "5（" not in note.zh for note in told.notes)
    assert without.notes == ()


def test_a_register_left_unread_is_told() -> None:
    rows = "".join(f"| {n} | Topic number {n} of the course |\n" for n in range(1, 13))
    told = imported(f"{BODIES}\n## Where is the rest?\n\n| No | Subject |\n| - | - |\n{rows}")
    assert any("12 (--marker table)" in note.en for note in told.notes)
    assert told.certainty < 0.75


def test_parts_numbered_from_one_are_no_further_questions() -> None:
    parts = "".join(f"### {n}. Part {n}\n\nText.\n\n" for n in range(1, 7))
    text = "".join(f"## {n}. What is step {n}?\n\nText.\n\n" for n in range(1, 4))
    assert len(questions(text + parts)) == 3
    assert len(questions(text + "### 4. Part four\n\nText.\n")) == 4
