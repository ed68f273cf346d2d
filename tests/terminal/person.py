"""A person at a real terminal: types keys, sees the screen."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Self

import pexpect
import pyte

# A program has no more to say when nothing comes for so long, or, where the system tells that it sleeps, for less.
SETTLE_SECONDS = 0.25
ASLEEP_SECONDS = 0.04


class Person:
    """Runs `cvquiz` in a pseudo-terminal of a given size."""

    def __init__(
        self, home: Path, *words: str, columns: int = 80, rows: int = 40, wide: bool = False, **environment: str
    ) -> None:
        self.wide = wide  # a terminal in which East-Asian ambiguous characters take two cells
        self.screen = pyte.HistoryScreen(columns, rows, history=5000)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.read_to = 0
        settings = {
            "CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "TERM": "xterm-256color", "PYTHONUTF8": "1", **environment,
        }  # fmt: skip
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "cv_quiz", *words],
            dimensions=(rows, columns),
            env={**inherited, **settings},
            timeout=30,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    def sees(self, text: str, seconds: float = 30) -> str:
        """Wait until a text stands on the screen or in what has scrolled away; the whole of it."""
        end = time.monotonic() + seconds
        while text not in (shown := self.everything()):
            if time.monotonic() > end or not self._read():
                shown = self.everything()
                assert text in shown, f"{text!r} is not on the screen:\n{shown}"
                break
        return shown

    def reads(self, text: str) -> None:
        """Wait until a text comes that was not there at the last call, and then until nothing more comes."""
        while text.encode() not in self.raw[self.read_to :]:
            assert self._read(), f"{text!r} did not come; the last was {self.raw[self.read_to :][-400:]!r}"
        self.waits()
        self.read_to = len(self.raw)

    def types(self, keys: str) -> None:
        """Press keys."""
        self.child.send(keys)

    def waits(self) -> str:
        """Wait until nothing new comes; the visible screen."""
        quiet = 0.0
        while quiet < SETTLE_SECONDS:
            if self._read(ASLEEP_SECONDS):
                quiet = 0.0
            elif (state := self._state()) == "asleep":
                quiet += SETTLE_SECONDS / 2
            elif state == "unknown":
                quiet += ASLEEP_SECONDS
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def leaves(self) -> int:
        """Wait for the end; the exit status."""
        while self._read():
            pass
        self.child.wait()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + (self.child.signalstatus or 0)

    def everything(self) -> str:
        """What has scrolled away and what stands there."""
        gone = ["".join(line[column].data for column in sorted(line)).rstrip() for line in self.screen.history.top]
        return "\n".join([*gone, *(line.rstrip() for line in self.screen.display)]).rstrip()

    def _state(self) -> str:
        """Whether the program sleeps or works; unknown where the system does not tell, or other programs work for it."""
        process = Path("/proc", str(self.child.pid))
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            others = (process / "task" / process.name / "children").read_text()
        except OSError:
            return "unknown"
        if state in "RD":
            return "works"
        return "asleep" if state == "S" and not others else "unknown"

    def _read(self, seconds: float = 30) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self.stream.feed(data)
        if b"\x1b[6n" in data:
            self.child.send(f"\x1b[1;{9 if self.wide else 5}R")
        return True
