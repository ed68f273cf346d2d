"""The day of study in a zone with summer time, and clocks that cannot be right."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cv_quiz.clock import SystemZone, clock_from, day_end, day_start
from cv_quiz.config import read_config
from cv_quiz.errors import ConfigError
from cv_quiz.home import Home
from cv_quiz.model import Card, Rating
from cv_quiz.stats import study_date
from tests.study.program import NOW, at, run


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield SystemZone()
    monkeypatch.undo()
    time.tzset()


def test_half_past_three_belongs_to_the_day_before_in_winter_and_summer(berlin: SystemZone) -> None:
    seen_from = [datetime(2026, 1, 10, 12, tzinfo=berlin), datetime(2026, 7, 10, 12, tzinfo=berlin)]
    for now in seen_from:
        assert study_date(datetime(2026, 1, 5, 2, 30, tzinfo=UTC), now) == date(2026, 1, 4)  # 03:30 CET
        assert study_date(datetime(2026, 1, 5, 3, 30, tzinfo=UTC), now) == date(2026, 1, 5)
        assert study_date(datetime(2026, 7, 5, 1, 30, tzinfo=UTC), now) == date(2026, 7, 4)  # 03:30 CEST
        assert study_date(datetime(2026, 7, 5, 2, 30, tzinfo=UTC), now) == date(2026, 7, 5)


def test_the_days_on_which_clocks_change_have_23_and_25_hours(berlin: SystemZone) -> None:
    for month, day, hours in ((3, 29, 23), (10, 25, 25)):
        now = datetime(2026, month, day, 1, tzinfo=berlin)
        length = day_end(now).astimezone(UTC) - day_start(now).astimezone(UTC)
        assert length == timedelta(hours=hours)
        assert (day_start(now).hour, day_end(now).hour) == (4, 4)


def test_every_instant_comes_back_from_the_zone(berlin: SystemZone) -> None:
    for hour in range(0, 24 * 366, 1):
        instant = datetime(2026, 1, 1, 0, 30, tzinfo=UTC) + timedelta(hours=hour)
        assert instant.astimezone(berlin).astimezone(UTC) == instant


def test_a_clock_that_is_set_keeps_its_offset(berlin: SystemZone) -> None:
    now = clock_from({"CVQUIZ_NOW": "2026-01-10T09:00:00+08:00"})()
    assert study_date(datetime(2026, 7, 5, 19, 30, tzinfo=UTC), now) == date(2026, 7, 5)  # 03:30 the next day
    assert clock_from({})().utcoffset() in (timedelta(hours=1), timedelta(hours=2))


def test_the_log_speaks_in_the_zone_of_the_clock(home: Path) -> None:
    at(home).rate(Card("a", "q", "a"), Rating.GOOD, 1)
    assert run(home, "log", CVQUIZ_NOW="2026-03-01T20:00:00+08:00").stdout.startswith("2026-03-01 17:00")
    assert run(home, "log", CVQUIZ_NOW=NOW, TZ="Asia/Tokyo").stdout.startswith("2026-03-01 09:00")


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_in_which_nothing_can_be_due(home: Path, year: str) -> None:
    for command in (("due",), ("study", "--plain"), ("stats",)):
        done = run(home, *command, CVQUIZ_NOW=f"{year}-01-01T00:00:00+08:00")
        assert (done.returncode, "CVQUIZ_NOW" in done.stderr) == (2, True)


def test_the_last_years_that_are_taken_can_be_studied_in(home: Path) -> None:
    for year in (1900, 8999):
        opened = Home({"CVQUIZ_HOME": str(home / str(year)), "CVQUIZ_NOW": f"{year}-06-01T00:00:00+00:00"})
        for _ in range(40):
            _, memory = opened.rate(Card("a", "q", "a"), Rating.EASY, 1)
        assert memory.due > opened.now()
        assert opened.today().introduced == 1


def test_a_byte_order_mark_in_front_of_the_settings(home: Path) -> None:
    (home / "config.toml").write_bytes(b"\xef\xbb\xbf[study]\nnew_per_day = 3\n")
    assert read_config(home / "config.toml").new_per_day == 3


def test_settings_that_cannot_be_read_are_named(home: Path) -> None:
    (home / "config.toml").mkdir()
    with pytest.raises(ConfigError, match=r"config\.toml"):
        read_config(home / "config.toml")
    done = run(home, "due")
    assert (done.returncode, "config.toml" in done.stderr) == (3, True)
