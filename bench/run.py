"""Speed as ratios measured in one run: start-up, choosing, rating, grading.

usage: run.py [--cards 100000]
Prints a table. A ratio against something in the same run says more than seconds, which differ between machines.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from cv_quiz.clock import day_end
from cv_quiz.home import Home
from cv_quiz.model import Card, Event, Rating
from cv_quiz.shelf import Filter
from cv_quiz.study import Limits, Session

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7


def median_seconds(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of an action."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def program(home: Path, *words: str, stdin: str = "q\n") -> Callable[[], object]:
    """A run of cvquiz as a user starts it."""
    environment = {**os.environ, "CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en"}
    command = [sys.executable, "-m", "cv_quiz", *words]
    return lambda: subprocess.run(command, input=stdin, text=True, capture_output=True, env=environment, check=False)


def interpreter(code: str) -> Callable[[], object]:
    """A run of Python that does something small."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def home_with(cards: int, folder: Path) -> Home:
    """A home whose own deck has so many cards, half of them reviewed."""
    home = Home({"CVQUIZ_HOME": str(folder), "CVQUIZ_NOW": "2026-03-01T09:00:00+00:00", "CVQUIZ_LANG": "en"})
    (folder / "decks").mkdir(parents=True)
    body = "".join(f"  - {{id: c{number}, question: Q{number}?, answer: A}}\n" for number in range(cards))
    (folder / "decks" / "many.yaml").write_text(f"id: many\ntitle: Many\nlanguage: en\ncards:\n{body}")
    settings = {"source": "self", "duration_ms": 1, "fuzz_seed": 0, **home.config.scheduler.as_data()}
    at = home.now()
    home.log.merge(
        Event(f"{number + 1:012d}-bench", "review", f"c{number}", at, {"rating": 4, **settings})
        for number in range(cards // 2)
    )
    _ = home.library, home.standings
    return home


def choosing(home: Home) -> Callable[[], object]:
    """Finding the next card."""
    later = Home({"CVQUIZ_HOME": str(home.folder), "CVQUIZ_NOW": "2026-03-20T09:00:00+00:00", "CVQUIZ_LANG": "en"})
    shelf = later.shelf(Filter())
    session = Session(shelf, Limits(20, 200, day_end(later.now())), lambda card: later.library.card(card, "en"))
    return lambda: session.next(later.now())


def rating(home: Home) -> Callable[[], object]:
    """Writing a rating, durably, and knowing what follows from it."""
    card = Card("c1", "Q1?", "A")
    return lambda: home.rate(card, Rating.GOOD, 1)


def grading(folder: Path, files: int) -> Callable[[], object]:
    """Judging a folder of right solutions."""
    source = Path(__file__).resolve().parents[1] / "tests" / "solutions" / "iou" / "right"
    texts = [path.read_text(encoding="utf-8") for path in sorted(source.glob("*.py"))]
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        (folder / f"s{number:03}.py").write_text(texts[number % len(texts)], encoding="utf-8")
    return program(folder / "home", "grade", str(folder), "--json", "--allow-partial-isolation")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    many = parser.parse_args().cards
    rows: list[tuple[str, float, str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        program(root / "start", "study", "--plain")()
        first = median_seconds(program(root / "start", "study", "--plain"))
        rows.append(("first question of study, warm", first, "python -c pass", median_seconds(interpreter("pass"))))
        rows.append(("first question of study, warm", first, "python -c 'import rich.markdown, numpy'",
                     median_seconds(interpreter("import rich.markdown, numpy"))))  # fmt: skip
        small, large = home_with(100, root / "small"), home_with(many, root / "large")
        rows.append((f"next card of {many}", median_seconds(choosing(large), 50), "next card of 100",
                     median_seconds(choosing(small), 50)))  # fmt: skip
        rows.append((f"a rating among {many} cards", median_seconds(rating(large), 50), "a rating among 100 cards",
                     median_seconds(rating(small), 50)))  # fmt: skip
        one, forty = median_seconds(grading(root / "one", 1), 3), median_seconds(grading(root / "forty", 40), 3)
        rows.append(("each further file of a folder", (forty - one) / 39, "grading one file", one))
    print(json.dumps({"python": sys.version.split()[0], "cards": many}))
    for what, seconds, against, other in rows:
        print(
            f"{what:<34} {seconds * 1000:9.2f} ms   {against:<42} {other * 1000:9.2f} ms   ratio {seconds / other:6.2f}"
        )


if __name__ == "__main__":
    main()
