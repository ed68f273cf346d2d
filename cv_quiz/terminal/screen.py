"""The screen as the terminal is: width, colour, and how many cells a text takes."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass, replace
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from cv_quiz.terminal.legible import READABLE, UNSAFE, encodable, in_ascii, safe
from cv_quiz.terminal.wrap import Run, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STYLES = {
    "strong": "1", "dim": "2", "underline": "4", "title": "1;36", "good": "32", "bad": "31", "warn": "33",
    "key": "1", "code": "36", "link": "4;34",
}  # fmt: skip
# What this class writes around a text; any other control character of a line is replaced.
_RESET = "\x1b[0m"
_OWN = re.compile("(" + "|".join(re.escape(f"\x1b[{code}m") for code in {*STYLES.values(), "0"}) + ")")


@dataclass(frozen=True, slots=True)
class Screen:
    """Where output goes. `ambiguous` is how many cells an East-Asian ambiguous character takes: 1 or 2.

    Whatever a text holds, no control character reaches the terminal but those of the styles.
    """

    out: TextIO
    width: int = 80
    colour: bool = False
    ascii_only: bool = False
    ambiguous: int = 1
    encoding: str = ""
    rows: int = 24

    def cells(self, text: str) -> int:
        """How many cells a text takes."""
        if text.isascii():
            return len(text)
        return sum(_cell_width(character, self.ambiguous) for character in self.shown(text))

    def styled(self, text: str, style: str) -> str:
        """A text in a style, where the terminal has colours."""
        shown = safe(text)
        return f"\x1b[{STYLES[style]}m{shown}{_RESET}" if self.colour and style else shown

    def line(self, text: str = "", style: str = "") -> None:
        """One line."""
        self.out.write(self.styled(self.shown(text), style) + "\n")

    def text(self, text: str, style: str = "") -> None:
        """Prose: wrapped to the screen, its own line breaks kept. What two spaces set apart is kept together."""
        for paragraph in text.splitlines():
            if self.cells(paragraph) <= self.width:
                self.line(paragraph, style)
                continue
            runs = [run for item in paragraph.split("  ") for run in (Run(item.strip(), whole=True), Run("  "))]
            for line in wrap(runs, self.width, self.cells):
                self.line("".join(run.text for run in line), style)

    def lines(self, lines: Iterable[str]) -> None:
        """Several lines, as they are."""
        for line in lines:
            self.out.write(self.plain(line) + "\n")

    def rule(self, label: str = "") -> None:
        """A line across the screen, with a label in its middle."""
        label = f" {label} " if label else ""
        stroke = "-" if self.ascii_only else "─"
        strokes = max(0, (self.width - self.cells(label)) // (2 * self.cells(stroke)))
        self.line(stroke * strokes + label + stroke * strokes, "dim")

    def flush(self) -> None:
        """Make it visible."""
        self.out.flush()

    def plain(self, text: str) -> str:
        """A line without what the terminal cannot show, or should not get; styles of this screen are kept."""
        if not self.colour or "\x1b" not in text:
            return safe(self.shown(text))
        return "".join(part if _OWN.fullmatch(part) else safe(self.shown(part)) for part in _OWN.split(text))

    def shown(self, text: str) -> str:
        """The text in characters that the terminal has."""
        if self.ascii_only:
            return in_ascii(text)
        return encodable(text, self.encoding) if self.encoding else text


def open_screen(environment: Mapping[str, str], *, plain: bool = False, ascii_only: bool = False) -> Screen:
    """The screen on stdout: NO_COLOR, TERM=dumb and a pipe are respected; width from the terminal, 40 to 200."""
    terminal = sys.stdout.isatty()
    forgive_encodings()
    dumb = environment.get("TERM", "") in ("dumb", "")
    ambiguous = 2 if environment.get("CVQUIZ_AMBIGUOUS_WIDTH") == "2" else 1  # else asked of the terminal, later
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    return Screen(
        out=sys.stdout,
        width=_width(),
        colour=terminal and not plain and not dumb and not environment.get("NO_COLOR"),
        ascii_only=ascii_only or not encoding.startswith(("utf", "gb")),
        ambiguous=ambiguous,
        encoding="" if encoding.startswith("utf") else encoding,
        rows=_rows(),
    )


def forgive_encodings() -> None:
    """No character is an error: what stdout and stderr cannot encode is written in ASCII, what stdin cannot decode is marked."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, READABLE), (sys.stderr, READABLE)):
        if isinstance(stream, TextIOWrapper) and stream.errors != errors:
            stream.reconfigure(errors=errors)


def fitted(screen: Screen) -> Screen:
    """The same screen at the width the terminal has now."""
    return replace(screen, width=_width(), rows=_rows())


def _width() -> int:
    return min(max(shutil.get_terminal_size((80, 24)).columns, 20), 200)


def _rows() -> int:
    return max(shutil.get_terminal_size((80, 24)).lines, 5)


def editor(environment: Mapping[str, str]) -> str:
    """The user's editor: VISUAL, EDITOR, else the system's usual one."""
    fallback = "notepad" if os.name == "nt" else "vi"
    return environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip() or fallback


def _cell_width(character: str, ambiguous: int) -> int:
    import unicodedata  # noqa: PLC0415

    if UNSAFE.match(character):
        return 1  # a sign stands for it
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    kind = unicodedata.east_asian_width(character)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1
