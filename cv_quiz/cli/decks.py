"""`cvquiz decks`: the decks there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import language, say, t, warn
from cv_quiz.clock import day_end
from cv_quiz.language import Text
from cv_quiz.shelf import Filter

if TYPE_CHECKING:
    from cv_quiz.home import Home

PLACE = 50
HELP = Text("列出卡组，以及各有多少新卡片和待复习。", "List the decks with their new and due cards.")
EXAMPLES = "cvquiz decks\ncvquiz decks --json"


def command(*, as_json: bool = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))) -> None:
    """Print one row a deck of the user's language."""
    home = open_home()
    rows = _rows(home)
    for problem in home.library.problems():
        warn(problem)
    if as_json:
        say(json.dumps({"version": 1, "decks": rows}, ensure_ascii=False))
        return
    say(f"{t('新', 'new'):>5} {t('待复习', 'due'):>5} {t('共', 'all'):>5}  {t('卡组', 'deck')}")
    for row in rows:
        say(f"{row['new']:>5} {row['due']:>5} {row['cards']:>5}  {row['id']}  {row['title']}")


def _rows(home: Home) -> list[dict[str, object]]:
    now, rows = home.now(), []
    for entry in home.library.decks():
        if (entry.error and not entry.cards) or (entry.language != language() and entry.origin == "shipped"):
            continue
        shelf = home.shelf(Filter(decks=(entry.id,)))
        rows.append({
            "id": entry.id, "title": entry.title, "language": entry.language, "path": str(entry.path),
            "cards": entry.cards,
            "new": shelf.count_fresh(now, entry.cards), "learning": shelf.count_learning(day_end(now), now),
            "due": shelf.count_due(day_end(now), now),
        })  # fmt: skip
    return rows
