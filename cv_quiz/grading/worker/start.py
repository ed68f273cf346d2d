"""Start the worker's process, for the judge."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv_quiz

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOOT: Final = (
    "import json, sys; wishes = json.loads(sys.argv[2]); sys.path[:0] = [wishes['own'], *wishes['folders']]; "
    "from cv_quiz.grading.worker.{module} import main; main()"
)
# One thread each: forks share the machine with the judge. Few arenas: each counts against the memory limit.
# A fixed hash seed: a case that is run again runs the same way.
_ENVIRONMENT: Final = {
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
_KEPT: Final = {"LD_LIBRARY_PATH"}  # without which some Pythons do not start
ANSWER_SECONDS: Final = 120.0  # the zygote may have to load torch before it answers
ANSWER_BYTES: Final = 1 << 16
END_SECONDS: Final = 0.3  # for the zygote to end by itself; it ends at once unless it is importing something


class ZygoteDiedError(Exception):
    """The worker's process is gone, or does not answer; the message is the last it said."""


class ZygoteProcess:
    """The judge's handle on the zygote: one JSON line each way over a socket."""

    def __init__(self, measures: Sequence[str], *, module: str = "boot") -> None:
        ours, theirs = socket.socketpair()
        ours.settimeout(ANSWER_SECONDS)
        self._control = ours
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        command = [sys.executable, "-s", "-P", "-S", "-c", _BOOT.format(module=module), str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own code
                [*command, json.dumps(_wishes(measures))],
                env=_ENVIRONMENT | {name: value for name, value in os.environ.items() if name in _KEPT},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                cwd=os.sep,
            )
        self._hello: dict[str, Any] | None = None

    def hello(self) -> dict[str, Any]:
        """What the zygote said of itself when it was ready. Raises ZygoteDiedError."""
        if self._hello is None:
            self._hello = self._receive()
        return self._hello

    def fork(self, message: dict[str, Any], descriptors: list[int]) -> int:
        """Fork; the child gets the descriptors to read from and to write to. Returns its process id."""
        self.hello()
        return int(self._ask({"command": "fork"} | message, descriptors)["process"])

    def end(self, process: int, grace: float) -> dict[str, Any]:
        """Kill a fork with all it started, unless it ends by itself within `grace` seconds.

        Returns its exit status (negative: a signal) and peak memory (bytes).
        """
        return self._ask({"command": "end", "process": process, "grace": grace}, [])

    def close(self, patience: float = END_SECONDS) -> None:
        """End the zygote and every fork; it has so many seconds to end by itself."""
        with suppress(OSError):  # a thread that waits for an answer is woken by this, not by closing
            self._control.shutdown(socket.SHUT_RDWR)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        self._process.wait()
        self._control.close()
        self._said.close()

    def kill(self, grace: float = 0.0) -> dict[str, Any]:
        """Kill the process with its group; its exit status (negative: a signal)."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._control.close()
        self._said.close()
        return {"exit": self._process.returncode}

    def _ask(self, message: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        try:
            socket.send_fds(self._control, [json.dumps(message).encode() + b"\n"], descriptors)
        except OSError as error:
            raise ZygoteDiedError(self._last_words()) from error
        return self._receive()

    def _receive(self) -> dict[str, Any]:
        raw = b""
        while not raw.endswith(b"\n"):
            try:
                part = self._control.recv(ANSWER_BYTES)
            except OSError as error:
                raise ZygoteDiedError(self._last_words()) from error
            if not part:
                raise ZygoteDiedError(self._last_words())
            raw += part
        answer: dict[str, Any] = json.loads(raw)
        return answer

    def _last_words(self) -> str:
        if self._said.closed:
            return "it was ended"
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").splitlines()
        return lines[-1] if lines else "no answer"


def _wishes(measures: Sequence[str]) -> dict[str, Any]:
    """What the worker shall do and where it finds what: its own code, and what learners may import."""
    package = Path(cv_quiz.__file__).parent
    numpy = find_spec("numpy")
    folders = [entry for entry in sys.path if Path(entry).name in {"site-packages", "dist-packages"}]
    if numpy and numpy.origin:
        folders.append(str(Path(numpy.origin).parent.parent))
    folders = list(dict.fromkeys(folders))
    installed = [str(Path(folder, package.name)) for folder in folders]
    hidden = list(dict.fromkeys([str(package), str(package.parent / "decks"), *installed]))
    return {"measures": list(measures), "own": str(package.parent), "folders": folders, "hidden": hidden}
