"""Reading keys, or lines where there is no terminal; both give the same words."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Protocol, Self, TextIO

from cv_quiz.terminal.signals import orderly_end, stoppable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

REVEAL = " "
END = ""  # end of input
PASTED = "\x1bpasted"  # text that was pasted, which is no key
RESUMED = "\x1bresumed"  # the program was stopped and goes on: the screen holds something else
_ESCAPE = "\x1b"
_PASTE_BEGINS, _PASTE_ENDS = "[200~", b"\x1b[201~"
_PASTE_SECONDS = 2.0  # a paste whose end does not come
_TOGETHER_SECONDS = 0.05
_POSITION = re.compile(rb"\x1b\[\d+;(\d+)R")
_AHEAD = 4096


class Input(Protocol):
    """Where a learner's words come from."""

    single_keys: bool

    def word(self) -> str:
        """The next key or line; REVEAL for Enter, space or an empty line; END where the input has ended."""

    def waiting(self, seconds: float) -> bool:
        """Whether a word can be read now, or becomes readable within some seconds."""

    def line(self, prompt: str, begun: str = "") -> str:
        """A line of text, typed at a prompt; what was `begun` is already there, where there are single keys."""

    def paused(self) -> AbstractContextManager[None]:
        """The terminal as other programs expect it, as for an editor."""


def normal(word: str) -> str:
    """A key or line as the commands know it: full-width forms folded, Enter and an empty line as REVEAL."""
    folded = unicodedata.normalize("NFKC", word).strip().lower()
    return folded or REVEAL


