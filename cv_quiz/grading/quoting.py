"""One line of a learner's file, to show where something went wrong."""

from __future__ import annotations

import io
import tokenize
from typing import TYPE_CHECKING

from cv_quiz.grading.worker.source import SourceError, code_cells

if TYPE_CHECKING:
    from pathlib import Path

# What is larger is no file that somebody wrote by hand.
MOST_BYTES = 8 << 20


def source_line(path: Path, line: int) -> str:
    """A line by its number from 1, as the worker counts them; empty where there is none, or none can be read.

    In a notebook the lines of all code cells are counted on.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES)
    except OSError:
        return ""
    lines = _notebook(raw) if path.suffix.lower() == ".ipynb" else _text(raw).splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _text(raw: bytes) -> str:
    """The text as Python reads it; as Chinese editors on Windows write it, where it is no UTF-8."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return raw.decode(encoding)
    except (SyntaxError, LookupError, UnicodeDecodeError):
        return raw.decode("gb18030", "replace")


def _notebook(raw: bytes) -> list[str]:
    try:
        return [line for cell in code_cells(raw) for line in cell]
    except SourceError:
        return []
