"""A table with one question a row. Which column holds the questions is read from the head and from the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, wording
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View

_QUESTION_HEADS = ("question", "questions", "问题", "题目", "面试题", "q", "题", "question / 问题")
_ANSWER_HEADS = ("answer", "answers", "答案", "解答", "回答", "a", "解析", "参考答案", "explanation", "response")
_NUMBER_HEADS = ("no", "no.", "#", "序号", "编号", "id", "num", "number", "s.no", "s.no.", "题号", "sl.no")


class Tables:
    """One marker; each row is a question with its answer, if a column holds one."""

    markers = ("table",)
    prior = -0.06

    def find(self, view: View) -> list[Candidate]:
        """The rows of every table in which some column asks."""
        return [row for block in view.blocks if block.kind is BlockKind.TABLE for row in _rows(view, block)]


def _rows(view: View, block: Block) -> list[Candidate]:
    head = [_key(cell) for cell in cells(view.lines[block.start - 1])]
    body = [(number, cells(view.lines[number - 1])) for number in range(block.start + 2, block.end + 1)]
    body = [(number, row) for number, row in body if any(row)]
    asked = _question_column(head, [row for _, row in body])
    if asked is None or not body:
        return []
    if asked < len(head) and wording.question_likeness(head[asked]) >= 0.8 and head[asked] not in _QUESTION_HEADS:
        body.insert(0, (block.start, cells(view.lines[block.start - 1])))  # a table without a head
    answered = _named(head, _ANSWER_HEADS)
    counted = _named(head, _NUMBER_HEADS)
    return [found for number, row in body if (found := _row(number, row, asked, answered, counted, head))]


def _row(number: int, row: Sequence[str], asked: int, answered: int | None, counted: int | None, head: Sequence[str]) -> Candidate | None:
    if asked >= len(row) or not row[asked].strip():
        return None
    printed = row[counted].strip(" .*") if counted is not None and counted < len(row) else ""
    label = numbers.Number(printed, (int(printed),), "table", row[asked]) if printed.isdecimal() and len(printed) < 5 else None
    rest = [answered] if answered is not None else [at for at in range(len(row)) if at not in (asked, counted)]
    answer = "\n\n".join(_cell(row[at]) for at in rest if at < len(row) and _says(row[at], head[at] if at < len(head) else ""))
    return Candidate("table", "table", number, number, row[asked], label, answer=answer, body_end=number)


def _says(cell: str, head: str) -> bool:
    """Whether a cell is part of an answer: not a difficulty, a tick or a tag."""
    words = cell.strip()
    return len(words) > 3 and head not in ("难度", "difficulty", "level", "tag", "tags", "分类", "category", "topic", "频率")


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
