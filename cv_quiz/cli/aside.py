"""`cvquiz aside`: the cards that were suspended, buried or flagged, and taking them back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import language, say, t
from cv_quiz.language import Text

if TYPE_CHECKING:
    from datetime import datetime

    from cv_quiz.home import Home
    from cv_quiz.model import Standing

PLACE = 72
HELP = Text(
    "列出停用、搁置和标记的卡片；给出卡片就取消它们。",
    "List suspended, buried and flagged cards; name cards to take them back.",
)
EXAMPLES = "cvquiz aside\ncvquiz aside nms-steps"
CARDS = typer.Argument(
    None, metavar="[CARD...]", help=t("重新参加学习、取消标记的卡片。", "Cards to ask again and to unflag.")
)
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))


def command(*, cards: list[str] | None = CARDS, as_json: bool = JSON) -> None:
    """Print what stands aside, or take it back."""
    home = open_home()
    if cards:
        for card in cards:
            _take_back(home, card)
        return
    rows = [row for card, standing in sorted(home.standings.all().items()) if (row := _row(card, standing, home.now()))]
    if as_json:
        say(json.dumps({"version": 1, "cards": rows}, ensure_ascii=False))
        return
    for row in rows:
        said = " ".join(WORDS[kind].say(language()) for kind in ("suspended", "buried", "flagged") if row[kind])
        say(f"{row['id']}  {said}  {row['reason'] or ''}".rstrip())
    say(TAKE_BACK if rows else NOTHING)


def _row(card: str, standing: Standing, now: datetime) -> dict[str, object] | None:
    buried = standing.buried_until is not None and standing.buried_until > now
    if not (standing.suspended or buried or standing.flag is not None):
        return None
    return {
        "id": card,
        "suspended": standing.suspended,
        "buried": buried,
        "flagged": standing.flag is not None,
        "reason": standing.flag,
    }


def _take_back(home: Home, card: str) -> None:
    standing = home.standing(card)
    if _row(card, standing, home.now()) is None:
        say(NOT_ASIDE.format(card=card))
        return
    if standing.suspended or standing.buried_until is not None:
        home.resume(card)
    if standing.flag is not None:
        home.unflag(card)
    say(BACK.format(card=card))


WORDS = {
    "suspended": Text("已停用", "suspended"),
    "buried": Text("已搁置", "buried"),
    "flagged": Text("已标记", "flagged"),
}
TAKE_BACK = Text("取消：cvquiz aside 卡片", "Take one back with: cvquiz aside CARD")
NOTHING = Text("没有停用、搁置或标记的卡片。", "No card is suspended, buried or flagged.")
NOT_ASIDE = Text("{card} 没有停用、搁置或标记。", "{card} is neither suspended, buried nor flagged.")
BACK = Text("{card} 已恢复。", "{card} is back.")
