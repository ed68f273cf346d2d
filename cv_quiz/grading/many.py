"""Grading many files: one worker a job, reused; results in the order of the paths; one bad file stops nothing.

Nothing heavy is imported here before the workers' processes are started: they load NumPy while the judge does.
"""

from __future__ import annotations

import gc
import importlib
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self

from cv_quiz.errors import InputError
from cv_quiz.grading.isolation import start_process

UNREADABLE = "unreadable"

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cv_quiz.grading.exchange import Level
    from cv_quiz.grading.findings import SubmissionReport
    from cv_quiz.grading.host import Worker
    from cv_quiz.grading.isolation import WorkerProcess
    from cv_quiz.grading.neighbours import Neighbours

    Outcome = SubmissionReport | BaseException


@dataclass(frozen=True, slots=True)
class Options:
    """How to grade: see `grade_file`."""

    drill: str | None = None
    strict: bool = False
    seed: int = 0
    case: str | None = None


class grade_many:  # noqa: N801  used as a function: `with grade_many(...) as grading`
    """Iterates over the reports of files, in their order. A context manager: it owns the workers.

    Files of one run do not see each other's answers: see `neighbours`. `started` are processes for workers that
    were started ahead.
    """

    def __init__(
        self, paths: Sequence[Path], options: Options, jobs: int = 1, *, started: Sequence[WorkerProcess] = ()
    ) -> None:
        self._paths = paths
        self._started = started
        self._options = options
        self._jobs = max(1, min(jobs, len(paths)))
        self._stack = ExitStack()
        self._workers: list[Worker] = []
        self.level: Level = "none"

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._workers = _employ(stack, self._paths, self._options, self._processes(stack))
            self.level = self._workers[0].level
            self._stack = stack.pop_all()
        return self

    def _processes(self, stack: ExitStack) -> list[WorkerProcess]:
        """One process for each job."""
        processes = list(self._started)
        for process in processes:
            stack.callback(process.close)
        while len(processes) < self._jobs:
            processes.append(start_process())
            stack.callback(processes[-1].close)
        return processes

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[SubmissionReport]:
        todo: SimpleQueue[tuple[Path, SimpleQueue[Outcome]]] = SimpleQueue()
        outcomes: list[SimpleQueue[Outcome]] = [SimpleQueue() for _ in self._paths]
        for task in zip(self._paths, outcomes, strict=True):
            todo.put(task)
        for worker in self._workers:
            # Nobody waits for these at the end: what is interrupted shall end at once.
            threading.Thread(target=self._work, args=(worker, todo), daemon=True).start()
        try:
            for outcome in outcomes:
                yield _report(outcome.get())
        except BaseException:
            self._stack.close()  # a call under way may take seconds; without its worker it ends at once
            raise

    def _work(self, worker: Worker, todo: SimpleQueue[tuple[Path, SimpleQueue[Outcome]]]) -> None:
        while True:
            try:
                path, outcome = todo.get_nowait()
            except Empty:
                return
            try:
                outcome.put(self._grade(worker, path))
            except BaseException as error:  # noqa: BLE001 - it is raised where the outcome is waited for
                outcome.put(error)
                return

    def _grade(self, worker: Worker, path: Path) -> SubmissionReport:
        from cv_quiz.grading.judge import grade_file  # noqa: PLC0415

        options = self._options
        try:
            return grade_file(
                worker, path, drill=options.drill, strict=options.strict, seed=options.seed, case=options.case
            )
        except InputError as error:
            if len(self._paths) == 1:
                raise
            return _unreadable(path, error)


def _employ(
    stack: ExitStack, paths: Sequence[Path], options: Options, started: Sequence[WorkerProcess]
) -> list[Worker]:
    """The workers; while their processes get ready, the judge is loaded."""
    gc.disable()  # what is loaded stays: there is nothing to collect
    try:
        from cv_quiz.grading.host import Worker  # noqa: PLC0415

        importlib.import_module("cv_quiz.grading.judge")
    finally:
        gc.freeze()
        gc.enable()
    sight = _sight(paths, options) if len(paths) > 1 else None
    return [stack.enter_context(Worker(sight=sight, started=process)) for process in started]


def _sight(paths: Sequence[Path], options: Options) -> Neighbours:
    """What files that are graded together see of each other."""
    from cv_quiz.grading.neighbours import Neighbours  # noqa: PLC0415

    return Neighbours.of(paths, options.drill)


def _report(outcome: Outcome) -> SubmissionReport:
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _unreadable(path: Path, error: InputError) -> SubmissionReport:
    """One bad file among many stops nothing: it gets a report of its own."""
    from cv_quiz.grading.findings import Diagnosis, Result, SubmissionReport  # noqa: PLC0415

    return SubmissionReport(path, (Result("", "", "runtime-error", diagnosis=(Diagnosis(UNREADABLE, error.text),)),))


def has_unreadable(report: SubmissionReport) -> bool:
    """Whether a report says that its file could not be read."""
    return any(item.id == UNREADABLE for result in report.results for item in result.diagnosis)
