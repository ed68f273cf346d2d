"""Text that cannot pass for something else: characters without a shape of their own are written as escapes."""

from __future__ import annotations

import unicodedata

# Controls, what turns the direction of writing or joins letters, lone surrogates, private and unassigned
# characters, and separators of lines and paragraphs.
_SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""The text on one line, each such character as Python writes it: `\n`, `\x1b`, `\u202e`.

    A file name's byte that is no UTF-8 is written as the byte it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(letter) if unicodedata.category(letter) in _SHAPELESS else letter for letter in text)


def _escape(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return letter.encode("unicode_escape").decode("ascii") if code < 0xD800 or code > 0xDFFF else f"\\u{code:04x}"
