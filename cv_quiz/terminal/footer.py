"""The line of keys at the bottom of what has been said: one at a time, below everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING

from cv_quiz.terminal.screen import fitted

if TYPE_CHECKING:
    from cv_quiz.terminal.screen import Screen


_STYLE = re.compile(r"\x1b\[[\d;]*m")


def rows_of(text: str, screen: Screen) -> int:
    """How many rows of the screen a text takes: the terminal itself breaks what is wider."""
    return sum(max(1, -(-screen.cells(_STYLE.sub("", line)) // screen.width)) for line in text.splitlines())


@dataclass(slots=True)
class Footer:
    """A text that is taken off the screen before anything else is written.

    `movable` is whether the terminal can move its cursor up (ECMA-48, CUU) and clear what is below (ED); where it
    cannot, what was shown stays.
    """

    screen: Screen
    movable: bool
    shown: str = ""
    written: str = ""

    def show(self, text: str) -> None:
        """Have this text at the bottom."""
        if text == self.shown:
            return
        self.clear()
        out = StringIO()
        replace(fitted(self.screen), out=out).text(text, "dim")
        self.screen.out.write(out.getvalue())
        self.screen.flush()
        self.shown, self.written = text, out.getvalue()

    def clear(self) -> None:
        """Take it off. The terminal may have been made narrower since: the text then takes more rows."""
        if self.shown and self.movable:
            self.screen.out.write(f"\x1b[{rows_of(self.written, fitted(self.screen))}A\r\x1b[J")
        self.forget()

    def forget(self) -> None:
        """It is no longer at the bottom: somebody else has written there."""
        self.shown = self.written = ""
