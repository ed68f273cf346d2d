"""`cvquiz log`: the reviews in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import say, t
from cv_quiz.language import Text

if TYPE_CHECKING:
    from datetime import tzinfo

    from cv_quiz.model import Review

PLACE = 70
HELP = Text("列出有效的复习记录，撤销的不算。", "List the reviews in force; undone ones are left out.")
EXAMPLES = "cvquiz log\ncvquiz log --json | tail -1"


JSON = typer.Option(False, "--json", help=t("每行一个 JSON 对象。", "One JSON object a line."))


def command(*, as_json: bool = JSON) -> None:
    """Print every review in force, the oldest first."""
    home = open_home()
    zone = home.now().tzinfo
    for review in home.reviews():
        say(json.dumps(_data(review)) if as_json else _line(review, zone))


def _data(review: Review) -> dict[str, object]:
    return {
        "id": review.id,
        "card": review.card,
        "rating": int(review.rating),
        "at": review.at.isoformat(),
        "duration_ms": review.duration_ms,
        "source": review.source,
    }


def _line(review: Review, zone: tzinfo | None) -> str:
    at = review.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return f"{at}  {int(review.rating)}  {review.duration_ms / 1000:6.1f} s  {review.source:6}  {review.card}"
