"""A worker for all tests, submissions out of source text, and eyes for what a run leaves behind."""

from __future__ import annotations

import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from cv_quiz.grading.exchange import Call, Limits
from cv_quiz.grading.host import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.host import Submission

MEASURES = {
    "all": ("namespaces", "landlock", "seccomp"),
    "no-namespaces": ("landlock", "seccomp"),
    "no-landlock": ("namespaces", "seccomp"),
}


@pytest.fixture(scope="session")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A word in the command line of every worker these tests start, and of all their forks."""
    folder = tmp_path_factory.mktemp("marker") / "site-packages"
    folder.mkdir()
    sys.path.append(str(folder))
    yield str(folder)
    sys.path.remove(str(folder))


@pytest.fixture(scope="session")
def worker(marker: str) -> Iterator[Worker]:
    """The worker as users get it."""
    with Worker() as worker:
        yield worker


@pytest.fixture(scope="session", params=MEASURES)
def confined(request: pytest.FixtureRequest, marker: str) -> Iterator[Worker]:
    """Each set of measures that makes the level `full`: any one of them must be enough."""
    with Worker(measures=MEASURES[request.param]) as worker:
        if worker.level != "full":
            pytest.skip(f"this machine cannot do it: {request.param}")
        yield worker


@pytest.fixture
def submit(worker: Worker, tmp_path: Path) -> Iterator[Callable[..., Submission]]:
    """Write a submission, with files beside it, and open it."""
    with _Submitter(worker, tmp_path) as submitter:
        yield submitter


@pytest.fixture
def submit_confined(confined: Worker, tmp_path: Path) -> Iterator[Callable[..., Submission]]:
    """The same, in each confinement."""
    with _Submitter(confined, tmp_path) as submitter:
        yield submitter


class _Submitter:
    def __init__(self, worker: Worker, folder: Path) -> None:
        self._worker = worker
        self._folder = folder / "submitted"
        self._folder.mkdir(mode=0o755)
        self._opened: list[Submission] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for submission in self._opened:
            submission.close()

    def __call__(
        self,
        source: str | bytes,
        *,
        name: str = "solution.py",
        beside: dict[str, str] | None = None,
        order_seed: int = 0,
        **limits: Any,
    ) -> Submission:
        for place, text in {**(beside or {}), name: source}.items():
            path = self._folder / place
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
            path.chmod(0o644)
        allowed = Limits(**{"call_seconds": 10.0, "memory_bytes": 512 << 20, **limits})
        submission = self._worker.open(self._folder / name, limits=allowed, order_seed=order_seed)
        self._opened.append(submission)
        return submission


@pytest.fixture
def ask(submit: Callable[..., Submission]) -> Callable[..., Reply]:
    """The reply of `f` in a submission, called with the arguments."""

    def ask(source: str, *args: Any, **limits: Any) -> Reply:
        return submit(source, **limits).call(Call("f", args))

    return ask


@pytest.fixture
def survivors(marker: str) -> Callable[[], set[int]]:
    """The processes of workers that are there now, those that are just dying given a moment."""

    def look() -> set[int]:
        found = set()
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and _runs(folder, marker):
                found.add(int(folder.name))
        return found

    return look


def _runs(folder: Path, marker: str) -> bool:
    try:
        return marker.encode() in (folder / "cmdline").read_bytes()
    except OSError:
        return False


def settled(look: Callable[[], set[int]], expected: set[int]) -> set[int]:
    """What `look` finds once it is no more than expected, or after five seconds."""
    end = time.monotonic() + 5
    while not (found := look()) <= expected and time.monotonic() < end:
        time.sleep(0.02)
    return found
