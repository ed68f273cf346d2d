"""`cvquiz doctor`: whether everything is in order, and what to do where it is not."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, replace
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
from cv_quiz.terminal.wrap import Run, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cv_quiz.home import Home
    from cv_quiz.terminal.screen import Screen

PLACE = 95
HELP = Text(
    "检查主目录、数据库、卡组、终端和隔离等级，并说明该怎么办。",
    "Check home, database, decks, terminal and isolation, and say what to do.",
)
EXAMPLES = "cvquiz doctor"
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` is what to do where it is not in order, or could be better."""

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
        screen = _screen()
        for finding in findings:
            _write(f"{_mark(finding)} ", f"{finding.subject.say(language())}{t('：', ': ')}{_said(finding)}", screen)
            if finding.advice:
                _write("    ", finding.advice.say(language()), screen)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def _screen() -> Screen:
    """The screen as the terminal is known to draw; nobody is asked."""
    cells = remembered_width(os.environ, home_folder(os.environ) / MEMORY)
    return replace(open_screen(os.environ), ambiguous=cells or 1)


def _mark(finding: Finding) -> str:
    """A tick stands only where nothing is left to do."""
    if not finding.good:
        return "✗"
    return "!" if finding.advice else "✓"


def _said(finding: Finding) -> str:
    return finding.said.say(language())


def _write(begin: str, text: str, screen: Screen) -> None:
    """A text behind its mark; at a terminal it goes on below its own beginning. For a pipe it is one line."""
    if not sys.stdout.isatty():
        say(begin + text)
        return
    for line in wrap([Run(text)], screen.width - len(begin), screen.cells):
        say(begin + "".join(run.text for run in line))
        begin = " " * len(begin)


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
    yield Finding(LOG, good=True, said=_entries(home))
    for notice in home.notices:
        yield Finding(LOG, good=True, said=notice)


def _entries(home: Home) -> Text:
    """How many entries the log has, and of what kind: `cvquiz log` lists the reviews alone."""
    kinds = Counter(event.kind for event in home.log.events())
    reviews = len(home.reviews())
    counts = {
        REVIEWS: reviews, DRILLS: kinds["drill"], CRAMS: kinds["cram"], UNDOS: kinds["undo"],
        UNDONE: kinds["review"] - reviews,
    }  # fmt: skip
    counts[MARKS] = kinds.total() - sum(counts.values())
    parts = [_counted(n, words) for words, n in counts.items() if n or words is REVIEWS]
    listed = Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    copies = _counted(len(list((home.folder / "backups").glob("reviews-*.db"))), COPIES)
    total = kinds.total()
    if not total:
        return NO_ENTRIES.format(copies=copies)
    return ENTRIES.format(entries=_counted(total, ENTRY), listed=listed, copies=copies)


def _counted(n: int, words: tuple[str, str, str]) -> Text:
    """A number of things: the Chinese words, the English ones for one and for any other number."""
    zh, one, many = words
    return Text(zh.format(n=n), f"{n} {one if n == 1 else many}")


def _decks() -> Iterator[Finding]:
    home = open_home()
    decks = [entry for entry in home.library.decks() if not entry.error]
    cards = sum(entry.cards for entry in decks)
    yield Finding(
        DECKS, good=bool(decks), said=COUNTED.format(decks=_counted(len(decks), DECK), cards=_counted(cards, CARD))
    )
    for problem in home.library.problems():
        yield Finding(DECKS, good=False, said=problem, advice=RUN_LINT)
    known = home.library.groups()
    if gone := sorted(
        card for card, standing in home.standings.all().items() if standing.memory.reps and card not in known
    ):
        yield Finding(DECKS, good=True, said=ORPHANS.format(n=_counted(len(gone), STUDIED), cards=", ".join(gone[:5])))


def _terminal() -> Iterator[Finding]:
    screen = open_screen(os.environ)
    colours = Text("有颜色", "colours") if screen.colour else Text("无颜色", "no colours")
    said = SCREEN.format(width=screen.width, colours=colours, encoding=sys.stdout.encoding, editor=editor(os.environ))
    yield Finding(TERMINAL, good=True, said=said, advice=ASCII_ADVICE if screen.ascii_only else None)
    yield _cells()


