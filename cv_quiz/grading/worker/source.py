"""From a file's bytes to a syntax tree: encodings, notebooks, Python 2."""

from __future__ import annotations

import ast
import codecs
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cv_quiz.grading.exchange import Failure, Skipped
from cv_quiz.grading.worker.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

MESSAGE_CHARACTERS: Final = 2000
SOURCE_CHARACTERS: Final = 200
REASON_CHARACTERS: Final = 600  # more than is shown of a reason: whoever words it cuts it between words
NO_NOTEBOOK: Final = "the file is not a notebook (JSON with cells)"
# What a file is read as that is not UTF-8, though it says nothing else: older Chinese editors write it.
LEGACY: Final = "gb18030"
_COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_MAGIC: Final = re.compile(
    r"^(\s*)(?:[%!?]|[\w.\[\]()'\",]+\?+\s*$|[\w., ]+=\s*[%!]\s*\w)"  # %time, !pip, name?, names = !ls
)
_FOREIGN_CELL: Final = re.compile(r"^\s*%%(?!time\b|timeit\b|capture\b|prun\b)")


class SourceError(Exception):
    """A file that is no Python. `cells` is what it is in `Source`."""

    def __init__(self, failure: Failure, cells: Sequence[int] = ()) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.cells = cells


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file. `lines` are what the line numbers of `tree` count; `encoding` is named where it was guessed.

    `cells` tells for each code cell of a notebook how many lines stand before it.
    """

    lines: Sequence[str]
    tree: ast.Module
    skipped: tuple[Skipped, ...] = ()
    encoding: str = ""
    cells: Sequence[int] = ()


def read_source(raw: bytes, *, notebook: bool) -> Source:
    """Parse a module or a notebook. Raises SourceError with the line at fault."""
    if notebook:
        return _read_notebook(raw)
    text, encoding = decode(raw)
    try:
        return Source(text.split("\n"), _parse(text), encoding=encoding)
    except SyntaxError as error:
        raise SourceError(_syntax_failure(error)) from error


def decode(raw: bytes) -> tuple[str, str]:
    """The text with bare newlines, and the encoding where it had to be guessed. Raises SourceError.

    Python reads what a byte order mark or a coding cookie says, else UTF-8.
    """
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise _syntax_error("the file is UTF-16; Python reads UTF-8: save it as UTF-8", 1)
    cookies = filter(None, map(_COOKIE.match, raw.split(b"\n", 2)[:2]))
    named = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else next((one[1].decode() for one in cookies), "utf-8")
    try:
        text, guessed = _decoded(raw, named)
    except LookupError as error:
        raise _syntax_error(f"unknown encoding: {clean(named, SOURCE_CHARACTERS)}", 1) from error
    if "\0" in text:
        raise _syntax_error("the source contains a NUL byte", text.count("\n", 0, text.index("\0")) + 1)
    return text, guessed


def _decoded(raw: bytes, named: str) -> tuple[str, str]:
    """Decode as named; what claims to be UTF-8, in words or by silence, and is not, is tried as an older encoding."""
    at_fault = 0
    for encoding in [named, LEGACY] if codecs.lookup(named).name == "utf-8" else [named]:
        try:
            text = io.TextIOWrapper(io.BytesIO(raw), encoding, newline=None).read()
        except UnicodeDecodeError as error:
            at_fault = at_fault or raw.count(b"\n", 0, error.start) + 1
        else:
            return text, "" if encoding == named else encoding
    raise _syntax_error(f"the file is not {named.upper()} and names no other encoding: save it as UTF-8", at_fault)


def _syntax_error(message: str, line: int) -> SourceError:
    return SourceError(Failure("SyntaxError", message, line))


def _parse(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except RecursionError as error:
        raise SyntaxError("too deeply nested") from error
    except ValueError as error:
        raise SyntaxError(str(error)) from error


def _syntax_failure(error: SyntaxError) -> Failure:
    return Failure(type(error).__name__, clean(error.msg or "invalid syntax", MESSAGE_CHARACTERS), error.lineno)


def _read_notebook(raw: bytes) -> Source:
    lines: list[str] = []
    statements: list[ast.stmt] = []
    skipped: list[Skipped] = []
    failures: list[Failure] = []
    starts: list[int] = []
    for cell in code_cells(raw):
        starts.append(len(lines))
        try:
            tree, dropped = _parse_cell(cell, len(lines))
            statements += _shifted(tree, len(lines))
            skipped += dropped
        except SyntaxError as error:
            failure = _syntax_failure(error)
            line = len(lines) + (failure.line or 1)
            failures.append(Failure(failure.type_name, failure.message, line))
            skipped.append(_skip(line, cell, f"{failure.type_name}: {failure.message}"))
        lines += cell
    if failures and not statements:
        raise SourceError(failures[0], starts)
    return Source(lines, ast.Module(statements, []), tuple(skipped), cells=starts)


def code_cells(raw: bytes) -> list[list[str]]:
    """The lines of each code cell of a notebook, of old ones too. Raises SourceError."""
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
        cells = notebook.get("cells") or [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
        return [_cell_lines(cell) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _syntax_error(NO_NOTEBOOK, 1) from error


def _cell_lines(cell: dict[str, Any]) -> list[str]:
    source = cell.get("source", cell.get("input", ""))
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\0", "").replace("\r\n", "\n").split("\n")


def _parse_cell(cell: list[str], offset: int) -> tuple[ast.Module, list[Skipped]]:
    """A cell, without its magics where it cannot be read with them: a line that begins with `%` may be Python."""
    try:
        return _parse("\n".join(cell)), []
    except SyntaxError:
        kept, dropped = _without_magics(cell, offset)
        return _parse("\n".join(kept)), dropped


def _without_magics(cell: list[str], offset: int) -> tuple[list[str], list[Skipped]]:
    first = next((line for line in cell if line.strip()), "")
    if _FOREIGN_CELL.match(first):
        return [], [_skip(offset + 1 + cell.index(first), [first], "")]
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
