"""`cvquiz due`: what today offers."""

from __future__ import annotations

import json

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import say, t
from cv_quiz.language import Text

PLACE = 60
HELP = Text("今天还有多少卡片要学。", "How many cards today still offers.")
EXAMPLES = "cvquiz due\ncvquiz due --json"


def command(*, as_json: bool = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))) -> None:
    """Print the counts of new, learning and due cards."""
    today = open_home().today()
    if as_json:
        say(json.dumps({"version": 1, "new": today.new, "learning": today.learning, "due": today.due}))
    else:
        say(COUNTS.format(new=today.new, learning=today.learning, due=today.due))


COUNTS = Text(
    "新卡片 {new}，学习中 {learning}，待复习 {due}。开始：cvquiz study",
    "{new} new, {learning} learning, {due} due for review. Start with: cvquiz study",
)
