"""What has not been written yet: empty files, and functions without a body.

It is read off the learner's file by its tokens: nothing of it is run or even parsed here.
"""

from __future__ import annotations

import tokenize
from itertools import chain
from typing import TYPE_CHECKING

from cv_quiz.grading.quoting import source_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# So many lines of a function are looked at: a signature, a docstring, and what stands for a body.
LINES = 120
# What is larger holds something; a byte order mark is nothing.
BLANK_BYTES = 1 << 12
_MARKS = b"\xef\xbb\xbf \t\r\n\f"
_NO_CODE = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.STRING})
_ENDS = frozenset({tokenize.DEDENT, tokenize.ENDMARKER})


def is_blank(path: Path) -> bool:
    """Whether there is nothing in a file but blanks; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(BLANK_BYTES + 1)
    except OSError:
        return False
    return len(raw) <= BLANK_BYTES and not raw.strip(_MARKS)


def has_no_body(path: Path, line: int) -> bool:
    """Whether the function that begins in a line consists of `pass`, `...`, a docstring or comments alone."""
    try:
        return _is_empty(_body(tokenize.generate_tokens(_reader(path, line))))
    except (tokenize.TokenError, SyntaxError):
        return False


def _reader(path: Path, line: int) -> Callable[[], str]:
    """The lines from one on, as `tokenize` asks for them."""
    texts = (source_line(path, at) + "\n" for at in range(line, line + LINES))
    lines = chain(texts, iter(lambda: "", None))
    return lambda: next(lines)


def _body(tokens: Iterator[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    """The tokens behind the colon that ends a signature."""
    depth = 0
    for token in tokens:
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.type == tokenize.OP and token.string == ":" and depth == 0:
            return tokens
    return iter(())


def _is_empty(body: Iterator[tokenize.TokenInfo]) -> bool:
    for token in body:
        if token.type in _ENDS:
            return True
        if token.type not in _NO_CODE and token.string not in {"pass", "..."}:
            return False
    return False
