"""A document as blocks: a line classifier with explicit states, one rule a function.

The blocks follow one another and cover every non-blank line exactly once. They are flat: a list item is a block
with an indent, and so is every paragraph below it; who belongs to whom is decided later, from the whole document.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers
from cv_quiz.documents.characters import is_han, is_pictograph, width
from cv_quiz.documents.code import SAMPLE, is_code
from cv_quiz.documents.emphasis import whole_bold
from cv_quiz.documents.tags import tag_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class BlockKind(StrEnum):
    """What a block is."""

    FRONT_MATTER = "front matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BOLD = "bold line"
    LABEL = "question or answer label"
    ITEM = "list item"
    FENCE = "code fence"
    CODE = "indented code"
    MATH = "mathematics"
    TABLE = "table"
    QUOTE = "quote"
    HTML = "HTML"
    COMMENT = "comment"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `start` to `end` (from 1, both included).

    `text` is a heading's, bold line's or item's words, for other kinds the first line; `marker` an item's mark as
    printed or a fence's info string; `number` the number of a numbered item, heading or bold line is found later.
    """

    kind: BlockKind
    start: int
    end: int
    indent: int = 0
    text: str = ""
    level: int = 0
    marker: str = ""


def read_blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks of a document; every non-blank line belongs to exactly one."""
    reader = _Reader(lines)
    return reader.read()


class _Reader:
    """Reads forward; a rule looks at the line at `at` and says which block begins there, if any."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.blocks: list[Block] = []
        self.failed: dict[str, int] = {}
        self.in_list = False
        self.open_paragraph: list[str] = []

    def read(self) -> list[Block]:
        if front := _front_matter(self.lines):
            self.blocks.append(front)
            self.at = front.end
        while self.at < len(self.lines):
            line = self.lines[self.at].rstrip()
            stripped = line.lstrip()
            if not stripped:
                self.close_paragraph()
                self.at += 1
                continue
            self.block(line, stripped)
        self.close_paragraph()
        return self.blocks

    def block(self, line: str, stripped: str) -> None:
        indent = _indent(line, stripped)
        rules = RULES.get(stripped[0], TEXT_RULES)
        for rule in (_indented_code, *rules) if indent >= 4 else rules:
            if block := rule(self, stripped, indent):
                self.close_paragraph()
                self.add(block)
                return
        self.open_paragraph.append(stripped)
        self.at += 1

    def add(self, block: Block) -> None:
        """Takes a block and goes on behind it; what is indented below a list item belongs to the list."""
        self.blocks.append(block)
        self.at = block.end
        self.in_list = block.kind is BlockKind.ITEM or (self.in_list and block.indent > 0)

    def close_paragraph(self) -> None:
        """Ends the running paragraph, which lies right before `at`."""
        if not self.open_paragraph:
            return
        start = self.at - len(self.open_paragraph) + 1
        first = self.lines[start - 1]
        indent = _indent(first, first.lstrip())
        self.blocks.append(Block(BlockKind.PARAGRAPH, start, self.at, indent, self.open_paragraph[0]))
        self.in_list = self.in_list and indent > 0
        self.open_paragraph = []

    def find(
        self, key: str, hit: Callable[[str], bool], stop: Callable[[str], bool] = lambda _line: False
    ) -> int | None:
        """The number of the first line behind `at` that `hit` takes, before one that `stop` takes.

        A search that failed is remembered with the line it reached: the next one for the same key that begins before
        that line would fail too. So all searches of one key together read each line once.
        """
        if self.at < self.failed.get(key, 0):
            return None
        for at in range(self.at + 1, len(self.lines)):
            line = self.lines[at].strip()
            if hit(line):
                return at + 1
            if stop(line):
                self.failed[key] = at
                return None
        self.failed[key] = len(self.lines)
        return None

    def one(self, kind: BlockKind, indent: int, text: str, *, level: int = 0, marker: str = "") -> Block:
        """A block of the one line at `at`."""
        return Block(kind, self.at + 1, self.at + 1, indent, text, level, marker)

    def until(self, kind: BlockKind, end: int, indent: int, *, marker: str = "") -> Block:
        """A block from the line at `at` to line number `end`."""
        return Block(kind, self.at + 1, end, indent, self.lines[self.at].strip(), marker=marker)


def _indent(line: str, stripped: str) -> int:
    """Columns before the first character; a tab reaches the next multiple of four."""
    head = line[: len(line) - len(stripped)]
    return len(head.expandtabs(4)) if "\t" in head else len(head)


