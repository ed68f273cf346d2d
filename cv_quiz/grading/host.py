"""The judge's side of the worker: one process for many submissions, one fork for each.

Nothing that comes back is trusted beyond its type: a reply is complete and valid, or the call failed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Self

from cv_quiz.errors import CvquizError
from cv_quiz.grading.exchange import Failure, Inspection, Limits, Reply
from cv_quiz.grading.isolation import MEASURES_OF, NAMESPACES, Probe, level_of, probe, start_process
from cv_quiz.grading.wire import WireError
from cv_quiz.grading.worker.channel import Channel, ClosedError, ExpiredError
from cv_quiz.grading.worker.files import read_submitted
from cv_quiz.grading.worker.namespaces import SUBMISSION
from cv_quiz.grading.worker.replies import placed, read_functions, read_inspection, read_print, read_reply
from cv_quiz.grading.worker.requests import Request, heavy_libraries, load_bytes, request_for
from cv_quiz.grading.worker.start import ZygoteDiedError
from cv_quiz.grading.worker.text import clean
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from cv_quiz.grading.exchange import Call, Level, Status
    from cv_quiz.grading.isolation import WorkerProcess
    from cv_quiz.grading.wire import Frame
    from cv_quiz.grading.worker.files import Submitted
    from cv_quiz.grading.worker.modules import Sight

__all__ = ["Probe", "Submission", "Worker", "WorkerError", "probe"]

READY_SECONDS: Final = 20.0
GRACE_SECONDS: Final = 0.2  # for a fork that has hung up, to end in its own way
SPARE_BYTES: Final = 1 << 20
NEAR_LIMIT: Final = 0.8  # a fork that dies with this share of its memory in use died of it
GONE: Final = {"exit": 0, "peak": 0}


class WorkerError(CvquizError):
    """The worker cannot do its work: no fault of any submission."""

    def __init__(self, why: str) -> None:
        message = Text(
            zh="评测进程出了问题（{why}），与提交的代码无关；运行 cvquiz doctor 查看原因",
            en="the worker failed, through no fault of the submission ({why}); cvquiz doctor tells more",
        )
        super().__init__(message.format(why=clean(why, 300)))


class Worker:
    """A process with NumPy loaded, reused for many submissions. One thread at a time; `close` may come from another.

    `isolation` is the most to use (None: all there is); `level` tells what was reached. `measures` names the
    measures to use one by one, for those who test them. `sight` says what submissions see of the files around
    them; without it they see all that lies where they look. `started` is a process that was started ahead.
    """

    def __init__(
        self,
        *,
        isolation: Level | None = None,
        measures: Sequence[str] | None = None,
        sight: Sight | None = None,
        started: WorkerProcess | None = None,
    ) -> None:
        self._measures = MEASURES_OF[isolation or "full"] if measures is None else tuple(measures)
        self._sight = sight
        self._process = started
        self._closed = False
        self.process()

    @property
    def level(self) -> Level:
        """The isolation that was reached. Waits for the process to be ready; raises WorkerError."""
        return level_of(self._reasons())

    def open(self, path: Path, *, limits: Limits | None = None, order_seed: int = 0) -> Submission:
        """Take up one file. `order_seed` seeds `random` and `numpy.random` before the file is loaded.

        Raises InputError where the file cannot be read.
        """
        _give_way()
        return Submission(self, read_submitted(path, self._sight), limits or Limits(), order_seed)

    def shown_at(self) -> str | None:
        """Where the worker sees a submission's folder, None where it is the folder's own path."""
        return SUBMISSION if self._reasons().get(NAMESPACES) == "" else None

    def process(self) -> WorkerProcess:
        """The process, started again where it had died. Raises WorkerError once the worker is closed."""
        if self._process is None and not self._closed:
            self._process = start_process(self._measures)
        process = self._process
        if process is None or self._closed:
            raise WorkerError("it was ended")
        return process

    def fork(self, message: dict[str, Any], descriptors: list[int]) -> int:
        """A fork of the process, which is started anew once if it is found dead. Raises WorkerError."""
        try:
            return self.process().fork(message, descriptors)
        except ZygoteDiedError:
            self._drop()
        try:
            return self.process().fork(message, descriptors)
        except ZygoteDiedError as error:
            self._drop()
            raise WorkerError(str(error)) from error

    def end(self, fork: int, grace: float = 0.0) -> dict[str, Any]:
        """End a fork with all it started; how it ended, as far as anyone still knows."""
        process = self._process
        if process is None:
            return GONE
        try:
            return process.end(fork, grace)
        except ZygoteDiedError:
            self._drop()
            return GONE

    def close(self) -> None:
        """End the process and whatever still runs in it, for good. A call under way in another thread fails."""
        self._closed = True
        self._drop()

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reasons(self) -> dict[str, str]:
        try:
            reasons: dict[str, str] = self.process().hello()["measures"]
        except ZygoteDiedError as error:
            self._drop()
            raise WorkerError(str(error)) from error
        return reasons


def _give_way() -> None:
    """Let a fork answer all it was asked before this thread looks at the first answer, where they share a core.

    Going to and fro between the two for every call costs more than many calls do.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a container may forbid it
            os.sched_setscheduler(0, os.SCHED_BATCH | os.SCHED_RESET_ON_FORK, os.sched_param(0))


