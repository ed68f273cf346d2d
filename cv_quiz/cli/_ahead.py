"""What begins before the command line is read: the worker of `grade` loads NumPy while the commands are being loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.grading.isolation import WorkerProcess

_started: list[WorkerProcess] = []


def begin(arguments: Sequence[str]) -> None:
    """Start a process where the words will most likely ask for one."""
    if list(arguments[:1]) == ["grade"] and len(arguments) > 1 and "--help" not in arguments:
        from cv_quiz.grading.isolation import start_process

        _started.append(start_process())


def take() -> list[WorkerProcess]:
    """The processes that were started; they are the caller's to close from now on."""
    taken = _started[:]
    _started.clear()
    return taken


def give_up() -> None:
    """End what nobody took."""
    for process in take():
        process.close(patience=0.0)
