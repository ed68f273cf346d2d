"""Ctrl-C while a submission loops: the command ends with 130, and nothing goes on."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

import cv_quiz
from cv_quiz.grading.exchange import Call
from cv_quiz.grading.host import Worker, WorkerError
from cv_quiz.grading.many import Options, grade_many

from .conftest import settled

if TYPE_CHECKING:
    from collections.abc import Callable

LOOP = """
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
print("loading")
def iou(a, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""
AT_IMPORT = LOOP + "iou(0, 0)\n"


def grade(folder: Path, marker: str, *arguments: str) -> pexpect.spawn:
    paths = os.pathsep.join([str(Path(cv_quiz.__file__).parents[1]), marker, *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": paths, "CVQUIZ_HOME": str(folder / "home")}
    return pexpect.spawn(
        sys.executable, ["-m", "cv_quiz", "grade", *arguments], cwd=str(folder), env=environment, encoding="utf-8"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("source", [LOOP, AT_IMPORT], ids=["call", "import"])
@pytest.mark.parametrize("arguments", [("a.py",), ("a.py", "b.py", "c.py"), (".", "--jobs", "2")])
def test_ctrl_c_ends_the_command_and_all_it_started(
    source: str, arguments: tuple[str, ...], marker: str, survivors: Callable[[], set[int]], tmp_path: Path
) -> None:
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(source)
    before = survivors()
    command = grade(tmp_path, marker, *arguments)
    await_forks(survivors, before, 2 if "--jobs" in arguments else 1)
    command.sendintr()
    command.expect(pexpect.EOF, timeout=30)
    command.close()
    assert command.exitstatus == 130
    assert "Traceback" not in command.before
    assert settled(survivors, before) <= before


def await_forks(survivors: Callable[[], set[int]], before: set[int], jobs: int) -> None:
    """Wait until each job has a fork at work, which has a session of its own as its zygote has."""
    end = time.monotonic() + 20
    while len(sessions(survivors() - before)) < 2 * jobs:
        assert time.monotonic() < end, "nothing was started"
        time.sleep(0.02)
    time.sleep(0.3)


def sessions(processes: set[int]) -> set[int]:
    found = set()
    for process in processes:
        with suppress(ProcessLookupError):
            found.add(os.getsid(process))
    return found


def test_a_worker_that_was_closed_starts_nothing_more(
    marker: str, survivors: Callable[[], set[int]], tmp_path: Path
) -> None:
    path = tmp_path / "solution.py"
    path.write_text(LOOP)
    before = survivors()
    worker = Worker()
    outcomes: list[object] = []
    submission = worker.open(path)

    def ask_twice() -> None:
        outcomes.append(submission.call(Call("iou", (0, 0))).status)
        try:
            submission.call(Call("iou", (0, 0)))
        except WorkerError as error:
            outcomes.append(error)

    asking = threading.Thread(target=ask_twice)
    asking.start()
    await_forks(survivors, before, 1)
    worker.close()
    asking.join(20)
    assert outcomes[0] == "died"
    assert isinstance(outcomes[1], WorkerError)
    with pytest.raises(WorkerError):
        worker.level  # noqa: B018 - a property that asks
    assert settled(survivors, before) <= before


def test_results_that_nobody_waits_for_end_the_workers(
    marker: str, survivors: Callable[[], set[int]], tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text("def iou(a, b):\n    return 0\n")
    (tmp_path / "b.py").write_text(LOOP)
    before = survivors()
    with grade_many([tmp_path / "a.py", tmp_path / "b.py"], Options()) as grading:
        first = next(iter(grading))
    assert first.path.name == "a.py"
    assert settled(survivors, before) <= before
