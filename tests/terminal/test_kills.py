"""SIGKILL at any moment: no rating that was acknowledged is missing afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

KILLS = 200


def start(home: Path) -> subprocess.Popen[str]:
    settings = {"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en", "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "cv_quiz", "study", "--plain", "--new", "9999"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings
    )


def rate_until_killed(home: Path, seconds: float) -> int:
    """Rate cards until a kill after some seconds; how many ratings were followed by the next question."""
    child = start(home)
    timer = threading.Timer(seconds, child.send_signal, [signal.SIGKILL])
    timer.start()
    questions = 0
    with suppress(BrokenPipeError):  # it may be killed between its question and our answer
        for line in child.stdout:
            if " · card " in line:
                questions += 1
                child.stdin.write("\n4\n")
                child.stdin.flush()
    child.wait()
    timer.cancel()
    child.stdout.close()
    with suppress(BrokenPipeError):
        child.stdin.close()
    return max(0, questions - 1)


def rows(home: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "cv_quiz", "log", "--json"],
        env={**os.environ, "CVQUIZ_HOME": str(home)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return len([json.loads(line) for line in done.stdout.splitlines()])


@pytest.mark.slow
def test_two_hundred_kills_lose_no_acknowledged_rating(home: Path) -> None:
    chance = random.Random(7)
    rate_until_killed(home, 3.0)
    acknowledged = rows(home)
    begin = time.monotonic()
    for number in range(KILLS):
        acknowledged += rate_until_killed(home, chance.uniform(0.15, 0.9))
        if number % 20 == 19:
            kept = rows(home)
            assert kept >= acknowledged, f"{acknowledged - kept} ratings missing after {number + 1} kills"
            acknowledged = kept
    assert rows(home) > KILLS / 4, f"too few ratings in {time.monotonic() - begin:.0f} s to mean anything"