def _front_matter(lines: Sequence[str]) -> Block | None:
    """`---`, keys, `---` at the very top. Where it is not closed, it is none: the keys are then left out as text."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() not in ("---", "+++"):
        return None
    keys = 0
    for at in range(first + 1, min(len(lines), first + 500)):
        line = lines[at].rstrip()
        if line in ("---", "...", "+++"):
            return Block(BlockKind.FRONT_MATTER, first + 1, at + 1) if keys else None
        keys += bool(line) and (":" in line or "=" in line)
        if line.startswith(("#", "```")) and ":" not in line:
            break
    return None


def _indented_code(reader: _Reader, _stripped: str, indent: int) -> Block | None:
    """Lines indented by four or more outside of a list, if they read like a program: prose is indented too."""
    if reader.open_paragraph or reader.in_list:
        return None
    end = at = reader.at
    judged = False
    while at < len(reader.lines) and (not reader.lines[at].strip() or reader.lines[at].startswith(("    ", "\t"))):
        at += 1
        end = at if reader.lines[at - 1].strip() else end
        if at - reader.at == SAMPLE:  # enough to tell; reading on to the end for every paragraph of prose takes long
            judged = is_code(reader.lines[reader.at : at])
            if not judged:
                return None
    code = judged or is_code(reader.lines[reader.at : end])
    return reader.until(BlockKind.CODE, end, indent) if code else None


def _fence(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """A code fence; one that is never closed ends before the next heading outside of code, or with the paragraph."""
    mark = stripped[0]
    length = len(stripped) - len(stripped.lstrip(mark))
    info = stripped[length:].strip()
    if length < 3 or (mark == "`" and "`" in info):
        return None
    closing = mark * min(length, 20)
    end = reader.find(closing, lambda line: line.startswith(closing) and not line.strip(mark))
    return reader.until(BlockKind.FENCE, end or _end_of_open_fence(reader), indent, marker=info)


def _end_of_open_fence(reader: _Reader) -> int:
    end = reader.at + 1
    while end < len(reader.lines) and reader.lines[end].strip():
        end += 1
    return end


def _math(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """`$$ … $$` over one or more lines. The search for the end stops at a heading, so that a stray `$$` harms little."""
    if not stripped.startswith("$$"):
        return None
    if len(stripped) > 4 and stripped.rstrip(".,。， ").endswith("$$"):
        return reader.one(BlockKind.MATH, indent, stripped)
    if stripped.count("$$") > 1:
        return None
    end = reader.find("$$", lambda line: "$$" in line, lambda line: line.startswith(("#", "```")))
    return None if end is None else reader.until(BlockKind.MATH, end, indent)


def _heading(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """`## text ##`; also `##text` where what follows cannot be a directive, a tag or a shell comment."""
    level = len(stripped) - len(stripped.lstrip("#"))
    if level > 6 or indent > 3:
        return None
    text = stripped[level:]
    if text and not text[0].isspace() and not _glued_heading(text, level):
        return None
    body = text.strip()
    closed = body.rstrip("#")
    if closed != body and (not closed or closed[-1].isspace()):
        body = closed.rstrip()
    return reader.one(BlockKind.HEADING, indent, body, level=level)


def _glued_heading(text: str, level: int) -> bool:
    first = text[0]
    return (
        is_han(first)
        or first in "【《（“*`["
        or is_pictograph(first)
        or (first.isalnum() and (level > 1 or first.isdigit()))
    )


def _rule(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """`---`, `***`, `————`; below a short line of text `-`, `---` and `===` make that line a heading."""
    mark = stripped[0]
    if stripped.strip(mark + " ") or (stripped.count(mark) < 3 and (mark not in "=-" or " " in stripped)):
        return None
    if mark in "=-" and _is_setext(reader):
        title = reader.open_paragraph.pop()
        return Block(BlockKind.HEADING, reader.at, reader.at + 1, indent, title, 1 if mark == "=" else 2)
    return reader.one(BlockKind.RULE, indent, stripped[:80]) if stripped.count(mark) > 2 else None


def _is_setext(reader: _Reader) -> bool:
    """Whether the open paragraph is one line that can be a title, not a sentence that happens to stand on a rule."""
    if len(reader.open_paragraph) != 1:
        return False
    line = reader.open_paragraph[0]
    return width(line[:200]) <= 120 and line[-1] not in "。；;，,：:>)）" and "|" not in line


def _quote(reader: _Reader, _stripped: str, indent: int) -> Block | None:
    end = reader.at + 1
    while end < len(reader.lines) and reader.lines[end].lstrip().startswith(">"):
        end += 1
    return reader.until(BlockKind.QUOTE, end, indent)


def _table(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """A header row, a row of dashes, and the rows below."""
    if reader.at + 1 >= len(reader.lines) or "|" not in stripped or not _is_delimiter(reader.lines[reader.at + 1]):
        return None
    end = reader.at + 2
    while end < len(reader.lines) and "|" in reader.lines[end]:
        end += 1
    return reader.until(BlockKind.TABLE, end, indent)


def _is_delimiter(line: str) -> bool:
    return len(line) < 5000 and "|" in line and "-" in line and not line.strip(" |:-\t")


def _comment(reader: _Reader, stripped: str, indent: int) -> Block | None:
    if not stripped.startswith("<!--"):
        return None
    end = reader.at + 1
    if "-->" not in stripped:
        end = reader.find("-->", lambda line: "-->" in line, lambda line: line.startswith("# ")) or 0
    if not end or reader.lines[end - 1].rsplit("-->", 1)[1].strip():
        return None
    return reader.until(BlockKind.COMMENT, end, indent)


def _container(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """The first or last line of a container of VuePress (`::: tip`) or MkDocs (`??? "Show answer"`)."""
    opens = stripped.startswith((":::", "??? ", "???+ ", "!!! "))
    return reader.one(BlockKind.HTML, indent, stripped, marker="container") if opens else None


_RAW_TAGS = ("pre", "script", "style", "table", "svg")


def _html(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """A line that begins with a tag; `<pre>`, `<table>` and their kind reach to their end."""
    name = tag_name(stripped)
    if not name:
        return None
    if name in ("b", "strong", "i", "em", "font", "span", "u", "code", "kbd", "a", "img", "sub", "sup"):
        return _bold(reader, stripped, indent) if name in ("b", "strong") else None
    if name in ("h1", "h2", "h3", "h4", "h5", "h6") and f"</{name}" in stripped.lower():
        return reader.one(BlockKind.HEADING, indent, inline.without_tags(stripped).strip(), level=int(name[1]))
    if name in _RAW_TAGS:
        closing = f"</{name}"
        one_line = reader.at + 1 if closing in stripped.lower() else None
        end = one_line or reader.find(closing, lambda line: closing in line.lower())
        return reader.until(BlockKind.HTML, end or reader.at + 1, indent, marker=name)
    return reader.one(BlockKind.HTML, indent, stripped, marker=name)


def _bullet(reader: _Reader, stripped: str, indent: int) -> Block | None:
    if stripped[0] in "-*+" and stripped[1:2] not in (" ", "\t", ""):
        return None
    text = stripped[1:].strip()
    return _heading_in_item(reader, text, "", indent) or reader.one(BlockKind.ITEM, indent, text, marker=stripped[0])


def _heading_in_item(reader: _Reader, text: str, number: str, indent: int) -> Block | None:
    """`1. ### question`: the heading counts, the list does not."""
    level = len(text) - len(text.lstrip("#"))
    if not 1 <= level <= 6 or text[level : level + 1] != " ":
        return None
    words = text[level:].strip().rstrip("#").rstrip()
    return reader.one(BlockKind.HEADING, indent, f"{number} {words}".strip(), level=level) if words else None


def _numbered(reader: _Reader, stripped: str, indent: int) -> Block | None:
    number = numbers.split_number(stripped[:400])
    if number is None or not _is_item(number, stripped) or (number.style == "1 " and not _counts_on(reader, number)):
        return None
    if number.style == "第1章" and width(stripped[:100]) <= 80 and stripped[-1] not in "。；，.;,":
        return reader.one(BlockKind.HEADING, indent, stripped, level=1)
    if number.style == "Q1":
        return reader.one(BlockKind.LABEL, indent, stripped, marker="question")
    rest = stripped[len(stripped) - len(number.rest) :] if len(stripped) <= 400 else stripped
    marker = stripped[: len(stripped) - len(rest)].strip()
    return _heading_in_item(reader, rest, marker, indent) or reader.one(BlockKind.ITEM, indent, rest, marker=marker)


def _counts_on(reader: _Reader, number: numbers.Number) -> bool:
    """`9 why` right below `8. what`: the point was forgotten."""
    above = reader.blocks[-1] if reader.blocks and not reader.open_paragraph else None
    if above is None or above.kind is not BlockKind.ITEM or above.end != reader.at:
        return False
    before = numbers.split_number(f"{above.marker} x")
    return before is not None and before.values == (number.values[-1] - 1,)


def _is_item(number: numbers.Number, stripped: str) -> bool:
    """A line such as `1.1` alone, or the footnote `[1]: http`, is no item."""
    return bool(number.rest) and not (
        number.style == "[1]" and number.rest.startswith(("http", "^")) and "](" not in stripped
    )


def _label(reader: _Reader, stripped: str, indent: int) -> Block | None:
    head = stripped[:60]
    if numbers.answer_label(head) is not None:
        return reader.one(BlockKind.LABEL, indent, stripped, marker="answer")
    if numbers.question_label(head) is not None:
        return reader.one(BlockKind.LABEL, indent, stripped, marker="question")
    return None


def _bold(reader: _Reader, stripped: str, indent: int) -> Block | None:
    """A line that is bold as a whole, decoration behind it aside; one broken mark is forgiven."""
    inner = whole_bold(stripped)
    return None if inner is None else reader.one(BlockKind.BOLD, indent, inner)


TEXT_RULES: tuple[Callable[[_Reader, str, int], Block | None], ...] = (_label, _numbered, _table)
_BULLETS = dict.fromkeys("+•·●○▪◆■◦‣⁃–", (_bullet, _table))
RULES: dict[str, tuple[Callable[[_Reader, str, int], Block | None], ...]] = {
    **_BULLETS,
    "`": (_fence, _table),
    "~": (_fence,),
    "$": (_math, _table),
    "#": (_heading, _numbered),
    "-": (_rule, _bullet, _table),
    "*": (_rule, _label, _bold, _bullet, _table),
    "_": (_rule, _label, _bold, _table),
    "=": (_rule,),
    "—": (_rule,),
    ">": (_quote,),
    "|": (_table,),
    "<": (_comment, _html, _label, _table),
    **dict.fromkeys(":?!", (_container, _table)),
}