class Keys:
    """Single keys from a POSIX terminal. Use as a context manager: it restores the terminal's mode."""

    single_keys = True

    def __init__(self, descriptor: int, *, pastes: bool = True) -> None:
        self._descriptor = descriptor
        self._ahead = b""  # read while an answer of the terminal was looked for
        self._taken = False
        self._pastes = pastes

    def __enter__(self) -> Self:
        import termios  # noqa: PLC0415  POSIX only

        self._saved = termios.tcgetattr(self._descriptor)
        with ExitStack() as stack:
            stack.enter_context(orderly_end())
            stack.callback(self._restore)
            self._awake = stack.enter_context(stoppable(self._restore_mode, self._resume))
            self._take_keys()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def word(self) -> str:
        """One key. Ctrl-C raises KeyboardInterrupt; arrow and function keys are passed over, pasted text is PASTED."""
        while True:
            if not self._ahead and self._resumed():
                return RESUMED
            key = self._character()
            if key in ("", "\x04"):
                return END
            if key != _ESCAPE:
                return normal(key)
            if self._sequence() == _PASTE_BEGINS:
                self._pass_over_paste()
                return PASTED

    def waiting(self, seconds: float) -> bool:
        """Whether a key is pressed within some seconds."""
        import select  # noqa: PLC0415

        return bool(self._ahead) or bool(select.select([self._descriptor], [], [], seconds)[0])

    def line(self, prompt: str, begun: str = "") -> str:
        """A line, edited as in a shell where Python can; `begun` is already typed."""
        ahead, found, rest = self._ahead.partition(b"\r" if b"\r" in self._ahead else b"\n")
        if found:
            self._ahead = rest
            return ahead.decode("utf-8", errors="replace")
        begun, self._ahead = begun + ahead.decode("utf-8", errors="replace"), b""
        with self.paused():
            try:
                return _edited_line(prompt, begun)
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

    def cursor_column_after(self, text: str, seconds: float = 0.2) -> int | None:
        """Where the cursor stands after a text at the start of a line, counted from 1; None where nobody answers.

        The terminal is asked for the cursor's position (ECMA-48, DSR 6) and the line is cleared again. Keys that were
        typed before the answer came are kept.
        """
        os.write(self._descriptor, f"\r{text}\x1b[6n".encode())
        while not (found := _POSITION.search(self._ahead)) and len(self._ahead) < _AHEAD and self._typed(seconds):
            self._ahead += os.read(self._descriptor, 1)
        os.write(self._descriptor, b"\r\x1b[K")
        if not found:
            return None
        self._ahead = self._ahead[: found.start()] + self._ahead[found.end() :]
        return int(found[1])

    def _typed(self, seconds: float | None = None) -> bool:
        import select  # noqa: PLC0415

        return bool(select.select([self._descriptor], [], [], seconds)[0])

    def _resumed(self) -> bool:
        """Wait for a key, or for the program to be continued after a stop; whether it is the latter."""
        import select  # noqa: PLC0415

        if self._awake not in select.select([self._descriptor, self._awake], [], [])[0]:
            return False
        os.read(self._awake, 64)
        return True

    def _take_keys(self) -> None:
        """Keys one by one, without echo; what was typed ahead is kept. Pasted text is to come between two marks."""
        import termios  # noqa: PLC0415
        import tty  # noqa: PLC0415

        tty.setcbreak(self._descriptor, termios.TCSADRAIN)
        if self._pastes:
            os.write(self._descriptor, b"\x1b[?2004h")
        self._taken = True

    def _restore(self) -> None:
        self._restore_mode()
        self._taken = False

    def _restore_mode(self) -> None:
        """The mode as it was found; a terminal that has gone needs none."""
        import termios  # noqa: PLC0415

        if self._taken:
            with suppress(OSError, termios.error):
                if self._pastes:
                    os.write(self._descriptor, b"\x1b[?2004l")
                termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._saved)

    def _resume(self) -> None:
        if self._taken:
            self._take_keys()

    def _byte(self) -> bytes:
        if self._ahead:
            first, self._ahead = self._ahead[:1], self._ahead[1:]
            return first
        try:
            return os.read(self._descriptor, 1)
        except OSError:  # the terminal has gone
            return b""

    def _character(self) -> str:
        data = self._byte()
        while data and not _complete(data) and (more := self._byte()):
            data += more
        return data.decode("utf-8", errors="replace")

    def _sequence(self) -> str:
        """What follows an escape, up to the final byte of a control sequence (ECMA-48, 5.4), however slowly it comes.

        A key pressed a while after Esc is a key of its own and is kept.
        """
        at_once = self.waiting(_TOGETHER_SECONDS)
        first = self._byte()
        if first == b"O":
            return "O" + self._byte().decode("latin-1")
        if first == b"[":
            body = b"["
            while (byte := self._byte()) and not 0x40 <= byte[0] <= 0x7E:
                body += byte
            return (body + byte).decode("latin-1")
        if first and (not at_once or first == b"\x1b"):
            self._ahead = first + self._ahead
        return first.decode("latin-1")

    def _pass_over_paste(self) -> None:
        tail = b""
        while not tail.endswith(_PASTE_ENDS) and self.waiting(_PASTE_SECONDS) and (byte := self._byte()):
            tail = tail[-len(_PASTE_ENDS) :] + byte


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

    def line(self, prompt: str, begun: str = "") -> str:
        """A line, with the console's own editing."""
        return begun + input(prompt + begun)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The console needs no preparation."""
        yield


class Lines:
    """The same words a line at a time, from a pipe or for a screen reader."""

    single_keys = False

    def __init__(self, stream: TextIO, prompts: TextIO | None = None) -> None:
        self._stream = stream
        self._prompts = prompts  # None where nobody sits there to read them
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(orderly_end())
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def word(self) -> str:
        """One line."""
        line = self._stream.readline()
        return normal(line) if line else END

    def waiting(self, seconds: float) -> bool:  # noqa: ARG002  a line is always waited for
        """Lines come one after the other."""
        return True

    def line(self, prompt: str, begun: str = "") -> str:  # noqa: ARG002  nothing is begun where lines are typed
        """The next line as it is."""
        if self._prompts:
            self._prompts.write(prompt)
            self._prompts.flush()
        return self._stream.readline().rstrip("\n")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """A pipe needs no preparation."""
        yield


def open_input(*, plain: bool) -> Keys | WindowsKeys | Lines:
    """Single keys where a person sits at a terminal, else lines from stdin."""
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Lines(sys.stdin, sys.stdout if sys.stdin.isatty() else None)
    if sys.platform == "win32":
        return WindowsKeys()
    return Keys(sys.stdin.fileno(), pastes=os.environ.get("TERM", "dumb") not in ("dumb", ""))


def _edited_line(prompt: str, begun: str) -> str:
    try:
        import readline  # noqa: PLC0415  arrow keys and the like at the prompt
    except ImportError:
        return begun + input(prompt + begun)
    readline.set_startup_hook(lambda: readline.insert_text(begun))
    try:
        return input(prompt)
    finally:
        readline.set_startup_hook(None)


def _complete(data: bytes) -> bool:
    """Whether bytes are one whole character (or can never become one)."""
    first = data[0]
    wanted = 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    return len(data) >= wanted
