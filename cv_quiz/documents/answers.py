"""From the lines below a question to its answer in Markdown, the links around it, and the rest of the question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz.documents import inline, numbers, wording
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.images import resolve_targets
from cv_quiz.documents.pieces import Piece, dedented, read_pieces
from cv_quiz.documents.repair import Habits, repair
from cv_quiz.documents.surroundings import take_links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.view import Reason, View


@dataclass(frozen=True, slots=True)
class Body:
    """Where an answer lies: lines `start` to `end`; `first` is what stood behind the question on its own line.

    `asked_below` says that the question's line held only a label, so that the question itself is the first paragraph;
    `only_asked`, that it held a topic, and the document asks about each topic in a paragraph below, with no answer.
    """

    start: int
    end: int
    first: str = ""
    asked_below: bool = False
    only_asked: bool = False


_PROSE = (BlockKind.PARAGRAPH, BlockKind.LABEL, BlockKind.BOLD, BlockKind.ITEM)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's Markdown, whether it says anything, the links around it, what of the question stood below its
    first line, and the lines that were left out with the reason."""

    text: str
    says: bool
    links: tuple[str, ...]
    rest_of_question: str
    left_out: dict[int, Reason]


def read_answer(view: View, body: Body, habits: Habits, base: str | None = None) -> Answer:
    """The answer below a question."""
    pieces, left_out = read_pieces(view, body.start, body.end)
    if body.first:
        pieces.insert(0, Piece(BlockKind.PARAGRAPH, body.first.split("\n"), body.start, gap=False))
    asked, pieces = _split_at_label(pieces, anywhere=habits.labelled)
    dedent(pieces[1:] if body.first and not asked else pieces)
    if body.asked_below and not asked and pieces and pieces[0].kind in _PROSE:
        asked, pieces = pieces[:1], pieces[1:]
    pieces = repair(pieces, habits)
    pieces, links = take_links(pieces)
    if body.only_asked and only_asks(markdown(pieces, base)):
        asked, pieces = pieces, []
    text = markdown(pieces, base)
    if wording.is_todo(text):
        text = ""
    says = bool(text) and any(not _is_caption(piece) for piece in pieces)
    targets = tuple(dict.fromkeys(resolve_targets(link, base) for link in links))
    return Answer(text, says, targets, markdown(repair(asked, habits), base), left_out)


def only_asks(text: str) -> bool:
    """Whether the text below a topic is a question and nothing else."""
    plain = inline.without_tags(text).rstrip()
    if "```" in plain or plain.count("\n\n") > 1 or len(plain) > 1500:
        return False
    return plain[-1:] in ("?", "？") or ("\n" not in plain and wording.question_likeness(plain) >= 0.45)


def _is_caption(piece: Piece) -> bool:
    """A heading or a bold label: with nothing but these an answer is still to be written."""
    if piece.kind is BlockKind.BOLD:
        return len(piece.text) < 60 and (piece.text.rstrip("*_ ")[-1:] in ":：" or wording.is_label(piece.text))
    return piece.kind in (BlockKind.HEADING, BlockKind.RULE)


def _split_at_label(pieces: list[Piece], *, anywhere: bool) -> tuple[list[Piece], list[Piece]]:
    """What stands before `答：`, or before what hides the answer, belongs to the question; the label itself to no one.

    Where the document does not label its answers (`anywhere`), such a word further down is a part of the answer.
    """
    revealed = next((at for at, piece in enumerate(pieces) if piece.revealed), 0) if anywhere else 0
    if revealed:
        between, answer = _split_at_label(pieces[revealed:], anywhere=False)
        return [*pieces[:revealed], *between], answer
    for at, piece in enumerate(pieces[: 40 if anywhere else 1]):
        rest = _behind_label(piece)
        if rest is None and piece.kind is BlockKind.HEADING:
            break
        if rest is None:
            continue
        if rest:
            piece.lines[0] = " " * piece.indent + rest
            piece.kind = BlockKind.PARAGRAPH
        elif len(piece.lines) > 1:
            piece.lines.pop(0)
        else:
            return pieces[:at], pieces[at + 1 :]
        return pieces[:at], pieces[at:]
    return [], pieces


