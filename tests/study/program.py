"""The program as a user starts it, and a small deck to study."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cv_quiz.home import Home

NOW = "2026-03-01T09:00:00+00:00"


def run(
    home: Path, *words: str, stdin: str = "", cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {"CVQUIZ_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "CVQUIZ_HOME": str(home), **more}
    done = subprocess.run(
        [sys.executable, "-m", "cv_quiz", *words],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment,
        cwd=cwd,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def at(home: Path, now: str = NOW) -> Home:
    return Home({"CVQUIZ_HOME": str(home), "CVQUIZ_NOW": now, "CVQUIZ_LANG": "en"})


def write_deck(path: Path, cards: int, first: int = 0, tags: str = "[]") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(
        f"  - {{id: c{number}, question: Q{number}?, answer: A, tags: {tags}}}\n"
        for number in range(first, first + cards)
    )
    path.write_text(f"id: {path.stem}\ntitle: T\nlanguage: en\ncards:\n{body}", encoding="utf-8")
    return path
