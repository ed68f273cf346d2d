"""What the layouts look at: a document's lines, its blocks, and the lines that are already known to be no content."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from cv_quiz.documents.blocks import Block, BlockKind
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cv_quiz.documents.numbers import Number


# Lines that head a section without being headings rank below all headings.
CAPTION_LEVEL = 7

# How the name of a group ends that is looked at only where the user names its marker.
FORCED_ONLY = "/forced"

# The group of indented lines of one question each: a list whose items bear no mark.
INDENTED_LINES = "lines/indented"


class Reason(Enum):
    """Why a line went into no card."""

    FRONT_MATTER = Text("文首的元数据", "front matter")
    COMMENT = Text("注释", "comment")
    CONTENTS = Text("目录", "table of contents")
    BACK_LINK = Text("返回链接", "link back to the top")
    LICENCE = Text("版权声明", "licence notice")
    SECTION = Text("章节标题", "section heading")
    TITLE = Text("文档标题", "title of the document")
    INTRODUCTION = Text("章节的引言", "introduction of a section")
    PREFACE = Text("第一个问题之前的文字", "text before the first question")
    APART = Text("参考、致谢、许可之类的章节", "references, thanks, licence and the like")
    MARKUP = Text("分隔线与标记", "separators and markup")
    TABLE_HEAD = Text("表头", "head of a table")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be a question.

    `marker` is the name for --marker, `group` the finer kind whose members stand or fall together; `start` to `end`
    are the question's own lines; `text` its words as written, without number; `answer` what follows them on the same
    line; `body_end` the last line of the answer where the layout knows it (0: until the next question or section);
    `label` is "question" where a word such as `Q:` says so; `topics`, `companies` and `difficulty` are what a table says
    about the question. A group that ends in FORCED_ONLY is looked at only where the user names its marker.
    """

    marker: str
    group: str
    start: int
    end: int
    text: str
    number: Number | None = None
    level: int = 0
    answer: str = ""
    body_end: int = 0
    label: str = ""
    topics: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    difficulty: str = ""


class Layout(Protocol):
    """One way to mark questions; a module in `layouts/` has one as `LAYOUT`."""

    markers: tuple[str, ...]
    prior: float

    def find(self, view: View) -> list[Candidate]:
        """Everything in the document that is marked this way."""


class View:
    """A document as the layouts see it. `reasons` maps the lines known to be no content to why."""

    def __init__(self, lines: Sequence[str], blocks: Sequence[Block], reasons: Mapping[int, Reason]) -> None:
        self.lines = lines
        self.reasons = dict(reasons)
        self.blocks = [block for block in blocks if self._has_content(block)]
        self.headings = [block for block in self.blocks if block.kind is BlockKind.HEADING]
        self._content = _prefix_sums(lines, self.reasons)
        self._starts = [block.start for block in self.blocks]

    def _has_content(self, block: Block) -> bool:
        if block.start not in self.reasons:
            return True
        return any(n not in self.reasons and self.lines[n - 1].strip() for n in range(block.start + 1, block.end + 1))

    def content(self, start: int, end: int) -> int:
        """How many lines from `start` to `end` hold content."""
        return self._content[max(start, end + 1) - 1] - self._content[start - 1] if end >= start else 0

    def within(self, start: int, end: int) -> list[Block]:
        """The blocks that begin between two lines, both included."""
        return self.blocks[bisect_left(self._starts, start) : bisect_right(self._starts, end)]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return len(self.lines)


def _prefix_sums(lines: Iterable[str], reasons: Mapping[int, Reason]) -> list[int]:
    sums = [0]
    for number, line in enumerate(lines, 1):
        sums.append(sums[-1] + (number not in reasons and bool(line) and not line.isspace()))
    return sums
