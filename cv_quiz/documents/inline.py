"""Marks inside a line: emphasis, links, images, HTML tags. All in one pass over the line."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from cv_quiz.documents.characters import is_pictograph

# Longer lines are text for the eye of no one; they are kept as they are and never searched for marks.
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Link:
    """`[text](target)`, `![text](target)`, `<target>` or a bare address; start and end are offsets in the line."""

    start: int
    end: int
    text: str
    target: str
    image: bool = False


def links(text: str) -> list[Link]:
    """All links, images and bare addresses of a line, in order; empty for an overlong line."""
    if len(text) > LONGEST or ("](" not in text and "http" not in text):
        return []
    found: list[Link] = []
    at = 0
    while (link := _next_link(text, at)) is not None:
        found.append(link)
        at = link.end
    return found


def _next_link(text: str, at: int) -> Link | None:
    bracketed = _next_bracketed(text, at)
    bare = _next_address(text, at)
    if bracketed and (bare is None or bracketed.start <= bare.start):
        return bracketed
    return bare


def _next_bracketed(text: str, at: int) -> Link | None:
    """The next `[...](...)`: found by its middle, then opened to both sides with counted brackets."""
    while (middle := text.find("](", at)) >= 0:
        opening = _opening(text, middle, at)
        closing = _closing(text, middle + 1)
        if opening >= 0 and closing >= 0:
            return _link(text, opening, middle, closing)
        at = middle + 2
    return None


def _link(text: str, opening: int, middle: int, closing: int) -> Link:
    image = opening > 0 and text[opening - 1] == "!"
    target = text[middle + 2 : closing].strip()
    words = target.split(" ", 1)
    if len(words) == 2 and words[1].strip()[:1] in ("'", '"', "("):
        target = words[0]
    return Link(opening - image, closing + 1, text[opening + 1 : middle], target.strip("<>"), image)


def _opening(text: str, middle: int, floor: int) -> int:
    depth = 0
    for place in range(middle - 1, max(floor, middle - 1000) - 1, -1):
        if text[place] == "]":
            depth += 1
        elif text[place] == "[":
            if depth == 0:
                return place
            depth -= 1
    return -1


def _closing(text: str, opening: int) -> int:
    depth = 0
    for place in range(opening, min(len(text), opening + 2000)):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            depth -= 1
            if depth == 0:
                return place
    return -1


_STRIPPED = frozenset("*_~#·•◆■●▶►▸")
_ADDRESS_ENDS = set(" \t<>\"'`（）。，；、！？《》【】“”「」|]")


def _next_address(text: str, at: int) -> Link | None:
    starts = [place for scheme in ("http://", "https://") if (place := text.find(scheme, at)) >= 0]
    if not starts:
        return None
    start = min(starts)
    end = start
    while end < len(text) and text[end] not in _ADDRESS_ENDS:
        end += 1
    while end > start and (text[end - 1] in ".,;:!?*" or (text[end - 1] == ")" and "(" not in text[start:end])):
        end -= 1
    angled = start > 0 and text[start - 1] == "<" and text[end : end + 1] == ">"
    return Link(start - angled, end + angled, "", text[start:end])


def without_links(text: str) -> str:
    """The line with links and images cut out, their words too."""
    pieces: list[str] = []
    at = 0
    for link in links(text):
        pieces.append(text[at : link.start])
        at = link.end
    return "".join([*pieces, text[at:]])


def unlinked(text: str) -> str:
    """The line with links replaced by their words and images by nothing; bare addresses stay."""
    found = links(text)
    if not found:
        return text
    pieces: list[str] = []
    at = 0
    for link in found:
        pieces.append(text[at : link.start])
        bare = not link.text and not link.image
        pieces.append(text[link.start : link.end] if bare else "" if link.image else link.text)
        at = link.end
    return "".join([*pieces, text[at:]])


def without_tags(text: str) -> str:
    """The line without HTML tags and comments; `a < b` keeps its sign, and code its tags."""
    if "<" not in text or len(text) > LONGEST:
        return text
    pieces: list[str] = []
    at = 0
    spans = _code_spans(text)
    while (start := text.find("<", at)) >= 0:
        while spans and spans[0][1] <= start:
            spans.popleft()
        if spans and spans[0][0] < start:
            pieces.append(text[at : spans[0][1]])
            at = spans[0][1]
            continue
        end = text.find(">", start)
        follower = text[start + 1 : start + 2]
        if end < 0:
            break
        tag = (follower.isascii() and follower.isalpha()) or follower in ("/", "!")
        pieces.append(text[at:start] if tag else text[at : start + 1])
        at = end + 1 if tag else start + 1
    pieces.append(text[at:])
    return "".join(pieces)


def _code_spans(text: str) -> deque[tuple[int, int]]:
    """Where code stands in a line: from a run of backticks to the next run as long."""
    runs: list[tuple[int, int]] = []
    at = text.find("`")
    while at >= 0:
        end = at
        while end < len(text) and text[end] == "`":
            end += 1
        runs.append((at, end))
        at = text.find("`", end)
    last = {end - start: index for index, (start, end) in enumerate(runs)}
    spans: deque[tuple[int, int]] = deque()
    index = 0
    while index < len(runs):
        start, end = runs[index]
        closing = index + 1
        if last[end - start] > index:
            while runs[closing][1] - runs[closing][0] != end - start:
                closing += 1
            spans.append((start, runs[closing][1]))
            closing += 1
        index = closing
    return spans


def bare(text: str) -> str:
    """The line without emphasis, tags, links' targets and decoration at its ends: its words."""
    words = without_tags(unlinked(text))
    return strip_marks(unemphasised(words))


def unemphasised(text: str) -> str:
    """The line without `**`, `__`, `~~` and paired single emphasis; code and mathematics are left as they are."""
    if len(text) > LONGEST or not any(mark in text for mark in "*_~"):
        return text
    pieces: list[str] = []
    fence = ""
    for at, character in enumerate(text):
        if character in "`$" and (not fence or fence == character):
            fence = "" if fence else character if text.find(character, at + 1) >= 0 else ""
        if not fence and character in "*_~" and _is_emphasis(text, at):
            continue
        pieces.append(character)
    return "".join(pieces)


def _is_emphasis(text: str, at: int) -> bool:
    """Whether a mark opens or closes emphasis: doubled, or single at the edge of a word."""
    character = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before == "\\":
        return False
    if character in (before, after):
        return character != "_" or not (_is_word(_beyond(text, at, -1)) and _is_word(_beyond(text, at, 1)))
    if character == "~" or (before.isspace() and after.isspace()):
        return False
    if character == "_":
        return not (_is_word(before) and _is_word(after))
    return not (before.isalnum() and after.isalnum() and before.isascii() and after.isascii())


def _beyond(text: str, at: int, step: int) -> str:
    character = text[at]
    while 0 <= at < len(text) and text[at] == character:
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _is_word(character: str) -> bool:
    return bool(character) and character.isascii() and character.isalnum()


def strip_marks(text: str) -> str:
    """The line without spaces, pictographs, bullets and emphasis marks at either end."""
    start, end = 0, len(text)
    while start < end and _is_mark(text[start]):
        start += 1
    while end > start and _is_mark(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_mark(character: str) -> bool:
    if character.isalnum():
        return False
    return character.isspace() or character in _STRIPPED or is_pictograph(character)
