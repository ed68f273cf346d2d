"""`cvquiz stats`: how it is going."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import say, t
from cv_quiz.language import Text
from cv_quiz.stats import statistics
from cv_quiz.terminal.progress import progress_lines
from cv_quiz.terminal.screen import open_screen

if TYPE_CHECKING:
    from cv_quiz.home import Home
    from cv_quiz.stats import Group, Share, Statistics

PLACE = 65
HELP = Text(
    "学习进度：每天的复习、预报、记忆保持、薄弱主题。",
    "Your progress: reviews a day, forecast, retention, weakest topics.",
)
EXAMPLES = "cvquiz stats\ncvquiz stats --json"
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))


def command(*, as_json: bool = JSON) -> None:
    """Print the statistics of the whole log."""
    home = open_home()
    found = statistics(home.log.events(), home.standings.all(), home.library.groups(), home.now())
    if as_json:
        say(json.dumps(_data(found, home)))
    else:
        screen = open_screen(os.environ)
        wanted = home.config.scheduler.desired_retention
        screen.lines(progress_lines(found, wanted, home.now(), screen, home.language))


def _data(found: Statistics, home: Home) -> dict[str, object]:
    return {
        "version": 1,
        "reviews": sum(found.reviews_by_day.values()),
        "days": {day.isoformat(): count for day, count in sorted(found.reviews_by_day.items())},
        "seconds": round(sum(found.seconds_by_day.values())),
        "forecast": list(found.forecast),
        "states": dict(found.states),
        "retention": {"wanted": home.config.scheduler.desired_retention, **_share(found.retention)},
        "groups": {name: _group(group) for name, group in sorted(found.by_group.items())},
    }


def _group(group: Group) -> dict[str, object]:
    return {"reviews": group.reviews, "seconds": round(group.seconds), "retention": _share(group.retention)}


def _share(share: Share) -> dict[str, object]:
    return {"had": share.value, "interval": share.interval, "reviews": share.total}
