"""What the columns of a table hold: which one asks, and which only says something about the question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, wording
from cv_quiz.documents.characters import width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_QUESTION_HEADS = (
    "question", "questions", "问题", "题目", "面试题", "q", "题", "question / 问题", "问题描述", "题目描述", "面试问题", "interview question",
)  # fmt: skip
_QUESTION_WORDS = frozenset(("question", "questions"))
_QUESTION_PARTS = ("问题", "题目", "面试题", "考题")
_TITLE_HEADS = ("title", "name", "标题", "名称", "题名")
# A head that holds one of these tells something about the question, and is not the question.
_ABOUT_WORDS = frozenset(
    ("type", "no", "number", "id", "count", "link", "links", "difficulty", "level", "source", "category", "tags")
)
_ABOUT_PARTS = ("类型", "类别", "分类", "编号", "序号", "题号", "数量", "难度", "链接", "来源", "频率")
_ANSWER_HEADS = ("answer", "answers", "答案", "解答", "回答", "a", "解析", "参考答案", "explanation", "response")
_TOPIC_HEADS = (
    "方向", "分类", "类别", "模块", "标签", "知识点", "主题", "领域", "category", "categories", "topic", "topics", "area", "tag", "tags", "section",
)  # fmt: skip
_DIFFICULTY_HEADS = ("难度", "difficulty", "level", "难易", "难度等级")
_RATING_HEADS = ("频率", "重要性", "是否完成", "完成", "状态", "进度", "frequency", "importance", "status", "done")
_NUMBER_HEADS = (
    "no",
    "no.",
    "#",
    "序号",
    "编号",
    "id",
    "num",
    "number",
    "s.no",
    "s.no.",
    "题号",
    "sl.no",
    "sno",
    "sr.no",
    "sr. no.",
    "idx",
)
_COMPANY_WORDS = frozenset(("company", "companies"))
_COMPANY_PARTS = ("公司", "企业")
_LINK_WORDS = frozenset(("link", "links", "url", "urls", "resource", "resources", "reference", "references"))
_LINK_PARTS = ("链接", "参考", "出处")

_SAMPLE = 50
_MOST_COLUMNS = 64
_MANY_ROWS = 8
_ASKS = 0.7


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; None or nothing where no column does. `surely` says that the head names the column that
    asks, in a table made like a register of questions: then every row is one, whatever its words."""

    asked: int | None
    answered: int | None
    counted: int | None
    links: tuple[int, ...]
    topics: tuple[int, ...]
    companies: tuple[int, ...]
    difficulty: int | None
    rated: int | None
    surely: bool = False

    @property
    def apart(self) -> tuple[int | None, ...]:
        """The columns that are no part of an answer."""
        return (self.asked, self.counted, *self.topics, *self.companies, self.difficulty, self.rated)


def head_key(cell: str) -> str:
    """A head's words, to be compared."""
    return inline.bare(cell).strip(" :：").lower()


def is_question_head(key: str) -> bool:
    """Whether a head says that the column below it asks."""
    return key in _QUESTION_HEADS or _names_question(key)


def read_columns(first: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The columns of a table from its head and its rows; those beyond the first 64 are not looked at."""
    head = [head_key(cell) for cell in first[:_MOST_COLUMNS]]
    answered, counted = _named(head, _ANSWER_HEADS), _named(head, _NUMBER_HEADS)
    difficulty = _named(head, _DIFFICULTY_HEADS)
    companies = _having(head, lambda key: _holds(key, _COMPANY_WORDS, _COMPANY_PARTS))
    links = _having(head, lambda key: _holds(key, _LINK_WORDS, _LINK_PARTS))
    register = any(at is not None for at in (answered, counted, difficulty)) or bool(companies or links)
    asked = _named(head, _QUESTION_HEADS)
    if asked is None and register:
        asked = next(iter(_having(head, _names_question)), None)
    surely = asked is not None and register and len(rows) >= _MANY_ROWS
    if asked is None:
        titled = _named(head, _TITLE_HEADS) if register else None
        asked = _asking_column(len(head), rows, titled)
    topics = tuple(at for at in _having(head, lambda key: key in _TOPIC_HEADS) if at != asked)
    return Columns(asked, answered, counted, links, topics, companies, difficulty, _named(head, _RATING_HEADS), surely)


def prose_column(columns: Columns, rows: Sequence[Sequence[str]]) -> int | None:
    """The column with the longest and most various words, for a table in which none asks; None where all are empty."""
    apart = {*columns.apart, columns.answered}
    best, column = 0.0, None
    for at in range(min(_MOST_COLUMNS, max((len(row) for row in rows[:_SAMPLE]), default=0))):
        some = [_words(row[at]) for row in rows[:_SAMPLE] if at < len(row) and _words(row[at])]
        if at in apart or not some:
            continue
        weight = sum(width(cell[:200]) for cell in some) / len(some) * len(set(some))
        if weight > best:
            best, column = weight, at
    return column


def _words(cell: str) -> str:
    """What a cell says beside its links' targets; nothing where it is a number."""
    words = inline.bare(cell)
    return "" if words.startswith("http") or not any(character.isalpha() for character in words) else words


def _asking_column(count: int, rows: Sequence[Sequence[str]], titled: int | None) -> int | None:
    """The column whose cells ask; in a register of many rows the one named `Title` may ask a little less."""
    best, column = _ASKS, None
    some = rows[:_SAMPLE]
    for at in range(count):
        cells = [inline.bare(row[at]) for row in some if at < len(row) and row[at].strip()]
        asks = sum(wording.question_likeness(cell) for cell in cells) / max(1, len(some))
        if at == titled and len(rows) >= _MANY_ROWS:
            asks += 0.25
        if asks > best:
            best, column = asks, at
    return column


def _names_question(key: str) -> bool:
    return _holds(key, _QUESTION_WORDS, _QUESTION_PARTS) and not _holds(key, _ABOUT_WORDS, _ABOUT_PARTS)


def _holds(key: str, words: frozenset[str], parts: Sequence[str]) -> bool:
    """Whether a short head has one of some English words, or one of some Chinese ones anywhere."""
    plain = "".join(character if character.isalnum() else " " for character in key[:60])
    return not words.isdisjoint(plain.split()) or any(part in plain for part in parts)


def _having(head: Sequence[str], fits: Callable[[str], bool]) -> tuple[int, ...]:
    return tuple(at for at, key in enumerate(head) if fits(key))


def _named(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((at for at, key in enumerate(head) if key in names), None)
