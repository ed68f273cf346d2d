"""The judge's end of a fork's pipes: frames with a deadline."""

from __future__ import annotations

import os
import select
from time import monotonic

from cv_quiz.grading.wire import PREFIX, Frame, frame_lengths, parse_head


class ClosedError(Exception):
    """The other end is gone."""


class ExpiredError(Exception):
    """The deadline passed."""


class Channel:
    """Two descriptors, non-blocking; deadlines are readings of `time.monotonic`."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        os.set_blocking(read_fd, False)
        os.set_blocking(write_fd, False)

    def send(self, data: bytes, deadline: float) -> None:
        """Write everything. Raises ClosedError or ExpiredError."""
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self._write_fd, rest) :]
            except BlockingIOError:
                _wait(self._write_fd, select.POLLOUT, deadline)
            except BrokenPipeError as error:
                raise ClosedError from error

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
        received = bytearray()  # grows with what arrives, not with what was promised
        while len(received) < size:
            try:
                part = os.read(self._read_fd, min(size - len(received), 1 << 20))
            except BlockingIOError:
                _wait(self._read_fd, select.POLLIN, deadline)
                continue
            if not part:
                raise ClosedError
            received += part
            if monotonic() > deadline:
                raise ExpiredError
        return received


def _wait(descriptor: int, event: int, deadline: float) -> None:
    left = deadline - monotonic()
    poll = select.poll()
    poll.register(descriptor, event)
    if left <= 0 or not poll.poll(left * 1000):
        raise ExpiredError
