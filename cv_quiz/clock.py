"""What time it is, and when the day of study turns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cv_quiz.errors import UsageError
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DAY_TURNS_AT_HOUR = 4


def clock_from(environment: Mapping[str, str]) -> Callable[[], datetime]:
    """The clock: stopped at CVQUIZ_NOW (ISO 8601 with offset) where that is set, else the system's, in local time."""
    wish = environment.get("CVQUIZ_NOW")
    if not wish:
        return lambda: datetime.now().astimezone()
    try:
        instant = datetime.fromisoformat(wish)
    except ValueError:
        raise UsageError(BAD_NOW.format(value=wish)) from None
    if instant.tzinfo is None:
        raise UsageError(BAD_NOW.format(value=wish))
    return lambda: instant


def day_start(now: datetime) -> datetime:
    """The instant at which the current day of study began: the last 4:00 in the zone of `now`."""
    start = now.replace(hour=DAY_TURNS_AT_HOUR, minute=0, second=0, microsecond=0)
    return start if start <= now else start - timedelta(days=1)


def day_end(now: datetime) -> datetime:
    """The instant at which the next day of study begins."""
    return day_start(now) + timedelta(days=1)


BAD_NOW = Text(
    "CVQUIZ_NOW={value} 不是带时区的 ISO 8601 时间，例如 2026-01-31T09:00:00+08:00。",
    "CVQUIZ_NOW={value} is no ISO 8601 time with an offset, such as 2026-01-31T09:00:00+08:00.",
)
