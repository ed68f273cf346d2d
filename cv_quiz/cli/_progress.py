"""How far the judging of many files has come, on stderr: only at a terminal, and only for who has to wait."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

from cv_quiz.cli._say import t

if TYPE_CHECKING:
    from collections.abc import Callable

# Fewer files than this are judged before a line could be read, unless it takes longer than so many seconds.
FEW, PATIENCE_SECONDS = 3, 2.0


class Progress:
    """A context manager: one line with the file that is being judged, gone at the end.

    `position` tells how many files are done, `names` are the names of all.
    """

    def __init__(self, names: list[str], position: Callable[[], int], *, patience: float = PATIENCE_SECONDS) -> None:
        self._names = names
        self._position = position
        self._patience = 0.0 if len(names) >= FEW else patience
        self._timer = threading.Timer(self._patience, self._show)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._over = not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb"
        self._bar: Any = None

    def __enter__(self) -> Self:
        if not self._over:
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar.stop()

    def _show(self) -> None:
        """Load what draws the line, and draw it until the end."""
        with self._lock:
            if not self._over:
                self._bar = _line(self._names, self._position, self._patience)
                self._bar.start()


def _line(names: list[str], position: Callable[[], int], waited: float) -> Any:
    """The line itself, after so many seconds; it looks for itself how far things are whenever it is drawn anew."""
    from rich.console import Console
    from rich.progress import BarColumn, ProgressColumn, Task, TimeElapsedColumn
    from rich.progress import Progress as Bar
    from rich.text import Text as Words

    class Now(ProgressColumn):
        """How many, and which one."""

        def render(self, task: Task) -> Words:
            done = min(position(), len(names))
            bar.update(task.id, completed=done)
            return Words(label(names, done), no_wrap=True, overflow="ellipsis")

    bar = Bar(Now(), BarColumn(bar_width=20), TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    bar.add_task("", total=len(names))
    bar.tasks[0].start_time = bar.get_time() - waited
    return bar


def label(names: list[str], done: int) -> str:
    """Which file is being judged: "Judging 17/46  name"."""
    number = min(done + 1, len(names))
    return f"{t('评判', 'Judging')} {number}/{len(names)}  {names[number - 1]}"