def _cells() -> Finding:
    """How wide this terminal draws what may be narrow or wide, and who says so."""
    memory = home_folder(os.environ) / MEMORY
    cells = remembered_width(os.environ, memory)
    if cells is None:
        dumb = os.environ.get("TERM", "dumb") in ("dumb", "")
        return Finding(TERMINAL, good=True, said=NOT_ASKED, advice=CANNOT_BE_ASKED if dumb else WILL_BE_ASKED)
    known = CELLS.format(cells=_counted(cells, CELL))
    if os.environ.get("CVQUIZ_AMBIGUOUS_WIDTH") in ("1", "2"):
        return Finding(TERMINAL, good=True, said=SET.format(known=known))
    return Finding(TERMINAL, good=True, said=REMEMBERED.format(known=known, path=memory))


def _isolation() -> Iterator[Finding]:
    from cv_quiz.grading.host import probe

    found = probe()
    yield Finding(ISOLATION, good=found.level == "full", said=LEVELS[found.level])
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
# What is counted: Chinese, English for one, English for more.
ENTRY = ("{n} 条记录", "entry", "entries")
REVIEWS = ("复习 {n} 条（cvquiz log 列出）", "review (cvquiz log lists it)", "reviews (cvquiz log lists them)")
DRILLS = ("练习 {n} 条", "drill", "drills")
CRAMS = ("突击 {n} 条", "cram answer", "cram answers")
UNDOS = ("撤销 {n} 条", "undo", "undos")
UNDONE = ("被撤销的复习 {n} 条", "undone review", "undone reviews")
MARKS = ("搁置、标记等 {n} 条", "card put aside, flagged or the like", "cards put aside, flagged or the like")
COPIES = ("{n} 份备份", "backup", "backups")
DECK = ("{n} 个卡组", "deck", "decks")
CARD = ("{n} 张卡片", "card", "cards")
STUDIED = ("{n} 张学过的卡片", "studied card is", "studied cards are")
CELL = ("{n} 列", "cell", "cells")
NO_ENTRIES = Text("0 条记录，完好；{copies}", "0 entries, sound; {copies}")
ENTRIES = Text("{entries}，完好（{listed}）；{copies}", "{entries}, sound: {listed}; {copies}")
COUNTED = Text("{decks}，{cards}（两种语言）", "{decks}, {cards} (both languages)")
ORPHANS = Text(
    "{n}已不在任何卡组里，记录都留着：{cards}",
    "{n} in no deck any more; the history is kept: {cards}",
)
MEMORY = "terminals.txt"
CELLS = Text("α × ─ 这类字符各占 {cells}", "characters like α × ─ take {cells} each")
SET = Text("{known}（由 CVQUIZ_AMBIGUOUS_WIDTH 设定）", "{known} (CVQUIZ_AMBIGUOUS_WIDTH says so)")
REMEMBERED = Text("{known}（删掉 {path} 就重新询问终端）", "{known} (to have the terminal asked again, delete {path})")
NOT_ASKED = Text("还不知道 α × ─ 这类字符占几列", "how many cells characters like α × ─ take is not known yet")
WILL_BE_ASKED = Text(
    "下次运行 cvquiz study 或 cvquiz drill 时会自动询问终端；图形错位时设置 CVQUIZ_AMBIGUOUS_WIDTH 为 1 或 2。",
    "The next cvquiz study or cvquiz drill asks the terminal; where drawings are skewed, set CVQUIZ_AMBIGUOUS_WIDTH to 1 or 2.",
)
CANNOT_BE_ASKED = Text(
    "这个终端不能询问，按 1 列计算；图形错位时设置 CVQUIZ_AMBIGUOUS_WIDTH=2。",
    "This terminal cannot be asked, so 1 is taken; where drawings are skewed, set CVQUIZ_AMBIGUOUS_WIDTH=2.",
)
LEVELS = {"full": Text("完整", "full"), "partial": Text("不完整", "partial"), "none": Text("没有", "none")}
RUN_LINT = Text("用 cvquiz lint 查看全部错误。", "See all errors with cvquiz lint.")
SCREEN = Text(
    "{width} 列，{colours}，{encoding}，编辑器 {editor}", "{width} columns, {colours}, {encoding}, editor {editor}"
)
ASCII_ADVICE = Text(
    "输出编码不是 UTF-8：设置 PYTHONUTF8=1 可显示中文和公式。",
    "The output is not UTF-8: set PYTHONUTF8=1 to see formulas and Chinese.",
)