def _behind_label(piece: Piece) -> str | None:
    if piece.kind not in (BlockKind.LABEL, BlockKind.BOLD, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM):
        return None
    line = piece.lines[0].strip()
    if len(line) > 20_000 or (piece.kind is BlockKind.ITEM and numbers.split_number(line)):
        return None
    rest = numbers.answer_label(line)
    if rest is None:
        return None
    opened = line.lstrip(" >#-").startswith(("**", "__"))
    return rest[:-2].rstrip() if opened and rest.endswith(("**", "__")) and rest.count(rest[-2:]) % 2 else rest


def markdown(pieces: list[Piece], base: str | None) -> str:
    """The pieces as one Markdown text."""
    lines: list[str] = []
    for at, piece in enumerate(pieces):
        if at and (piece.gap or BlockKind.CODE in (pieces[at - 1].kind, piece.kind)):
            lines.append("")
        elif at and _needs_break(pieces[at - 1], piece):
            lines[-1] += "\\"
        lines += [line.expandtabs(4).rstrip() for line in _written(piece, base)]
    return "\n".join(lines).strip("\n")


def dedent(pieces: Sequence[Piece]) -> None:
    """Takes away the indent that all lines of an answer share: that of the list item they stood in."""
    depth = min((_depth(piece) for piece in pieces), default=0)
    for piece in pieces if depth else ():
        piece.lines = [dedented(line, depth) for line in piece.lines]
        piece.indent = max(0, piece.indent - depth)


def _depth(piece: Piece) -> int:
    filled = [line for line in piece.lines if line.strip()]
    return min((len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) for line in filled), default=0)


def _needs_break(before: Piece, piece: Piece) -> bool:
    """A line such as `1.2 …` or `（2）…` below another begins anew for the reader, though not for Markdown."""
    text = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.LABEL)
    if (
        before.kind not in text
        or piece.kind not in (BlockKind.ITEM, BlockKind.LABEL)
        or before.lines[-1].endswith("\\")
    ):
        return False
    return not is_markdown_item(piece.text)


def is_markdown_item(line: str) -> bool:
    """Whether Markdown itself takes the line for a list item."""
    if line[:2] in ("- ", "* ", "+ "):
        return True
    digits = len(line) - len(line[:10].lstrip("0123456789") + line[10:])
    return digits > 0 and line[digits : digits + 2] in (". ", ") ")


def _written(piece: Piece, base: str | None) -> list[str]:
    if piece.kind is BlockKind.CODE:
        depth = _depth(piece)
        return ["```", *(dedented(line, depth) for line in piece.lines), "```"]
    if piece.kind is BlockKind.FENCE:
        return _closed_fence(piece.lines)
    if piece.kind is BlockKind.MATH:
        return piece.lines
    return [resolve_targets(_visible(line), base) for line in piece.lines]


def _closed_fence(lines: list[str]) -> list[str]:
    """A fence that the document never closes is closed here, or it would take in what follows."""
    mark = lines[0].strip()[0]
    fence = mark * (len(lines[0].strip()) - len(lines[0].strip().lstrip(mark)))
    closed = len(lines) > 1 and lines[-1].strip().startswith(fence) and not lines[-1].strip().strip(mark)
    return lines if closed else [*lines, lines[0][: len(lines[0]) - len(lines[0].lstrip())] + fence]


def _visible(line: str) -> str:
    """`<!--` that nothing closes would hide the rest of the answer."""
    text = line.lstrip()
    if text.startswith("<summary"):
        return f"**{inline.bare(text)}**"
    return line.replace("<!--", "\\<!--", 1) if text.startswith("<!--") and "-->" not in text else line
