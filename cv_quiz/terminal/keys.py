"""Reading keys, or lines where there is no terminal; both give the same words."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, Self, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

REVEAL = " "
END = ""  # end of input
_ESCAPE = "\x1b"


class Input(Protocol):
    """Where a learner's words come from."""

    single_keys: bool

    def word(self) -> str:
        """The next key or line; REVEAL for Enter, space or an empty line; END where the input has ended."""

    def waiting(self, seconds: float) -> bool:
        """Whether a word can be read now, or becomes readable within some seconds."""

    def line(self, prompt: str) -> str:
        """A line of text, typed at a prompt."""

    def paused(self) -> AbstractContextManager[None]:
        """The terminal as other programs expect it, as for an editor."""


def normal(word: str) -> str:
    """A key or line as the commands know it: full-width forms folded, Enter and an empty line as REVEAL."""
    folded = unicodedata.normalize("NFKC", word).strip().lower()
    return folded or REVEAL


class Keys:
    """Single keys from a POSIX terminal. Use as a context manager: it restores the terminal's mode."""

    single_keys = True

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> Self:
        import termios  # noqa: PLC0415  POSIX only

        self._saved = termios.tcgetattr(self._descriptor)
        self._take_keys()
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()

    def word(self) -> str:
        """One key. Ctrl-C raises KeyboardInterrupt; arrow keys and other sequences are passed over."""
        while True:
            key = self._character()
            if key in ("", "\x04"):
                return END
            if key != _ESCAPE:
                return normal(key)
            self._pass_over_sequence()

    def waiting(self, seconds: float) -> bool:
        """Whether a key is pressed within some seconds."""
        import select  # noqa: PLC0415

        return bool(select.select([self._descriptor], [], [], seconds)[0])

    def line(self, prompt: str) -> str:
        """A line, with the terminal's own editing."""
        with self.paused():
            try:
                return input(prompt)
            except EOFError:
                return ""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The terminal's own mode for a while."""
        self._restore()
        try:
            yield
        finally:
            self._take_keys()

    def _take_keys(self) -> None:
        """Keys one by one, without echo; what was typed ahead is kept."""
        import termios  # noqa: PLC0415
        import tty  # noqa: PLC0415

        tty.setcbreak(self._descriptor, termios.TCSADRAIN)

    def cursor_column_after(self, text: str, seconds: float = 0.2) -> int | None:
        """Where the cursor stands after a text at the start of a line, counted from 1; None where nobody answers.

        The terminal is asked for the cursor's position (ECMA-48, DSR 6) and the line is cleared again.
        """
        os.write(self._descriptor, f"\r{text}\x1b[6n".encode())
        answer = b""
        while not answer.endswith(b"R") and len(answer) < 32 and self.waiting(seconds):
            answer += os.read(self._descriptor, 1)
        os.write(self._descriptor, b"\r\x1b[K")
        found = re.fullmatch(rb"\x1b\[\d+;(\d+)R", answer)
        return int(found[1]) if found else None

    def _restore(self) -> None:
        import termios  # noqa: PLC0415

        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._saved)

    def _character(self) -> str:
        data = os.read(self._descriptor, 1)
        while data and not _complete(data):
            data += os.read(self._descriptor, 1)
        return data.decode("utf-8", errors="replace")

    def _pass_over_sequence(self) -> None:
        """Swallow what follows an escape at once: the rest of an arrow or function key."""
        while self.waiting(0.02):
            os.read(self._descriptor, 32)


class WindowsKeys:
    """Single keys from a Windows console."""

    single_keys = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was changed."""

    def word(self) -> str:
        """One key."""
        import msvcrt  # noqa: PLC0415

        while True:
            key: str = msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
            if key == "\x03":
                raise KeyboardInterrupt
            if key in ("\x00", "\xe0"):  # the first half of an arrow or function key
                msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
                continue
            return END if key in ("\x04", "\x1a") else normal(key)

    def waiting(self, seconds: float) -> bool:
        """Whether a key is pressed within some seconds."""
        import msvcrt  # noqa: PLC0415
        import time  # noqa: PLC0415

        end = time.monotonic() + seconds
        while not (pressed := bool(msvcrt.kbhit())) and time.monotonic() < end:  # type: ignore[attr-defined, unused-ignore]
            time.sleep(0.02)
        return pressed

    def line(self, prompt: str) -> str:
        """A line, with the console's own editing."""
        return input(prompt)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The console needs no preparation."""
        yield


class Lines:
    """The same words a line at a time, from a pipe or for a screen reader."""

    single_keys = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was changed."""

    def word(self) -> str:
        """One line."""
        line = self._stream.readline()
        return normal(line) if line else END

    def waiting(self, seconds: float) -> bool:  # noqa: ARG002  a line is always waited for
        """Lines come one after the other."""
        return True

    def line(self, prompt: str) -> str:  # noqa: ARG002  the prompt is shown only where somebody types
        """The next line as it is."""
        return self._stream.readline().rstrip("\n")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """A pipe needs no preparation."""
        yield


def open_input(*, plain: bool) -> Keys | WindowsKeys | Lines:
    """Single keys where a person sits at a terminal, else lines from stdin."""
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Lines(sys.stdin)
    return WindowsKeys() if sys.platform == "win32" else Keys(sys.stdin.fileno())


def _complete(data: bytes) -> bool:
    """Whether bytes are one whole character (or can never become one)."""
    first = data[0]
    wanted = 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    return len(data) >= wanted
