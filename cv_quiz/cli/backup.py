"""`cvquiz backup`: copy the review log."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from cv_quiz.cli._say import say, t
from cv_quiz.home import Home
from cv_quiz.language import Text
from cv_quiz.store.backups import back_up

PLACE = 80
HELP = Text(
    "备份复习记录。每天第一次使用时也会自动备份到 CVQUIZ_HOME/backups。",
    "Copy the review log. The first use of every day also copies it to CVQUIZ_HOME/backups.",
)
EXAMPLES = "cvquiz backup\ncvquiz backup ~/reviews.db"
TARGET = typer.Argument(None, metavar="[FILE]", help=t("写到哪里。", "Where to write it."))


def command(*, target: Path | None = TARGET) -> None:
    """Write a consistent copy, also while a session is running."""
    home = Home(os.environ)
    path = target or home.folder / "backups" / f"reviews-{home.now():%Y-%m-%dT%H%M%S}.db"
    count = back_up(home.log.path, path)
    say(DONE.format(path=path, count=count))


DONE = Text("已备份 {count} 条记录到 {path}", "Copied {count} entries to {path}")
