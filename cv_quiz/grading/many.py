"""Grading many files: one worker a job, reused; results in the order of the paths; one bad file stops nothing.

Nothing heavy is imported here before the workers' processes are started: they load NumPy while the judge does.
"""

from __future__ import annotations

import gc
import importlib
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self

from cv_quiz.errors import InputError, UsageError
from cv_quiz.grading.isolation import start_process
from cv_quiz.language import Text

UNREADABLE = "unreadable"
# So many cases are named where the one that is asked for does not exist.
CASES_NAMED = 10

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cv_quiz.grading.exchange import Level
    from cv_quiz.grading.findings import SubmissionReport
    from cv_quiz.grading.host import Worker
    from cv_quiz.grading.isolation import WorkerProcess
    from cv_quiz.grading.neighbours import Neighbours

    # None stands for a file that has nothing to do with the case that was asked for.
    Outcome = SubmissionReport | BaseException | None


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
    were started ahead. Where one case is asked for, files whose drills lack it have no report; `without_case` are
    those. `done` is how many of the files, in their order, need no more waiting.
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
        self._outcomes: list[SimpleQueue[Outcome]] = [SimpleQueue() for _ in paths]
        self._ended = False
        self.level: Level = "none"
        self.done = 0
        self.without_case: list[Path] = []

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
        self._end()

    def _end(self) -> None:
        """End the workers; what a call under way comes to without its worker is no outcome."""
        self._ended = True
        self._stack.close()

    def __iter__(self) -> Iterator[SubmissionReport]:
        todo: SimpleQueue[tuple[Path, SimpleQueue[Outcome]]] = SimpleQueue()
        for task in zip(self._paths, self._outcomes, strict=True):
            todo.put(task)
        for worker in self._workers:
            # Nobody waits for these at the end: what is interrupted shall end at once.
            threading.Thread(target=self._work, args=(worker, todo), daemon=True).start()
        try:
            for path, outcome in zip(self._paths, self._outcomes, strict=True):
                report = _report(outcome.get())
                self.done += 1
                if report is None:
                    self.without_case.append(path)
                else:
                    yield report
        except BaseException:
            self._end()  # a call under way may take seconds; without its worker it ends at once
            raise

    def ready(self) -> Iterator[SubmissionReport]:
        """The reports that are there and were not waited for: what is left where the iteration was interrupted."""
        for outcome in self._outcomes[self.done :]:
            with suppress(Empty):
                found = outcome.get_nowait()
                if not isinstance(found, BaseException | None):
                    yield found

    def _work(self, worker: Worker, todo: SimpleQueue[tuple[Path, SimpleQueue[Outcome]]]) -> None:
        while True:
            try:
                path, outcome = todo.get_nowait()
            except Empty:
                return
            try:
                found: Outcome = self._grade(worker, path)
            except BaseException as error:  # noqa: BLE001 - it is raised where the outcome is waited for
                found = error
            if self._ended:
                return
            outcome.put(found)
            if isinstance(found, BaseException):
                return

    def _grade(self, worker: Worker, path: Path) -> SubmissionReport | None:
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
        except UsageError:
            if options.case is None:
                raise
            return None


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


def _report(outcome: Outcome) -> SubmissionReport | None:
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


def no_such_case(paths: Sequence[Path], options: Options) -> UsageError:
    """What to say where no file's drill has the case: the cases there are, nearest first."""
    import difflib  # noqa: PLC0415

    from cv_quiz import drills  # noqa: PLC0415
    from cv_quiz.grading.fit import oracle_for  # noqa: PLC0415

    answered = {name for count in _sight(paths, options).answers.values() for name in count}
    asked = (
        [drills.find(options.drill)] if options.drill else [item for item in drills.every() if item.name in answered]
    )
    asked = asked or list(drills.every())
    cases = dict.fromkeys(case.name for drill in asked for case in oracle_for(drill, options.seed).cases)
    near = difflib.get_close_matches(options.case or "", list(cases), n=CASES_NAMED, cutoff=0.0)
    names = ", ".join(drill.name for drill in asked)
    return UsageError(NO_CASE.format(case=options.case, drills=names, cases=", ".join(near)))


NO_CASE = Text(
    "练习 {drills} 没有名为「{case}」的用例。最接近的用例：{cases}。",
    "There is no case called '{case}' in {drills}. Cases, nearest first: {cases}.",
)