@dataclass(slots=True)
class _Fork:
    """A running fork: its process id, the pipes to it, and the calls it has not answered yet.

    `answered` counts those whose replies were awaited; `since` is when it can have begun with the first of the others.
    """

    process: int
    channel: Channel
    asked: deque[Request] = field(default_factory=deque)
    answered: int = 0
    since: float = 0.0


class Submission:
    """One file under judgement: a fork is made when the first question is asked, and after each death."""

    def __init__(self, worker: Worker, submitted: Submitted, limits: Limits, order_seed: int) -> None:
        self._worker = worker
        self._submitted = submitted
        self._limits = limits
        self._order_seed = order_seed
        self._inspection: Inspection | None = None
        self._fork: _Fork | None = None
        self._left = limits.submission_seconds
        self._printed = ""

    @property
    def digest(self) -> bytes:
        """A hash of everything that was handed in."""
        return self._submitted.digest

    def inspect(self) -> Inspection:
        """Parse and load the file; asked again it answers from memory. Raises WorkerError."""
        if self._inspection is None:
            self._inspection = self._load()
        return self._inspection

    def call(self, call: Call) -> Reply:
        """Make one call, as `calls` does."""
        return next(self.calls([call]))

    def calls(self, calls: Sequence[Call]) -> Iterator[Reply]:
        """Make calls one after the other; what the fork is asked next lies ready when it has answered.

        A fork that died is replaced first; a file that does not load is not tried again.
        Raises WorkerError, and TooLargeError for arguments beyond 1 GiB.
        """
        try:
            for at in range(len(calls)):
                loaded = self._ready()
                fork = self._fork
                if fork is None or self._left <= 0:
                    status = loaded.status if loaded.status != "ok" else "time-limit"
                    yield Reply(status, failure=loaded.failure, printed=loaded.printed, used_up=self._left <= 0)
                    continue
                if not fork.asked:
                    self._post(fork, calls[at:])
                yield self._receive(fork)
        finally:
            if self._fork is not None and self._fork.asked:  # nobody waits for these answers
                self._end()

    def restart(self) -> None:
        """Throw the fork away: the next call starts with a clean state."""
        self._end()

    def close(self) -> None:
        """End the fork with all it started."""
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready(self) -> Inspection:
        """What came of loading the file, in a new fork where there is none."""
        loaded = self.inspect()
        if loaded.status == "ok" and self._fork is None and self._left > 0:
            loaded = self._load()
        return loaded

    def _post(self, fork: _Fork, calls: Sequence[Call]) -> None:
        for call in calls:
            fork.asked.append(request_for(call))
            fork.channel.post(fork.asked[-1].frame)
        fork.since = monotonic()

    def _receive(self, fork: _Fork) -> Reply:
        """The reply to the first call that waits for one."""
        request, start = fork.asked.popleft(), monotonic()
        fork.answered += 1
        try:
            deadline = start + min(self._limits.call_seconds, self._left)
            frame = self._next(fork.channel, deadline, 2 * self._limits.result_bytes + SPARE_BYTES)
            reply = read_reply(frame, request, fork.answered, monotonic() - start, monotonic() - fork.since)
        except (ClosedError, ExpiredError, WireError) as error:
            status, failure = self._end_after(error)
            used_up = self._left < self._limits.call_seconds
            reply = Reply(status, failure=failure, seconds=monotonic() - start, used_up=used_up)
        if reply.failure is not None and self._inspection is not None:
            reply = replace(reply, failure=placed(reply.failure, self._inspection.cells))
        fork.since += reply.seconds
        self._left -= monotonic() - start
        return replace(reply, printed=self._take_printed()) if self._printed else reply

    def _load(self) -> Inspection:
        self._end()
        self._fork = fork = self._new_fork()
        start = monotonic()
        deadline = start + min(self._limits.load_seconds, self._left)
        functions = self._inspection.functions if self._inspection else ()
        again = self._inspection is not None
        try:
            load = load_bytes(self._submitted, self._worker.shown_at(), self._order_seed, again=again)
            fork.channel.post(load)
            frame = self._next(fork.channel, deadline, SPARE_BYTES)
            if frame.head.get("kind") == "parsed":
                functions = read_functions(frame)
                frame = self._next(fork.channel, deadline, SPARE_BYTES)
            found = read_inspection(frame, functions)
        except (ClosedError, ExpiredError, WireError) as error:
            status, failure = self._end_after(error)
            found = Inspection(functions=functions, status=status, failure=failure)
        if found.status != "ok":
            self._end()
        self._left -= monotonic() - start
        return replace(found, printed=self._take_printed())

    def _new_fork(self) -> _Fork:
        message = {
            "limits": asdict(self._limits),
            "warm": heavy_libraries(self._submitted),
            "folder": self._submitted.folder,
        }
        to_fork, from_fork = os.pipe(), os.pipe()
        channel = Channel(from_fork[0], to_fork[1])
        try:
            process = self._worker.fork(message, [to_fork[0], from_fork[1]])
        except WorkerError:
            channel.close()
            raise
        finally:
            os.close(to_fork[0])
            os.close(from_fork[1])
        fork = _Fork(process, channel)
        self._await_ready(fork)
        return fork

    def _await_ready(self, fork: _Fork) -> None:
        """Wait until the fork is confined. No code of the learner's has run yet: what it says can be believed."""
        try:
            head = fork.channel.receive(monotonic() + READY_SECONDS, 0).head
        except (ClosedError, ExpiredError, WireError) as error:
            head = {"reason": type(error).__name__}
        if head.get("kind") != "ready":
            fork.channel.close()
            self._worker.end(fork.process)
            raise WorkerError(str(head.get("reason")))

    def _next(self, channel: Channel, deadline: float, limit: int) -> Frame:
        """The next frame that is no print, and does not take back what was printed."""
        while True:
            frame = channel.receive(deadline, limit)
            kind = frame.head.get("kind")
            if kind == "print":
                room = self._limits.printed_bytes - len(self._printed)
                self._printed += read_print(frame, room) if room > 0 else ""
            elif kind == "again":
                self._printed = ""
            else:
                return frame

    def _take_printed(self) -> str:
        printed, self._printed = self._printed, ""
        return printed

    def _end_after(self, error: Exception) -> tuple[Status, Failure | None]:
        """Why there was no complete valid frame; the fork is gone afterwards."""
        ending = self._end(GRACE_SECONDS if isinstance(error, ClosedError) else 0.0)
        if isinstance(error, ExpiredError):
            return "time-limit", None
        if ending["peak"] >= NEAR_LIMIT * self._limits.memory_bytes:
            return "memory-limit", None
        return "died", _death(ending["exit"]) if isinstance(error, ClosedError) else None

    def _end(self, grace: float = 0.0) -> dict[str, Any]:
        fork, self._fork = self._fork, None
        if fork is None:
            return GONE
        try:
            return self._worker.end(fork.process, grace)
        finally:
            fork.channel.close()  # only now: a fork whose pipes close wakes up, to do nothing


def _death(status: int) -> Failure:
    """How a process ended, in the words of the system: `SIGSEGV`, or `exit` with its status."""
    if status >= 0:
        return Failure("exit", str(status))
    try:
        return Failure(signal.Signals(-status).name, "")
    except ValueError:
        return Failure("signal", str(-status))
