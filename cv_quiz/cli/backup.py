"""`cvquiz backup`: copy the review log."""

from __future__ import annotations

from pathlib import Path

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import say, t
from cv_quiz.errors import StoreError
from cv_quiz.language import Text
from cv_quiz.store.backups import back_up, may_replace

PLACE = 80
HELP = Text(
    "备份复习记录。每天第一次使用时也会自动备份到 CVQUIZ_HOME/backups。",
    "Copy the review log. The first use of every day also copies it to CVQUIZ_HOME/backups.",
)
EXAMPLES = "cvquiz backup\ncvquiz backup ~/reviews.db"
TARGET = typer.Argument(None, metavar="[PATH]", help=t("写到哪个文件或目录。", "The file or folder to write to."))


def command(*, target: Path | None = TARGET) -> None:
    """Write a consistent copy, also while a session is running."""
    home = open_home()
    name = f"reviews-{home.now():%Y-%m-%dT%H%M%S}.db"
    path = target or home.folder / "backups" / name
    if path.is_dir():
        path /= name
    if path.exists() and not may_replace(home.log.path, path):
        raise StoreError(IN_THE_WAY.format(path=path))
    say(DONE.format(count=back_up(home.log.path, path), path=path))


IN_THE_WAY = Text(
    "{path} 已存在，而且不是这份复习记录的旧备份，没有动它。请换一个文件名。",
    "{path} is there already and is no older copy of this review log; it was left alone. Give another name.",
)
DONE = Text("已备份 {count} 条记录到 {path}", "Copied {count} entries to {path}")
