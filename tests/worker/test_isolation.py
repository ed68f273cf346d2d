"""The levels, what `cvquiz doctor` is told, and a worker that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cv_quiz.grading.exchange import Call, Limits
from cv_quiz.grading.host import Submission, Worker, WorkerError, probe
from cv_quiz.grading.isolation import LANDLOCK, MEASURES_OF, NAMESPACES, SECCOMP, level_of
from cv_quiz.grading.wire import frame_bytes
from cv_quiz.grading.worker import seccomp
from cv_quiz.grading.worker.files import is_harmless, private_folders, read_submitted
from cv_quiz.grading.worker.plain import MemoryWatch, PlainProcesses

from .conftest import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines")


@pytest.fixture
def solution(tmp_path: Path) -> Path:
    path = tmp_path / "solution.py"
    path.write_text(
        "import os\ndef f(x=1):\n    return x\ndef loop():\n    while True: pass\ndef pid():\n    return os.getpid()\n"
    )
    return path


@pytest.mark.parametrize(
    ("in_force", "level"),
    [
        ({NAMESPACES, LANDLOCK, SECCOMP}, "full"),
        ({LANDLOCK, SECCOMP}, "full"),
        ({NAMESPACES, SECCOMP}, "full"),
        ({NAMESPACES, LANDLOCK}, "partial"),
        ({SECCOMP}, "partial"),
        ({LANDLOCK}, "partial"),
        (set(), "none"),
    ],
)
def test_levels(in_force: set[str], level: str) -> None:
    reasons = {measure: "" if measure in in_force else "why" for measure in MEASURES_OF["full"]}
    assert level_of(reasons) == level


@linux
@pytest.mark.parametrize("level", ["full", "partial", "none"])
def test_a_worker_goes_no_further_than_it_is_told(level: Any, solution: Path) -> None:
    with Worker(isolation=level) as worker:
        assert worker.level in {level, "partial", "none"}
        assert worker.open(solution).call(Call("f", (3,))).value == 3


@linux
def test_the_probe_says_what_holds_in_both_languages() -> None:
    found = probe()
    with Worker() as worker:
        assert found.level == worker.level
    assert len(found.lines) == 4
    for finding in found.findings:
        assert finding.text.zh
        assert finding.text.en
    assert (found.level == "full") <= found.findings[-1].ok


def test_a_worker_that_does_not_start(monkeypatch: pytest.MonkeyPatch, solution: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Worker() as worker:
        with pytest.raises(WorkerError):
            worker.level  # noqa: B018 - a property that asks
        with pytest.raises(WorkerError) as caught:
            worker.open(solution).call(Call("f"))
        assert caught.value.exit_status == 3
    found = probe()
    assert found.level == "none"
    assert not found.findings[0].ok


def test_a_system_without_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    found = probe()
    assert (found.level, found.findings[0].ok) == ("none", False)


def test_a_worker_that_died_is_started_again(solution: Path, survivors: Callable[[], set[int]]) -> None:
    before = survivors()
    with Worker() as worker:
        submission = worker.open(solution)
        assert submission.call(Call("f")).value == 1
        for process in survivors() - before:
            os.kill(process, signal.SIGKILL)
        assert settled(survivors, before) == before
        assert submission.call(Call("f")).status == "died"
        assert submission.call(Call("f", (2,))).value == 2
    assert settled(survivors, before) == before


def test_several_submissions_at_once(solution: Path) -> None:
    with Worker() as worker, worker.open(solution) as one, worker.open(solution) as other:
        assert [one.call(Call("f", (1,))).value, other.call(Call("f", (2,))).value] == [1, 2]
        other.restart()
        assert [one.call(Call("f", (3,))).value, other.call(Call("f", (4,))).value] == [3, 4]


def test_descriptors_do_not_pile_up(solution: Path, worker: Worker) -> None:
    def count() -> int:
        return sum(_open(number) for number in range(512))

    worker.open(solution).inspect()
    before = count()
    for _ in range(5):
        with worker.open(solution, limits=Limits(call_seconds=0.05)) as submission:
            submission.call(Call("f"))
            submission.call(Call("loop"))
            submission.call(Call("f"))
    assert count() == before


def _open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


class Unconfined:
    """A worker whose forks cannot confine themselves."""

    def __init__(self, said: bytes) -> None:
        self.said = said
        self.ended: list[int] = []

    def fork(self, _message: dict[str, Any], descriptors: list[int]) -> int:
        os.write(descriptors[1], self.said)
        return 7

    def end(self, fork: int, grace: float = 0.0) -> dict[str, Any]:
        self.ended.append(fork)
        return {"exit": 1, "peak": 0}


@pytest.mark.parametrize("said", [frame_bytes({"kind": "unconfined", "reason": "no namespaces"}), b"", b"noise" * 10])
def test_where_a_fork_is_not_confined_nothing_runs(solution: Path, said: bytes) -> None:
    worker: Any = Unconfined(said)
    submission = Submission(worker, read_submitted(solution), Limits(), 0)
    with pytest.raises(WorkerError) as caught:
        submission.inspect()
    assert worker.ended == [7]
    assert "no namespaces" in str(caught.value) or said[:4] != b"cvq1"


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch, marker: str) -> Iterator[Worker]:
    """A worker as on systems where nothing but plain processes can be relied on."""
    monkeypatch.setattr(sys, "platform", "other")
    with Worker() as worker:
        monkeypatch.undo()
        yield worker


def test_plain_processes(plain: Worker, solution: Path, survivors: Callable[[], set[int]]) -> None:
    assert plain.level == "none"
    limits = Limits(call_seconds=0.6, memory_bytes=256 << 20)
    with plain.open(solution, limits=limits) as submission:
        first = submission.call(Call("pid")).value
        assert submission.call(Call("f", ([1.5],))).value == [1.5]
        assert submission.call(Call("loop")).status == "time-limit"
        second = submission.call(Call("pid")).value
        assert first != second
        assert {first, second} & survivors() == {second}
    assert second not in settled(survivors, survivors() - {second})


def test_plain_processes_end_with_the_worker(solution: Path, survivors: Callable[[], set[int]]) -> None:
    before = survivors()
    processes = PlainProcesses()
    assert processes.hello() == {"measures": {}}
    assert survivors() > before
    processes.close()
    assert settled(survivors, before) == before


def test_memory_can_be_watched_from_outside() -> None:
    for resident, ends in ((lambda _process: 1 << 40, True), (lambda _process: 10, False)):
        with subprocess.Popen(["sleep", "30"]) as process:
            watch = MemoryWatch(process.pid, 1000, resident)
            if ends:
                assert process.wait(10) == -signal.SIGKILL
            assert watch.stop() == (1 << 40 if ends else 0) or not ends
            process.kill()


def test_the_filter_is_made_for_both_architectures() -> None:
    programs = [seccomp.build(name, 1, writing=True) for name in seccomp.AUDIT_ARCH]
    assert len(set(programs)) == 2
    assert all(len(program) % 8 == 0 and len(program) // 8 < 4096 for program in programs)


def test_folders_that_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(seccomp.__file__)
    monkeypatch.setenv("CVQUIZ_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    shown = tmp_path / "user" / "homework"
    for folder in (shown, tmp_path / "home" / "deep"):
        folder.mkdir(parents=True)
    assert is_harmless(shown, private_folders())
    hidden = [tmp_path, tmp_path / "user", tmp_path / "home", tmp_path / "home" / "deep"]
    hidden += [Path("/"), package.parent, package.parents[2], package.parents[3]]
    for folder in hidden:
        assert not is_harmless(folder, private_folders()), folder
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "home")
    assert not is_harmless(link, private_folders())
