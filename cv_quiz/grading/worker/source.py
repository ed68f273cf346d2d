"""From a file's bytes to a syntax tree: encodings, notebooks, Python 2."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from dataclasses import dataclass
from typing import Any, Final

from cv_quiz.grading.exchange import Failure, Skipped
from cv_quiz.grading.worker.text import clean

MESSAGE_CHARACTERS: Final = 2000
SOURCE_CHARACTERS: Final = 200
_MAGIC: Final = re.compile(r"^(\s*)(?:[%!?]|[\w.\[\]()'\",]+\?+\s*$)")
_FOREIGN_CELL: Final = re.compile(r"^\s*%%(?!time\b|timeit\b|capture\b|prun\b)")
_PYTHON_2: Final = re.compile(
    r"Missing parentheses in call to '(?:print|exec)'|multiple exception types must be parenthesized"
    r"|leading zeros in decimal integer literals|invalid (?:decimal|hexadecimal) literal.*[lL]$"
)


class SourceError(Exception):
    """A file that is no Python."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file. `text` has the line numbers that `tree` speaks of."""

    text: str
    tree: ast.Module
    skipped: tuple[Skipped, ...] = ()


def read_source(raw: bytes, *, notebook: bool) -> Source:
    """Parse a module or a notebook. Raises SourceError with the line at fault."""
    if notebook:
        return _read_notebook(raw)
    text = decode(raw)
    try:
        return Source(text, _parse(text))
    except SyntaxError as error:
        raise SourceError(_syntax_failure(error)) from error


def decode(raw: bytes) -> str:
    """The text as Python itself would read it: UTF-8, a byte order mark, or a coding cookie."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise SourceError(Failure("SyntaxError", "the file is UTF-16; Python reads UTF-8: save it as UTF-8", 1))
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        text = io.TextIOWrapper(io.BytesIO(raw), encoding, newline=None).read()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "the file is not UTF-8 and names no other encoding: save it as UTF-8"
        raise SourceError(Failure("SyntaxError", message, line)) from error
    except (SyntaxError, LookupError) as error:
        raise SourceError(Failure("SyntaxError", clean(str(error), MESSAGE_CHARACTERS), 1)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(Failure("SyntaxError", "the source contains a NUL byte", line))
    return text


def _parse(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except RecursionError as error:
        raise SyntaxError("too deeply nested") from error
    except ValueError as error:
        raise SyntaxError(str(error)) from error


def _syntax_failure(error: SyntaxError) -> Failure:
    message = error.msg or "invalid syntax"
    if _PYTHON_2.search(message):
        message = f"{message} - this is Python 2"
    return Failure(type(error).__name__, clean(message, MESSAGE_CHARACTERS), error.lineno)


def _read_notebook(raw: bytes) -> Source:
    lines: list[str] = []
    statements: list[ast.stmt] = []
    skipped: list[Skipped] = []
    failures: list[Failure] = []
    for cell in _code_cells(raw):
        kept, dropped = _without_magics(cell, len(lines))
        skipped += dropped
        try:
            statements += _shifted(_parse("\n".join(kept)), len(lines))
        except SyntaxError as error:
            failure = _syntax_failure(error)
            line = len(lines) + (failure.line or 1)
            failures.append(Failure(failure.type_name, failure.message, line))
            skipped.append(_skip(line, cell, f"{failure.type_name}: {failure.message}"))
        lines += kept
    if failures and not statements:
        raise SourceError(failures[0])
    return Source("\n".join(lines), ast.Module(statements, []), tuple(skipped))


def _code_cells(raw: bytes) -> list[list[str]]:
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
        cells = notebook.get("cells") or [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
        return [_cell_lines(cell) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(Failure("SyntaxError", "the file is not a notebook (JSON with cells)", 1)) from error


def _cell_lines(cell: dict[str, Any]) -> list[str]:
    source = cell.get("source", cell.get("input", ""))
    return (source if isinstance(source, str) else "".join(source)).replace("\0", "").splitlines()


def _without_magics(cell: list[str], offset: int) -> tuple[list[str], list[Skipped]]:
    if cell and _FOREIGN_CELL.match(cell[0]):
        return [""] * len(cell), [_skip(offset + 1, cell[:1], "")]
    kept, dropped = [], []
    for number, line in enumerate(cell, offset + 1):
        magic = _MAGIC.match(line)
        kept.append(f"{magic[1]}pass" if magic else line)
        if magic:
            dropped.append(_skip(number, [line], ""))
    return kept, dropped


def _skip(line: int, source: list[str], reason: str) -> Skipped:
    return Skipped(line, clean(next(iter(source), "").strip(), SOURCE_CHARACTERS), reason)


def _shifted(tree: ast.Module, offset: int) -> list[ast.stmt]:
    for statement in tree.body:
        ast.increment_lineno(statement, offset)
    return tree.body
