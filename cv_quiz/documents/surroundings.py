"""Links, references and promises around an answer: what stands at its ends and says nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import inline, vocabulary
from cv_quiz.documents.blocks import BlockKind

if TYPE_CHECKING:
    from cv_quiz.documents.pieces import Piece


_MARKS = " \t-*+•>#_~.,。，、；;|[]【】()（）0123456789\"'“”《》<>&"


def take_links(pieces: list[Piece]) -> tuple[list[Piece], list[str]]:
    """The pieces without the lines at either end that are nothing but links, and those links in order."""
    count, leading = _outer_links(pieces)
    rest = pieces[count:]
    if count and rest and rest[0].kind is BlockKind.RULE:
        rest = rest[1:]
    count, trailing = _outer_links(rest[::-1])
    rest = rest[: len(rest) - count]
    if rest and rest[0].kind is BlockKind.PARAGRAPH:
        leading.append(_leading_lines(rest[0]))
    if rest and rest[-1].kind is BlockKind.PARAGRAPH:
        trailing.append(_trailing_lines(rest[-1]))
    return rest, [link for links in (*leading, *reversed(trailing)) for link in links]


def _outer_links(pieces: list[Piece]) -> tuple[int, list[list[str]]]:
    """How many pieces from the first on are nothing but links, and the links of each. A list counts as a whole."""
    taken: list[list[str]] = []
    while len(taken) < len(pieces):
        end = _list_end(pieces, len(taken))
        found = [_links_of(piece) for piece in pieces[len(taken) : end]]
        links = [one for one in found if one is not None]
        if len(links) < len(found):
            break
        taken += links
    return len(taken), taken


def _list_end(pieces: list[Piece], start: int) -> int:
    """Where the list that a piece begins ends; one past the piece where it is no list item."""
    end = start + 1
    while pieces[start].kind is BlockKind.ITEM and end < len(pieces) and pieces[end].kind is BlockKind.ITEM:
        end += 1
    return end


def _leading_lines(piece: Piece) -> list[str]:
    """Cuts the first lines of a paragraph that are only links; its last line always stays."""
    taken: list[str] = []
    while len(piece.lines) > 1 and (found := line_links(piece.lines[0])):
        taken += found
        piece.lines.pop(0)
    return taken


def _trailing_lines(piece: Piece) -> list[str]:
    """Cuts the last lines of a paragraph that are only links; its first line always stays."""
    taken: list[list[str]] = []
    while len(piece.lines) > 1 and (found := line_links(piece.lines[-1])):
        taken.append(found)
        piece.lines.pop()
    return [link for links in reversed(taken) for link in links]


def _links_of(piece: Piece) -> list[str] | None:
    """The links of a piece that is nothing else; an empty list for a label such as `参考：`; None for content."""
    if piece.kind is BlockKind.QUOTE:
        return _quoted(piece)
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.BOLD, BlockKind.HEADING, BlockKind.LABEL):
        return None
    if len(piece.lines) > 60:
        return None
    found: list[str] = []
    for line in piece.lines:
        links = line_links(line)
        if not links and not _is_reference_word(line):
            return None
        found += links
    return found


def _quoted(piece: Piece) -> list[str] | None:
    """A quote block is a reference when it says so at its head, or holds links alone."""
    lines = [text for line in piece.lines if (text := line.strip().lstrip("> ").strip())]
    if not lines or len(lines) > 60:
        return None
    named = _is_reference_word(lines[0].split("http")[0].split("[")[0]) and len(lines[0]) < 400
    found: list[str] = []
    for line in lines:
        links = line_links(line)
        if not links and _is_reference_word(line):
            continue
        if not links and not named:
            return None
        found += links or [_with_address(line)]
    return found


def _with_address(line: str) -> str:
    return line.strip().lstrip("-*• ")


def _is_reference_word(line: str) -> bool:
    words = inline.bare(line.lstrip("#>-*+ ")).strip(" :：.-—[]【】()（）").lower()
    return bool(words) and (
        words in vocabulary.LINK_WORDS or all(word in vocabulary.LINK_WORDS for word in words.split())
    )


def line_links(line: str) -> list[str]:
    """The links of a line that holds nothing else but a word or a title before each; empty otherwise."""
    text = line.strip()
    if ("http" not in text and "](" not in text) or len(text) > 3000:
        return []
    found = inline.links(text)
    if not found or any(link.image for link in found) or any(link.target.startswith("#") for link in found):
        return []
    outside = inline.without_links(text)
    if not _says_nothing(outside, text, found[0].start):
        return []
    return [_written(link, outside, alone=len(found) == 1) for link in found]


def _says_nothing(outside: str, text: str, first: int) -> bool:
    """What stands outside the links is marks and numbers, a reference word, or one title that ends in a colon."""
    words = outside.strip(_MARKS)
    if not words.strip(":：") or _is_reference_word(words):
        return True
    lead = text[:first].strip(" -*+>_")
    rest = outside.replace(text[:first], "", 1).strip(" \t-*。.，,;；()（）_")
    titled = lead[-1:] in (":", "：") or (len(lead) < 12 and lead[-1:] in ("！", "!"))
    return not rest and titled and len(lead) <= 40 and "。" not in lead and "，" not in lead


def _written(link: inline.Link, outside: str, *, alone: bool) -> str:
    """A link as Markdown, its title kept; what stands before a link that is alone on its line is a title too."""
    lead = outside.strip(_MARKS + ":：!！")
    if not alone or _is_reference_word(lead) or len(lead) > 60 or "[" in lead:
        lead = ""
    words = inline.bare(link.text)
    title = words if not lead or words.startswith(lead) else f"{lead}：{words}" if words else lead
    return f"[{title}]({link.target})" if title and title != link.target else link.target
