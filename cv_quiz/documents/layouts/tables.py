"""A table with one question a row. Which column holds the questions is read from the head and from the cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, wording
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View

_QUESTION_HEADS = (
    "question", "questions", "问题", "题目", "面试题", "q", "题", "question / 问题", "问题描述", "题目描述", "面试问题", "interview question",
)  # fmt: skip
_ANSWER_HEADS = ("answer", "answers", "答案", "解答", "回答", "a", "解析", "参考答案", "explanation", "response")
_TOPIC_HEADS = ("方向", "分类", "类别", "模块", "标签", "知识点", "category", "topic", "area", "tag", "tags", "section")
_RATING_HEADS = (
    "难度", "频率", "重要性", "是否完成", "完成", "状态", "进度", "difficulty", "level", "frequency", "importance", "status", "done",
)  # fmt: skip
_NUMBER_HEADS = ("no", "no.", "#", "序号", "编号", "id", "num", "number", "s.no", "s.no.", "题号", "sl.no")


class Tables:
    """One marker; each row is a question with its answer, if a column holds one."""

    markers = ("table",)
    prior = -0.06

    def find(self, view: View) -> list[Candidate]:
        """The rows of every table in which some column asks, and of the tables made like most of those."""
        tables = [_read(view, block) for block in view.blocks if block.kind is BlockKind.TABLE]
        shapes = Counter(table.shape for table in tables if table.asked is not None)
        usual, often = shapes.most_common(1)[0] if shapes else ("", 0)
        alike = [replace(one, asked=0) if one.asked is None and one.shape == usual and often > 1 else one for one in tables]
        return [row for table in alike if table.asked is not None for row in _rows(table, table.asked)]


@dataclass(frozen=True, slots=True)
class _Table:
    """The cells of a table: its head, its rows with their line numbers, and which column asks."""

    start: int
    first: Sequence[str]
    body: Sequence[tuple[int, Sequence[str]]]
    asked: int | None

    @property
    def head(self) -> list[str]:
        """What the head says, to be compared."""
        return [_key(cell) for cell in self.first]

    @property
    def shape(self) -> str:
        """How tables without a head are told to be alike: by how their first cell is written, if that is numbered."""
        number = numbers.split_number(inline.bare(self.first[0])) if self.first else None
        return f"{self.first[0][:3]} {number.style}" if number else ""


def _read(view: View, block: Block) -> _Table:
    body = [(number, cells(view.lines[number - 1])) for number in range(block.start + 2, block.end + 1)]
    body = [(number, row) for number, row in body if any(row)]
    first = cells(view.lines[block.start - 1])
    asked = _question_column([_key(cell) for cell in first], [row for _, row in body])
    return _Table(block.start, first, body, asked)


def _rows(table: _Table, asked: int) -> list[Candidate]:
    head, body = table.head, list(table.body)
    headless = bool(table.shape) and asked == 0
    asks = asked < len(head) and wording.question_likeness(head[asked]) >= 0.8 and head[asked] not in _QUESTION_HEADS
    if headless or asks:
        body.insert(0, (table.start, table.first))  # a table without a head
    columns = _Columns(
        asked, _named(head, _ANSWER_HEADS), _named(head, _NUMBER_HEADS), _named(head, _TOPIC_HEADS), _named(head, _RATING_HEADS)
    )
    return [found for number, row in body if (found := _row(number, row, columns))]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; None where no column does."""

    asked: int
    answered: int | None
    counted: int | None
    topic: int | None
    rated: int | None

    def answers(self, row: Sequence[str]) -> list[str]:
        """The cells of a row that are its answer: the column of that name, else all that have no name of their own."""
        apart = (self.asked, self.counted, self.topic, self.rated)
        wanted = [self.answered] if self.answered is not None else [at for at in range(len(row)) if at not in apart]
        return [cell for at in wanted if at < len(row) and len(cell := _cell(row[at])) > 1]


def _row(number: int, row: Sequence[str], columns: _Columns) -> Candidate | None:
    question = _at(row, columns.asked)
    if not question:
        return None
    printed = _at(row, columns.counted).strip(" .*")
    counted = printed.isdecimal() and len(printed) < 5
    label = numbers.Number(printed, (int(printed),), "table", question) if counted else _inner_number(question)
    answer = "\n\n".join(columns.answers(row))
    return Candidate("table", "table", number, number, question, label, answer=answer, body_end=number, topic=_at(row, columns.topic))


def _inner_number(question: str) -> numbers.Number | None:
    """The number in front of the question in its own cell."""
    number = numbers.split_number(inline.bare(question))
    return replace(number, rest=question) if number and number.style not in ("a.", "1 ") else None


def _at(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _cell(cell: str) -> str:
    for tag in ("<br>", "<br/>", "<br />", "<BR>"):
        cell = cell.replace(tag, "\n\n")
    return cell.strip()


def _key(cell: str) -> str:
    return inline.bare(cell).strip(" :：").lower()


def _named(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((at for at, cell in enumerate(head) if cell in names), None)


def _question_column(head: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    named = _named(head, _QUESTION_HEADS)
    if named is not None:
        return named
    best, column = 0.7, None
    for at in range(len(head)):
        some = [inline.bare(row[at]) for row in rows[:50] if at < len(row) and row[at].strip()]
        asks = sum(wording.question_likeness(cell) for cell in some) / max(1, len(rows[:50]))
        if asks > best:
            best, column = asks, at
    return column


def cells(line: str) -> list[str]:
    """The cells of a table row; `\\|` is no border, and neither is a bar inside of code."""
    text = line.strip()
    text = text.removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    found: list[str] = []
    current: list[str] = []
    quoted = False
    for at, character in enumerate(text):
        if character == "`":
            quoted = not quoted and text.find("`", at + 1) >= 0
        if character == "|" and not quoted and text[at - 1 : at] != "\\":
            found.append("".join(current).strip())
            current = []
        else:
            current.append(character)
    return [cell.replace("\\|", "|") for cell in [*found, "".join(current).strip()]]


LAYOUT = Tables()
