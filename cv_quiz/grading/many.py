"""Grading many files: one worker a job, reused; results in the order of the paths; one bad file stops nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self

from cv_quiz.errors import InputError
from cv_quiz.grading.host import Worker
from cv_quiz.grading.judge import grade_file
from cv_quiz.grading.report import Diagnosis, Result, SubmissionReport

UNREADABLE = "unreadable"

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cv_quiz.grading.exchange import Level


@dataclass(frozen=True, slots=True)
class Options:
    """How to grade: see `grade_file`."""

    drill: str | None = None
    strict: bool = False
    seed: int = 0
    case: str | None = None


class grade_many:  # noqa: N801  used as a function: `with grade_many(...) as grading`
    """Iterates over the reports of files, in their order. A context manager: it owns the workers."""

    def __init__(self, paths: Sequence[Path], options: Options, jobs: int = 1) -> None:
        self._paths = paths
        self._options = options
        self._jobs = max(1, min(jobs, len(paths)))
        self._stack = ExitStack()
        self._workers: SimpleQueue[Worker] = SimpleQueue()
        self.level: Level = "none"

    def __enter__(self) -> Self:
        for _ in range(self._jobs):
            worker = self._stack.enter_context(Worker())
            self.level = worker.level
            self._workers.put(worker)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[SubmissionReport]:
        pool = ThreadPoolExecutor(self._jobs)
        try:
            yield from pool.map(self._grade, self._paths)
        except BaseException:
            # Ctrl-C: a call under way may take seconds; without its worker it ends at once.
            self._stack.close()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _grade(self, path: Path) -> SubmissionReport:
        worker = self._workers.get()
        try:
            options = self._options
            return grade_file(
                worker, path, drill=options.drill, strict=options.strict, seed=options.seed, case=options.case
            )
        except InputError as error:
            if len(self._paths) == 1:
                raise
            return _unreadable(path, error)
        finally:
            self._workers.put(worker)


def _unreadable(path: Path, error: InputError) -> SubmissionReport:
    """One bad file among many stops nothing: it gets a report of its own."""
    return SubmissionReport(path, (Result("", "", "runtime-error", diagnosis=(Diagnosis(UNREADABLE, error.text),)),))


def has_unreadable(report: SubmissionReport) -> bool:
    """Whether a report says that its file could not be read."""
    return any(item.id == UNREADABLE for result in report.results for item in result.diagnosis)
