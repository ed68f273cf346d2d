"""Bold runs at the head of a line."""

from __future__ import annotations

from cv_quiz.documents.characters import is_pictograph

_BOLD_MARKS = (("***", "***"), ("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>"))


def whole_bold(line: str) -> str | None:
    """The words of a line that is one bold run from end to end, with what decorates it; None where it is not."""
    if len(line) > 600:
        return None
    for opening, closing in _BOLD_MARKS:
        if line.startswith(opening) and len(line) > len(opening) + 1:
            end = line.find(closing, len(opening))
            if end < 0:
                return line[len(opening) :].strip(" *") if opening in ("**", "***") and len(line) < 120 else None
            return _bold_words(line, len(opening), end, len(closing))
    return None


def leading_bold(line: str) -> tuple[str, str] | None:
    """`**question** answer` as its two parts; None for a line that does not begin bold."""
    for opening, closing in _BOLD_MARKS[1:]:
        if line.startswith(opening) and (end := line.find(closing, len(opening), 600)) > 2:
            inner, tail = line[len(opening) : end].strip(), line[end + len(closing) :].strip()
            if tail[:1] in ("?", "？"):
                inner, tail = inner + tail[0], tail[1:].strip()
            return (inner, tail.lstrip(":：-–— ")) if inner and tail else None
    return None


def _bold_words(line: str, start: int, end: int, length: int) -> str | None:
    inner, tail = line[start:end].strip(), line[end + length :].strip()
    if not inner:
        return None
    plain = "".join(character for character in tail if not is_pictograph(character)).strip(" *_:：?？.。!！#")
    if not plain:
        return inner + (tail[0] if tail[:1] in ("?", "？") else "")
    if tail.startswith("**") or (
        plain.startswith(("(", "（", "[", "【", "<")) and plain[-1] in ")）]】>" and len(plain) < 200
    ):
        return f"{inner} {tail}".strip()
    return None
