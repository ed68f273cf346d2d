"""A table with one question a row. Which column holds the questions is read from the head and from the cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, wording
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.columns import Columns, head_key, is_question_head, prose_column, read_columns
from cv_quiz.documents.view import FORCED_ONLY, Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View

_FEWEST_FORCED = 2


class Tables:
    """One marker; each row is a question with its answer, if a column holds one."""

    markers = ("table",)
    prior = -0.06

    def find(self, view: View) -> list[Candidate]:
        """The rows of every table in which some column asks, and of the tables made like most of those. The rows of other
        tables are questions only where the user says that tables hold them."""
        tables = [_read(view, block) for block in view.blocks if block.kind is BlockKind.TABLE]
        shapes = Counter(table.shape for table in tables if table.columns.asked is not None)
        usual, often = shapes.most_common(1)[0] if shapes else ("", 0)
        alike = [
            table.asking_in(0) if table.columns.asked is None and table.shape == usual and often > 1 else table
            for table in tables
        ]
        return [row for table in alike for row in _rows(table)]


@dataclass(frozen=True, slots=True)
class _Table:
    """The cells of a table: its head, its rows with their line numbers, and what its columns hold."""

    start: int
    first: Sequence[str]
    body: Sequence[tuple[int, Sequence[str]]]
    columns: Columns

    @property
    def shape(self) -> str:
        """How tables without a head are told to be alike: by how their first cell is written, if that is numbered."""
        number = numbers.split_number(inline.bare(self.first[0])) if self.first else None
        return f"{self.first[0][:3]} {number.style}" if number else ""

    def asking_in(self, column: int | None) -> _Table:
        """The table with another column that asks."""
        return replace(self, columns=replace(self.columns, asked=column))


def _read(view: View, block: Block) -> _Table:
    body = [(number, cells(view.lines[number - 1])) for number in range(block.start + 2, block.end + 1)]
    body = [(number, row) for number, row in body if any(row)]
    first = cells(view.lines[block.start - 1])
    return _Table(block.start, first, body, read_columns(first, [row for _, row in body]))


def _rows(table: _Table) -> list[Candidate]:
    group = "table"
    if table.columns.asked is None:
        if len(table.body) < _FEWEST_FORCED:
            return []
        group += FORCED_ONLY
        table = table.asking_in(prose_column(table.columns, [row for _, row in table.body]))
    asked, body = table.columns.asked, list(table.body)
    if asked is None:
        return []
    head = head_key(table.first[asked]) if asked < len(table.first) else ""
    headless = bool(table.shape) and asked == 0
    asks = group == "table" and wording.question_likeness(head) >= 0.8 and not is_question_head(head)
    if headless or asks:
        body.insert(0, (table.start, table.first))  # a table without a head
    return [found for number, row in body if (found := _row(number, row, table.columns, group))]


def _row(number: int, row: Sequence[str], columns: Columns, group: str) -> Candidate | None:
    question = _at(row, columns.asked)
    if not question:
        return None
    printed = _at(row, columns.counted).strip(" .*")
    counted = printed.isdecimal() and len(printed) < 5
    count = numbers.Number(printed, (int(printed),), "table", question) if counted else _inner_number(question)
    return Candidate(
        "table", group, number, number, question, count,
        answer="\n\n".join(_answers(row, columns)),
        body_end=number,
        label="question" if columns.surely else "",
        topics=_listed(row, columns.topics),
        companies=_listed(row, columns.companies),
        difficulty=_at(row, columns.difficulty),
    )  # fmt: skip


def _answers(row: Sequence[str], columns: Columns) -> list[str]:
    """The cells of a row that are its answer: the column of that name, else all that have no name of their own."""
    apart = columns.apart
    unnamed = [at for at in range(len(row)) if at not in apart]
    wanted = dict.fromkeys((columns.answered, *columns.links)) if columns.answered is not None else unnamed
    return [cell for at in wanted if at < len(row) and len(cell := _cell(row[at])) > 1]


def _listed(row: Sequence[str], columns: Sequence[int]) -> tuple[str, ...]:
    """What some columns of a row name, one by one."""
    text = ",".join(_at(row, column) for column in columns)
    for mark in "，、;；":
        text = text.replace(mark, ",")
    return tuple(part.strip() for part in text.split(",") if part.strip())


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
