"""`cvquiz doctor`: whether everything is in order, and what to do where it is not."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import language, say, t
from cv_quiz.config import home_folder
from cv_quiz.errors import CvquizError
from cv_quiz.language import Text
from cv_quiz.terminal.ambiguous import remembered_width
from cv_quiz.terminal.screen import editor, open_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLACE = 95
HELP = Text(
    "检查主目录、数据库、卡组、终端和隔离等级，并说明该怎么办。",
    "Check home, database, decks, terminal and isolation, and say what to do.",
)
EXAMPLES = "cvquiz doctor"
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` is what to do where it is not in order."""

    subject: Text
    good: bool
    said: Text
    advice: Text | None = None


def command(*, as_json: bool = JSON) -> None:
    """Look at everything; exit with 1 where something is not in order."""
    findings = [finding for look in (_program, _home, _decks, _terminal, _isolation) for finding in _safely(look)]
    if as_json:
        say(json.dumps({"version": 1, "findings": [_data(finding) for finding in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            mark = "✓" if finding.good else "✗"
            say(f"{mark} {finding.subject.say(language())}{t('：', ': ')}{finding.said.say(language())}")
            if finding.advice:
                say(f"    {finding.advice.say(language())}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def _safely(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a look found; an error of ours is a finding too."""
    try:
        yield from look()
    except CvquizError as error:
        yield Finding(PROBLEM, good=False, said=error.text)


def _program() -> Iterator[Finding]:
    words = f"cvquiz {version('cvquiz')}, Python {sys.version.split()[0]}, {sys.platform}"
    yield Finding(PROGRAM, good=True, said=Text(words, words))


def _home() -> Iterator[Finding]:
    home = open_home()
    yield Finding(HOME, good=True, said=Text(str(home.folder), str(home.folder)))
    home.log.check(thoroughly=True)
    count = home.log.count()
    copies = len(list((home.folder / "backups").glob("reviews-*.db")))
    yield Finding(LOG, good=True, said=ENTRIES.format(count=count, copies=copies))
    for notice in home.notices:
        yield Finding(LOG, good=True, said=notice)


def _decks() -> Iterator[Finding]:
    home = open_home()
    decks = [entry for entry in home.library.decks() if not entry.error]
    cards = sum(entry.cards for entry in decks)
    yield Finding(DECKS, good=bool(decks), said=COUNTED.format(decks=len(decks), cards=cards))
    for problem in home.library.problems():
        yield Finding(DECKS, good=False, said=problem, advice=RUN_LINT)
    known = home.library.groups()
    if gone := sorted(
        card for card, standing in home.standings.all().items() if standing.memory.reps and card not in known
    ):
        yield Finding(DECKS, good=True, said=ORPHANS.format(n=len(gone), cards=", ".join(gone[:5])))


def _terminal() -> Iterator[Finding]:
    screen = open_screen(os.environ)
    colours = Text("有颜色", "colours") if screen.colour else Text("无颜色", "no colours")
    said = SCREEN.format(width=screen.width, colours=colours, encoding=sys.stdout.encoding, editor=editor(os.environ))
    yield Finding(TERMINAL, good=True, said=said, advice=ASCII_ADVICE if screen.ascii_only else None)
    memory = home_folder(os.environ) / "terminals.txt"
    cells = remembered_width(os.environ, memory)
    yield Finding(TERMINAL, good=True, said=WIDTH.format(cells=cells or NOT_ASKED, path=memory))


def _isolation() -> Iterator[Finding]:
    from cv_quiz.grading.host import probe

    found = probe()
    yield Finding(ISOLATION, good=found.level == "full", said=Text(found.level, found.level))
    for measure in found.findings:
        yield Finding(ISOLATION, good=measure.ok, said=measure.text)


def _data(finding: Finding) -> dict[str, object]:
    said, advice = finding.said.say(language()), finding.advice.say(language()) if finding.advice else None
    return {"subject": finding.subject.en, "good": finding.good, "said": said, "advice": advice}


PROBLEM = Text("问题", "Problem")
PROGRAM = Text("程序", "Program")
HOME = Text("主目录", "Home")
LOG = Text("复习记录", "Review log")
DECKS = Text("卡组", "Decks")
TERMINAL = Text("终端", "Terminal")
ISOLATION = Text("隔离", "Isolation")
ENTRIES = Text("{count} 条记录，完好；{copies} 份备份", "{count} entries, sound; {copies} copies")
COUNTED = Text("{decks} 个卡组，{cards} 张卡片（两种语言）", "{decks} decks, {cards} cards (both languages)")
ORPHANS = Text(
    "{n} 张学过的卡片已不在任何卡组里，记录都留着：{cards}",
    "{n} studied cards are in no deck any more; their history is kept: {cards}",
)
WIDTH = Text(
    "α × ─ 这类字符占几列：{cells}。记在 {path}（删掉就重新询问），或设置 CVQUIZ_AMBIGUOUS_WIDTH",
    "cells of characters like α × ─: {cells}. Remembered in {path} (delete it to ask again); or set CVQUIZ_AMBIGUOUS_WIDTH",
)
NOT_ASKED = Text("还没有问过终端", "the terminal was not asked yet")
RUN_LINT = Text("用 cvquiz lint 查看全部错误。", "See all errors with cvquiz lint.")
SCREEN = Text(
    "{width} 列，{colours}，{encoding}，编辑器 {editor}", "{width} columns, {colours}, {encoding}, editor {editor}"
)
ASCII_ADVICE = Text(
    "输出编码不是 UTF-8：设置 PYTHONUTF8=1 可显示中文和公式。",
    "The output is not UTF-8: set PYTHONUTF8=1 to see formulas and Chinese.",
)
