"""Where there is no fork to rely on (macOS): single-use processes, the next one warmed up ahead.

Resource limits, a session of its own, and memory looked at four times a second; files and network are open.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from cv_quiz.grading.worker.start import ZygoteProcess

if TYPE_CHECKING:
    from collections.abc import Callable

POLL_SECONDS: Final = 0.25


class PlainProcesses:
    """What `ZygoteProcess` is to forks, this is to whole processes."""

    def __init__(self, *, poll_memory: bool = sys.platform == "darwin") -> None:
        self._spare = ZygoteProcess((), module="single")
        self._running: dict[int, tuple[ZygoteProcess, MemoryWatch | None]] = {}
        self._poll_memory = poll_memory

    def hello(self) -> dict[str, Any]:
        """What the next process said of itself when it was ready."""
        return self._spare.hello()

    def fork(self, message: dict[str, Any], descriptors: list[int]) -> int:
        """Let the spare process take a submission, and start another spare. Returns its process id."""
        taken = self._spare
        process = taken.fork(message, descriptors)
        self._spare = ZygoteProcess((), module="single")
        watch = MemoryWatch(process, message["limits"]["memory_bytes"]) if self._poll_memory else None
        self._running[process] = taken, watch
        return process

    def end(self, process: int, grace: float) -> dict[str, Any]:
        """Kill a process with its group, unless it ends within `grace` seconds; exit status, peak memory (bytes)."""
        if process not in self._running:  # everything was ended meanwhile
            return {"exit": 0, "peak": 0}
        taken, watch = self._running.pop(process)
        peak = watch.stop() if watch else 0
        return taken.kill(grace) | {"peak": peak}

    def close(self, patience: float = 0.0) -> None:
        """End every process; each has so many seconds to end by itself."""
        for process in list(self._running):
            self.end(process, patience)
        self._spare.kill()


class MemoryWatch(threading.Thread):
    """Kills a process that holds more than its limit."""

    def __init__(self, process: int, limit: int, resident: Callable[[int], int] | None = None) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._limit = limit
        self._resident = resident or resident_bytes
        self._stopped = threading.Event()
        self._peak = 0
        self.start()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._stopped.wait(POLL_SECONDS):
            self._peak = max(self._peak, self._resident(self._process))
            if self._peak > self._limit:
                os.kill(self._process, signal.SIGKILL)
                return

    def stop(self) -> int:
        """Stop looking; the most that was seen (bytes)."""
        self._stopped.set()
        self.join()
        return self._peak


def resident_bytes(process: int) -> int:
    """Resident memory of a process, 0 where it is gone."""
    done = subprocess.run(  # noqa: S603 - a number is all that is passed
        ["/bin/ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return int(done.stdout) * 1024 if done.stdout.strip().isdigit() else 0
