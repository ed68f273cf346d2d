"""Signals while a person is asked: an orderly end, and coming back from being stopped."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def orderly_end() -> Iterator[None]:
    """SIGTERM and SIGHUP leave through every `finally`, with the status 128 + number, as a shell would report it."""
    before = {number: signal.signal(number, _leave) for number in _ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _: FrameType | None) -> None:
    for each in _ENDS:
        signal.signal(each, signal.SIG_IGN)  # once is enough: what follows must not be torn
    if number != signal.SIGTERM:
        _let_go_of_the_terminal()
    raise SystemExit(128 + number)


def _let_go_of_the_terminal() -> None:
    """The terminal has gone: what is still written must not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def stoppable(give_back: Callable[[], None], take_again: Callable[[], None]) -> Iterator[int]:
    """Ctrl-Z gives the terminal back first, `fg` takes it again. Yields a descriptor that can be read after that."""
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(awake, False)

    def stop(*_: object) -> None:
        give_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, stop)
        resume()

    def resume(*_: object) -> None:
        take_again()
        os.write(wake, b".")

    before = {
        signal.SIGTSTP: signal.signal(signal.SIGTSTP, stop),
        signal.SIGCONT: signal.signal(signal.SIGCONT, resume),
    }
    try:
        yield awake
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(wake)
        os.close(awake)
