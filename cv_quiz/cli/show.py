"""`cvquiz show`: one card, with what is known of it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import say, t
from cv_quiz.errors import InputError
from cv_quiz.home import NO_CARD, Home
from cv_quiz.language import Text
from cv_quiz.terminal.asking import answer_lines, follow_up_lines, interval_words, points_lines, question_lines
from cv_quiz.terminal.screen import open_screen

if TYPE_CHECKING:
    from cv_quiz.model import Card, Standing

PLACE = 52
HELP = Text(
    "显示一张卡片：问题、答案、来源和学习状态。", "Show a card: question, answer, sources, and how well it is known."
)
EXAMPLES = "cvquiz show nms-steps\ncvquiz show nms-steps --json"
CARD = typer.Argument(..., metavar="CARD", help=t("卡片的 id。", "The card's id."))
DROP = typer.Option(
    False,
    "--drop-edit",
    help=t("放弃自己的修改，用回自带的文字。", "Drop your own edit and take the shipped text again."),
)
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))


def command(*, card: str = CARD, drop: bool = DROP, as_json: bool = JSON) -> None:
    """Print one card. One that has left its deck, but was studied, still has its history."""
    home = open_home()
    if drop:
        from cv_quiz.terminal.editing import drop_edit

        say(drop_edit(home, card))
        return
    found = home.library.card(card, home.language)
    standing = home.standing(card)
    if found is None and standing.memory.reps == 0:
        raise InputError(NO_CARD.format(id=card))
    if as_json:
        say(json.dumps(_data(card, standing)))
    elif found is None:
        say(GONE.format(card=card))
    else:
        _print(home, found, standing)


def _data(card: str, standing: Standing) -> dict[str, object]:
    memory = standing.memory
    return {
        "version": 1,
        "id": card,
        "state": memory.state.value,
        "due": memory.due.isoformat() if memory.due else None,
        "stability": memory.stability_days,
        "difficulty": memory.difficulty,
        "reps": memory.reps,
        "lapses": memory.lapses,
        "suspended": standing.suspended,
        "flag": standing.flag,
    }


def _print(home: Home, card: Card, standing: Standing) -> None:
    screen = open_screen(os.environ)
    place = home.library.place(card.id, home.language)
    screen.text(f"{card.id} · {place.deck if place else ''} · {' '.join(card.tags)}", "dim")
    order = list(range(len(card.choices)))
    screen.lines(question_lines(card, screen, order))
    screen.rule()
    screen.lines(answer_lines(card, screen, order))
    screen.lines([*points_lines(card, screen), *follow_up_lines(card, screen, home.language)])
    screen.line()
    for reference in card.references:
        screen.text(f"- {reference}", "dim")
    for source in card.sources:
        screen.line(f"- {source.document}:{source.line or ''}", "dim")
    screen.text(_state(home, standing).say(home.language), "dim")
    if standing.suspended or standing.flag is not None:
        flag = (
            Text("已标记：{why}", "flagged: {why}").format(why=standing.flag)
            if standing.flag is not None
            else Text("", "")
        )
        suspended = Text("已停用", "suspended") if standing.suspended else Text("", "")
        screen.text(ASIDE.format(suspended=suspended, flag=flag, card=card.id).say(home.language), "warn")
    for shipped in home.library.shipped_anew(home.language):
        if shipped.id == card.id:
            screen.rule()
            screen.text(ANEW.format(card=card.id).say(home.language), "warn")
            screen.lines([*question_lines(shipped, screen, order), *answer_lines(shipped, screen, order)])


def _state(home: Home, standing: Standing) -> Text:
    memory = standing.memory
    if memory.due is None or memory.stability_days is None:
        return NEVER
    wait = memory.due - home.now()
    due = interval_words(wait) if wait.total_seconds() > 0 else NOW
    days = f"{memory.stability_days:.1f}"
    return STATE.format(due=due, reps=memory.reps, lapses=memory.lapses, days=days)


ASIDE = Text("{suspended} {flag}（取消：cvquiz aside {card}）", "{suspended} {flag} (take back: cvquiz aside {card})")
ANEW = Text(
    "自带的文字在你修改之后更新了，如下；要用它：cvquiz show {card} --drop-edit",
    "The shipped text has changed since your edit; it is shown below. To take it: cvquiz show {card} --drop-edit",
)
GONE = Text(
    "卡片 {card} 已不在任何卡组里；它的复习记录还在。", "Card {card} is in no deck any more; its reviews are kept."
)
NEVER = Text("还没有学过。", "Never asked yet.")
NOW = Text("现在", "now")
STATE = Text(
    "下次：{due}；复习 {reps} 次，忘记 {lapses} 次，稳定度 {days} 天。",
    "Due: {due}; {reps} reviews, {lapses} lapses, stability {days} days.",
)
