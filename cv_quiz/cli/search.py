"""`cvquiz search`: find cards by words, in both languages."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import say, t
from cv_quiz.cloze import open_blanks
from cv_quiz.language import LANGUAGES, Text
from cv_quiz.terminal.markdown import render_inline
from cv_quiz.terminal.screen import open_screen

if TYPE_CHECKING:
    from cv_quiz.model import Card

PLACE = 54
HELP = Text("按词查找卡片，中英文都找。", "Find cards by words, in both languages.")
EXAMPLES = "cvquiz search 召回\ncvquiz search soft nms"
WORDS = typer.Argument(..., metavar="WORDS", help=t("要找的词。", "The words to find."))
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))


def command(*, words: list[str] = WORDS, as_json: bool = JSON) -> None:
    """Print the cards that hold all the words, the best match first; each card once, in the user's language if it can."""
    home = open_home()
    found = list(dict.fromkeys(card for _, card in home.library.search(" ".join(words), LANGUAGES)))
    cards = [card for name in found if (card := home.library.card(name, home.language))]
    if as_json:
        rows = [{"id": card.id, "question": _asked(card)} for card in cards]
        say(json.dumps({"version": 1, "cards": rows}, ensure_ascii=False))
        return
    screen = open_screen(os.environ)
    for card in cards:
        screen.lines([screen.styled(card.id, "key")])
        screen.lines(f"  {line}" for line in render_inline(_asked(card), screen, screen.width - 2)[:2])
    if not cards:
        say(NOTHING.format(words=" ".join(words)))


def _asked(card: Card) -> str:
    """A question in one paragraph."""
    return " ".join((card.question or open_blanks(card.cloze)).split())


NOTHING = Text("没有卡片含有“{words}”。", "No card holds “{words}”.")
