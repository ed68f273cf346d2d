"""Statistics as a screen: heat map, forecast, retention, weakest topics."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cv_quiz.language import Text
from cv_quiz.stats import study_date, weakest

if TYPE_CHECKING:
    from datetime import date, datetime

    from cv_quiz.language import Language
    from cv_quiz.stats import Share, Statistics
    from cv_quiz.terminal.screen import Screen

_SHADES = ("·", "░", "▒", "▓", "█")
_ASCII_SHADES = (".", ":", "+", "#", "@")


def progress_lines(stats: Statistics, wanted: float, now: datetime, screen: Screen, language: Language) -> list[str]:
    """The whole screen."""
    today = study_date(now, now)
    lines = [_total(stats, language), ""]
    lines += _heat_map(stats, today, screen, language)
    lines += ["", FORECAST.say(language), *_forecast(stats, today, screen)]
    lines += ["", _retention(stats.retention, wanted, language)]
    lines += _decks(stats, screen, language)
    lines += _weakest(stats, screen, language)
    return lines


def _total(stats: Statistics, language: Language) -> str:
    reviews, minutes = sum(stats.reviews_by_day.values()), sum(stats.seconds_by_day.values()) / 60
    days = len(stats.reviews_by_day)
    known = stats.states.get("review", 0)
    return TOTAL.format(reviews=reviews, days=days, minutes=round(minutes), known=known).say(language)


def _heat_map(stats: Statistics, today: date, screen: Screen, language: Language) -> list[str]:
    """A row for each weekday, a column for each week, the newest at the right."""
    shades = _ASCII_SHADES if screen.ascii_only else _SHADES
    weeks = max(4, min(52, (screen.width - 6) // max(map(screen.cells, shades)) - 1))
    monday = today - timedelta(days=today.weekday())
    most = max(stats.reviews_by_day.values(), default=0)
    lines = []
    for weekday, name in enumerate(WEEKDAYS.say(language).split()):
        row = ""
        for week in range(weeks - 1, -1, -1):
            day = monday + timedelta(days=weekday, weeks=-week)
            row += (
                " " * screen.cells(shades[0]) if day > today else _shade(stats.reviews_by_day.get(day, 0), most, shades)
            )
        lines.append(f" {name} {row}")
    return lines


def _shade(count: int, most: int, shades: tuple[str, ...]) -> str:
    return shades[0] if count == 0 else shades[1 + min(3, 4 * (count - 1) // max(most, 1))]


def _forecast(stats: Statistics, today: date, screen: Screen) -> list[str]:
    most = max(*stats.forecast, 1)
    block = "#" if screen.ascii_only else "█"
    room = max(4, (screen.width - 18) // screen.cells(block))
    return [
        f" {(today + timedelta(days=ahead)).strftime('%m-%d')} {count:>4} {block * round(room * count / most)}".rstrip()
        for ahead, count in enumerate(stats.forecast)
    ]


def _retention(share: Share, wanted: float, language: Language) -> str:
    if share.value is None or share.interval is None:
        return NO_RETENTION.format(wanted=_percent(wanted)).say(language)
    low, high = share.interval
    return RETENTION.format(
        wanted=_percent(wanted), had=_percent(share.value), low=_percent(low), high=_percent(high), n=share.total
    ).say(language)


def _decks(stats: Statistics, screen: Screen, language: Language) -> list[str]:
    """One row a deck: answers, minutes, retention."""
    rows = sorted((name[5:], group) for name, group in stats.by_group.items() if name.startswith("deck:"))
    lines = ["", screen.styled(DECKS.say(language), "strong")] if rows else []
    for name, group in rows:
        kept = "" if group.retention.value is None else _percent(group.retention.value)
        lines.append(f" {group.reviews:>7} {group.seconds / 60:>7.0f} {kept:>7}  {name}")
    return lines


def _weakest(stats: Statistics, screen: Screen, language: Language) -> list[str]:
    rows = weakest(stats.by_group)[:5]
    lines = ["", WEAKEST.say(language)] if rows else []
    for group, share in rows:
        kind, _, name = group.partition(":")
        command = f"cvquiz study {name}" if kind == "deck" else f"cvquiz study --tag {name}"
        lines.append(f" {_percent(share.value or 0):>5}  {name}  {screen.styled(command, 'dim')}")
    return lines


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


TOTAL = Text(
    "共 {reviews} 次回答，{days} 天，{minutes} 分钟；{known} 张卡片已进入复习。",
    "{reviews} answers on {days} days in {minutes} minutes; {known} cards have been learned.",
)
WEEKDAYS = Text("一 二 三 四 五 六 日", "Mo Tu We Th Fr Sa Su")
FORECAST = Text("往后 14 天到期：", "Due in the next 14 days:")
RETENTION = Text(
    "记忆保持：目标 {wanted}，实际 {had}（95% 区间 {low} 到 {high}，{n} 次）",
    "Retention: {wanted} wanted, {had} had (95 % interval {low} to {high}, {n} reviews)",
)
NO_RETENTION = Text(
    "记忆保持：目标 {wanted}；学会的卡片还没有隔天复习过。",
    "Retention: {wanted} wanted; no learned card has come back yet.",
)
DECKS = Text("    回答    分钟    保持  卡组", " answers minutes   kept  deck")
WEAKEST = Text("最薄弱的主题：", "Weakest topics:")
