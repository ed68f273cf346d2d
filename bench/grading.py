"""What grading costs beside the learner's own code, as ratios measured in one run.

usage: grading.py [--files 12]
For every drill the right solutions of `tests/solutions`, each as so many files that differ in a comment (so that each
gets cases of its own), graded by one worker, all on one core. "Own" is the wall time without the calls of the learner's
function as the worker measured them. Then one file as a user grades it, from the shell.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from cv_quiz.grading.host import Submission, Worker
from cv_quiz.grading.judge import grade_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cv_quiz.grading.exchange import Call, Reply

SOLUTIONS = Path(__file__).resolve().parents[1] / "tests" / "solutions"
# One solution of each drill as most people write it.
USUAL = {
    "iou": "plain_clamp",
    "iou_matrix": "broadcast",
    "kmeans": "until_centroids_rest",
    "nms": "vectorised_order",
    "soft_nms": "vectorised_alive_mask",
}
# A function that takes longer than so many seconds in all is not quick.
QUICK = 0.1
WARM_UP = 3
ROUNDS = 7


class Stopwatch:
    """Adds up what the learner's calls take."""

    def __init__(self) -> None:
        self.learner = 0.0
        self._calls = Submission.calls

    def calls(self, submission: Submission, calls: Sequence[Call]) -> Iterator[Reply]:
        for reply in self._calls(submission, calls):
            self.learner += reply.seconds
            yield reply


def own_and_all(worker: Worker, stopwatch: Stopwatch, path: Path, folder: Path, files: int) -> tuple[float, float]:
    """Medians over copies of one file: the time without the learner's own, and the whole."""
    own, whole = [], []
    for number in range(WARM_UP + files):
        copy = folder / path.name
        copy.write_bytes(path.read_bytes() + f"\n# {number}\n".encode())
        stopwatch.learner, begin = 0.0, time.perf_counter()
        grade_file(worker, copy)
        whole.append(time.perf_counter() - begin)
        own.append(whole[-1] - stopwatch.learner)
    return statistics.median(own[WARM_UP:]), statistics.median(whole[WARM_UP:])


def further_files(files: int) -> dict[str, list[float]]:
    """For every drill the own time of a further file, one number for each quick solution."""
    stopwatch = Stopwatch()
    Submission.calls = lambda submission, calls: stopwatch.calls(submission, calls)  # type: ignore[method-assign]  # noqa: PLW0108  a bound method would not get the submission
    found: dict[str, list[float]] = {}
    with Worker() as worker, tempfile.TemporaryDirectory() as name:
        for path in sorted(SOLUTIONS.glob("*/right/*.py")):
            own, whole = own_and_all(worker, stopwatch, path, Path(name), files)
            if whole - own < QUICK:
                found.setdefault(path.parents[1].name, []).append(own)
    return found


def seconds(command: Sequence[str]) -> float:
    """The median time of a command."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=12)
    files = parser.parse_args().files
    everywhere = os.sched_getaffinity(0)
    bare = seconds([sys.executable, "-c", "import numpy"])
    print(f"python -c 'import numpy': {bare * 1000:.0f} ms")
    for drill, style in USUAL.items():
        one = seconds([sys.executable, "-m", "cv_quiz", "grade", str(SOLUTIONS / drill / "right" / f"{style}.py")])
        print(f"one file, {drill:<12} {one * 1000:6.0f} ms   ratio {one / bare:5.2f}")
    os.sched_setaffinity(0, {min(everywhere)})
    for drill, own in further_files(files).items():
        middle = statistics.median(own)
        print(f"a further file, own share on one core, {drill:<12} {middle * 1000:6.1f} ms "
              f"({min(own) * 1000:.1f} to {max(own) * 1000:.1f} over {len(own)} solutions)   ratio {middle / bare:5.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
