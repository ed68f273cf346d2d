"""The process that has NumPy loaded and forks once for every submission.

It never reads what learners write: their files and outputs go between the judge and the fork alone.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from cv_quiz.grading.exchange import Limits
from cv_quiz.grading.worker.confine import close_descriptors
from cv_quiz.grading.worker.imports import forget_judge
from cv_quiz.grading.worker.pipes import Pipe
from cv_quiz.grading.worker.serve import Server
from cv_quiz.grading.worker.warm import import_library

if TYPE_CHECKING:
    from cv_quiz.grading.worker.confine import Confinement
    from cv_quiz.grading.worker.control import Control, Request

PAUSE_SECONDS: Final = 0.001


class Zygote:
    """Forks, kills and reaps."""

    def __init__(self, control: Control, confinement: Confinement) -> None:
        self._control = control
        self._confinement = confinement
        self._warmed: set[str] = set()
        self._forks: set[int] = set()

    def run(self) -> None:
        """Answer the judge until it hangs up."""
        commands = {"fork": self._fork, "end": self._end}
        forget_judge()  # once, not in each fork
        self._control.answer({"measures": self._confinement.reasons})
        while request := self._control.receive():
            self._control.answer(commands[request.message["command"]](request))

    def _fork(self, request: Request) -> dict[str, Any]:
        for name in request.message["warm"]:
            if name not in self._warmed:
                self._warmed.add(name)
                import_library(name)
        process = self._confinement.fork()
        if process == 0:
            self._be_child(request)
        self._forks.add(process)
        for descriptor in request.descriptors:
            os.close(descriptor)
        return {"process": process}

    def _be_child(self, request: Request) -> None:
        status = 1
        try:
            pipe = Pipe(*request.descriptors)
            limits = Limits(**request.message["limits"])
            close_descriptors({*request.descriptors, *self._confinement.descriptors})
            os.setsid()
            self._confine(pipe, limits, request.message["folder"])
            Server(pipe, limits).run()
            status = 0
        finally:
            os._exit(status)

    def _confine(self, pipe: Pipe, limits: Limits, folder: str | None) -> None:
        try:
            self._confinement.confine(limits, folder)
        except OSError as error:
            pipe.send({"kind": "unconfined", "reason": str(error)})
            raise
        pipe.send({"kind": "ready"})

    def _end(self, request: Request) -> dict[str, Any]:
        process = request.message["process"]
        self._forks.discard(process)
        _await_end(process, request.message["grace"])
        for kill in (os.killpg, os.kill):
            try:
                kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        _, status, usage = os.wait4(process, 0)
        self._sweep()
        return {"exit": os.waitstatus_to_exitcode(status), "peak": usage.ru_maxrss * 1024}

    def _sweep(self) -> None:
        """Kill what a fork left behind. Only without process namespaces and filter can there be anything."""
        if self._confinement.contains_processes:
            return
        while strays := self._children() - self._forks:
            for stray in strays:
                os.kill(stray, signal.SIGKILL)
                os.waitpid(stray, 0)

    def _children(self) -> set[int]:
        listed = Path(f"/proc/self/task/{os.getpid()}/children")
        return set(map(int, listed.read_text("ascii").split())) if listed.exists() else set()


def _await_end(process: int, seconds: float) -> None:
    """Let a process that has closed its pipes come to its own end, which says more than being killed."""
    end = monotonic() + seconds
    while monotonic() < end and os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        sleep(PAUSE_SECONDS)
