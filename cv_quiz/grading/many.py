"""Grading many files: one worker a job, reused; results in the order of the paths; one bad file stops nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self

from cv_quiz.grading.host import Worker
from cv_quiz.grading.judge import grade_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cv_quiz.grading.exchange import Level
    from cv_quiz.grading.report import SubmissionReport


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
        with ThreadPoolExecutor(self._jobs) as pool:
            yield from pool.map(self._grade, self._paths)

    def _grade(self, path: Path) -> SubmissionReport:
        worker = self._workers.get()
        try:
            options = self._options
            return grade_file(
                worker, path, drill=options.drill, strict=options.strict, seed=options.seed, case=options.case
            )
        finally:
            self._workers.put(worker)
