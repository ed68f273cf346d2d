"""What time it is, and when the day of study turns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from cv_quiz.errors import UsageError
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DAY_TURNS_AT_HOUR = 4
# Due dates lie up to a hundred years off, and must still be dates.
YEARS = range(1900, 9000)


class SystemZone(tzinfo):
    """The zone of this machine with its history: an instant in winter has winter's offset, whatever the season is now."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """The offset at a local time; of two equal local times (clocks put back), `fold` says which."""
        if moment is None:
            return timedelta(0)
        return moment.replace(tzinfo=None).astimezone().utcoffset() or timedelta(0)

    def dst(self, _: datetime | None) -> None:
        """Not told apart from the offset."""

    def tzname(self, _: datetime | None) -> str:
        """A name for messages."""
        return "local"

    def fromutc(self, moment: datetime) -> datetime:
        """The local time of an instant given in UTC."""
        local = moment.replace(tzinfo=UTC).astimezone()
        here = local.replace(tzinfo=self, fold=0)
        return here if here.utcoffset() == local.utcoffset() else here.replace(fold=1)


def clock_from(environment: Mapping[str, str]) -> Callable[[], datetime]:
    """The clock: stopped at CVQUIZ_NOW (ISO 8601 with offset) where that is set, else the system's, in local time."""
    wish = environment.get("CVQUIZ_NOW")
    if not wish:
        zone = SystemZone()
        return lambda: datetime.now(zone)
    try:
        instant = datetime.fromisoformat(wish)
    except ValueError:
        raise UsageError(BAD_NOW.format(value=wish)) from None
    if instant.tzinfo is None or instant.year not in YEARS:
        raise UsageError(BAD_NOW.format(value=wish))
    return lambda: instant


def day_start(now: datetime) -> datetime:
    """The instant at which the current day of study began: the last 4:00 in the zone of `now`."""
    start = now.replace(hour=DAY_TURNS_AT_HOUR, minute=0, second=0, microsecond=0, fold=0)
    return start if start <= now else start - timedelta(days=1)


def day_end(now: datetime) -> datetime:
    """The instant at which the next day of study begins."""
    return day_start(now) + timedelta(days=1)


BAD_NOW = Text(
    "CVQUIZ_NOW={value} 不是 1900 年以后带时区的 ISO 8601 时间，例如 2026-01-31T09:00:00+08:00。",
    "CVQUIZ_NOW={value} is no ISO 8601 time after 1900 with an offset, such as 2026-01-31T09:00:00+08:00.",
)
