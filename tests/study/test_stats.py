"""Statistics from a log written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cv_quiz.home import Home
from cv_quiz.model import Card, Rating
from cv_quiz.stats import Share, statistics, weakest
from cv_quiz.terminal.progress import progress_lines
from cv_quiz.terminal.screen import Screen

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def at(home: Path, days: float) -> Home:
    now = (START + timedelta(days=days)).isoformat()
    return Home({"CVQUIZ_HOME": str(home), "CVQUIZ_NOW": now, "CVQUIZ_LANG": "en"})


def test_retention_counts_only_what_was_learned_and_came_back(home: Path) -> None:
    for number in range(8):
        card = Card(f"c{number}", "q", "a")
        at(home, 0).rate(card, Rating.EASY, 90_000)
        at(home, 0.01).rate(card, Rating.GOOD, 1000)
        at(home, 8).rate(card, Rating.AGAIN if number < 2 else Rating.GOOD, 30_000)
    last = at(home, 8)
    groups = {f"c{number}": ["deck:d", f"tag:{number % 2}"] for number in range(8)}
    found = statistics(last.log.events(), last.standings.all(), groups, last.now())
    assert (found.retention.successes, found.retention.total) == (6, 8)
    assert sum(found.reviews_by_day.values()) == 24
    assert sum(found.seconds_by_day.values()) == pytest.approx(8 * (60 + 1 + 30))
    assert found.by_group["deck:d"].reviews == 24
    assert sum(found.forecast) >= 2
    assert weakest(found.by_group)[0][0] == "deck:d"


def test_wilson_s_interval() -> None:
    low, high = Share(81, 263).interval  # Wilson 1927 as worked by Newcombe, Stat. Med. 17 (1998), table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert Share(0, 0).interval is None


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_screen_fits(home: Path, width: int, ascii_only: bool) -> None:
    one = at(home, 0)
    one.rate(Card("c", "q", "a"), Rating.EASY, 1000)
    found = statistics(one.log.events(), one.standings.all(), {"c": ["deck:d"]}, one.now())
    screen = Screen(out=None, width=width, ascii_only=ascii_only)
    for language in ("zh", "en"):
        lines = progress_lines(found, 0.9, one.now(), screen, language)
        assert (
            max(map(screen.cells, (line for line in lines if not line.startswith(("共", "1 ", "记", "Ret"))))) <= width
        )
        if ascii_only and language == "en":
            assert all(line.isascii() for line in lines)
