"""The fork's end of the pipe: whole frames in, whole frames out, and prints on the way."""

from __future__ import annotations

import builtins
import io
import os
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any, Final, NoReturn

from cv_quiz.grading.wire import PREFIX, Frame, frame_bytes, frame_lengths, parse_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

REQUEST_BYTES: Final = 1 << 30  # the judge is trusted; this only keeps a broken frame from asking for more
PRINT_CHUNK: Final = 1024
LEAST_READ: Final = 1 << 16  # the judge sends many small frames at once


class Pipe:
    """Blocking frames over two descriptors. `send` may be called from several threads."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._lock = threading.Lock()
        self._arrived = bytearray()

    def receive(self) -> Frame | None:
        """The next frame, None at the end of the stream."""
        prefix = self._exactly(PREFIX.size)
        if prefix is None:
            return None
        head, body = frame_lengths(bytes(prefix), REQUEST_BYTES)
        raw_head, raw_body = self._exactly(head), self._exactly(body)
        if raw_head is None or raw_body is None:
            return None
        return Frame(parse_head(bytes(raw_head)), raw_body)

    def send(self, head: Mapping[str, Any], body: Iterable[bytes] = ()) -> None:
        """Write one frame."""
        rest = memoryview(frame_bytes(head, body))
        with self._lock:
            while rest:
                rest = rest[os.write(self._write_fd, rest) :]

    def _exactly(self, size: int) -> bytearray | None:
        while len(self._arrived) < size:
            part = os.read(self._read_fd, max(size - len(self._arrived), LEAST_READ))
            if not part:
                return None
            self._arrived += part
        taken = self._arrived[:size]
        del self._arrived[:size]
        return taken


class Printed(io.RawIOBase):
    """What the learner prints: the first bytes of each call go to the judge, the rest nowhere."""

    def __init__(self, pipe: Pipe, limit: int) -> None:
        self._pipe = pipe
        self._limit = limit
        self._left = limit
        self._pending = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:
        """Take everything, keep what fits."""
        size = len(data)
        kept = bytes(data[: self._left]) if self._left else b""
        self._left -= len(kept)
        self._pending += kept
        if b"\n" in kept or len(self._pending) >= PRINT_CHUNK:
            self.flush()
        return size

    def flush(self) -> None:
        """Send what is pending."""
        if self._pending:
            text, self._pending = self._pending.decode("utf-8", "replace"), bytearray()
            self._pipe.send({"kind": "print", "text": text})

    def forget(self) -> None:
        """Drop what is pending and have the judge drop the rest: what was run is run once more."""
        self._pending.clear()
        self.renew()
        self._pipe.send({"kind": "again"})

    def renew(self) -> None:
        """A new call begins: the allowance is whole again."""
        self._left = self._limit


def capture(printed: Printed) -> None:
    """Point Python's standard streams at `printed`; stdin is empty, and nobody is there to ask.

    `exit` and `quit` are there as learners know them, though Python was started without `site`, which makes them.
    """
    out: Any = io.TextIOWrapper(printed, "utf-8", errors="replace", write_through=True)
    nothing: Any = io.TextIOWrapper(io.BytesIO(), "utf-8")
    for name, stream in (("stdout", out), ("stderr", out), ("stdin", nothing)):
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    builtins.input = _ask_nobody
    for name in ("exit", "quit"):
        setattr(builtins, name, sys.exit)


def shorten_warnings(now: Callable[[], object]) -> None:
    """Show of a warning what it says: the place is one in a library, on this machine.

    The same text is shown once as long as `now` gives the same.
    """
    shown: set[str] = set()
    since: object = None

    def words(message: Warning | str, category: type[Warning], *_place: object, **_line: object) -> str:
        nonlocal since
        if since != (since := now()):
            shown.clear()
        text = f"{category.__name__}: {message}\n"
        if text in shown:
            return ""
        shown.add(text)
        return text

    warnings.formatwarning = words


def _ask_nobody(prompt: object = "", /) -> NoReturn:
    print(prompt, end="")  # noqa: T201 - as `input` does
    raise EOFError("input() has nobody to ask here")
