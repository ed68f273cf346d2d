"""The judge's end of a fork's pipes: frames with a deadline."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from time import monotonic
from typing import Final

from cv_quiz.grading.wire import PREFIX, Frame, frame_lengths, parse_head

LEAST_READ: Final = 1 << 16  # many small frames come with one read
MOST_READ: Final = 1 << 20


class ClosedError(Exception):
    """The other end is gone."""


class ExpiredError(Exception):
    """The deadline passed."""


class Channel:
    """Two descriptors, non-blocking; deadlines are readings of `time.monotonic`.

    What is posted goes out while something is awaited, so that neither end ever waits for the other to read.
    """

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._outgoing = bytearray()
        self._written = 0
        self._arrived = bytearray()  # grows with what arrives, not with what was promised
        os.set_blocking(read_fd, False)
        os.set_blocking(write_fd, False)
        self._incoming = select.poll()
        self._incoming.register(read_fd, select.POLLIN)

    def post(self, data: bytes) -> None:
        """Leave bytes to be written."""
        self._outgoing += data

    def receive(self, deadline: float, limit: int) -> Frame:
        """The next frame, with a body of at most `limit` bytes.

        Raises ClosedError, ExpiredError, or WireError where the bytes are no frame.
        """
        head, body = frame_lengths(bytes(self._exactly(PREFIX.size, deadline)), limit)
        return Frame(parse_head(bytes(self._exactly(head, deadline))), self._exactly(body, deadline))

    def close(self) -> None:
        """Close both ends."""
        os.close(self._read_fd)
        os.close(self._write_fd)

    def _exactly(self, size: int, deadline: float) -> bytearray:
        while len(self._arrived) < size:
            self._write()
            if self._wait(deadline):
                self._read(size - len(self._arrived))
        taken = self._arrived[:size]
        del self._arrived[:size]
        return taken

    def _read(self, missing: int) -> None:
        part = os.read(self._read_fd, min(max(missing, LEAST_READ), MOST_READ))
        if not part:
            raise ClosedError
        self._arrived += part

    def _write(self) -> None:
        """Write what the pipe takes now. To an end that is gone nothing is written: what it left can still be read."""
        if not self._outgoing:
            return
        with suppress(BlockingIOError), memoryview(self._outgoing) as view:
            try:
                self._written += os.write(self._write_fd, view[self._written :])
            except BrokenPipeError:
                self._written = len(view)
        if self._written == len(self._outgoing):
            self._outgoing.clear()
            self._written = 0

    def _wait(self, deadline: float) -> bool:
        """Wait until something arrives, or can be written; whether it is the former."""
        left, poll = deadline - monotonic(), self._incoming
        if self._outgoing:
            poll = select.poll()
            poll.register(self._read_fd, select.POLLIN)
            poll.register(self._write_fd, select.POLLOUT)
        ready = poll.poll(left * 1000) if left > 0 else []
        if not ready:
            raise ExpiredError
        return any(descriptor == self._read_fd for descriptor, _ in ready)
