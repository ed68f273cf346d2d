"""Telling a program from prose that happens to be indented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents.characters import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = 200
_STARTS = (
    "import ", "from ", "def ", "class ", "for ", "while ", "return", "print(", "#include", "int ", "void ", "public ", "const ", "let ",
    "var ", "function ", "if (", "if(", "else", "elif ", "try:", "except", "with ", "@", ">>> ", "$ ", "//", "# ", "/*", "}", "{", "SELECT ",
)  # fmt: skip


def is_code(lines: Sequence[str]) -> bool:
    """Whether at least half of the lines look like a program's."""
    filled = [line.strip() for line in lines[:SAMPLE] if line.strip()]
    return 2 * sum(map(_looks_like_code, filled)) >= len(filled) > 0


def _looks_like_code(line: str) -> bool:
    text = line[:300]
    han = sum(map(is_han, text))
    if text[-1] in "。！？；：，?" or (han > 0.3 * len(text) and "#" not in text and "//" not in text):
        return False
    if text.startswith(_STARTS) or text[-1] in "{};":
        return True
    return " = " in text or "==" in text or _calls(text) or ("=" in text and " " not in text.split("=")[0])


def _calls(text: str) -> bool:
    """`name(` with nothing between: a call, or the head of a function."""
    at = text.find("(")
    return (
        at > 0
        and (text[at - 1].isalnum() or text[at - 1] == "_")
        and text[at - 1].isascii()
        and ")" in text[at:]
        and "." in text[:at]
    )
