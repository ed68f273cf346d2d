"""`cvquiz drill`: write it, and be told what is wrong with it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import language, say, t, warn
from cv_quiz.language import Text

if TYPE_CHECKING:
    from cv_quiz.drills.contract import Drill

PLACE = 20
HELP = Text(
    "写代码的练习：写出一个文件，每次保存都评判。\n\n不给名字就列出所有练习。不在终端里时评判一次就结束。",
    "Practise writing code: a file is written for you, and every save is graded.\n\n"
    "Without a name the drills are listed. Without a terminal the file is graded once.",
)
EXAMPLES = "cvquiz drill nms\ncvquiz drill kmeans --file work/kmeans.py\ncvquiz drill --list"
NAME = typer.Argument(None, metavar="[NAME]", help=t("练习的名字。", "The drill's name."))
FILE = typer.Option(
    None,
    "--file",
    metavar="FILE",
    help=t("代码文件，默认是当前目录的 NAME.py。", "The file; NAME.py in this folder by default."),
)
LIST = typer.Option(False, "--list", help=t("列出所有练习。", "List the drills."))
CHECK = typer.Option(
    False, "--check", help=t("检验一个练习本身（写练习的人用）。", "Prove a drill itself (for authors of drills).")
)
ALL = typer.Option(False, "--all", help=t("与 --check 一起：检验所有练习。", "With --check: prove all drills."))
JSON = typer.Option(False, "--json", help=t("与 --list 一起：输出 JSON。", "With --list: print JSON."))
PLAIN = typer.Option(False, "--plain", help=t("按行输入，不用单键和颜色。", "Lines instead of keys, no colours."))
ASCII = typer.Option(False, "--ascii", help=t("只用 ASCII 字符。", "Use ASCII characters only."))


def command(
    *,
    name: str | None = NAME,
    file: Path | None = FILE,
    list_them: bool = LIST,
    check: bool = CHECK,
    every: bool = ALL,
    as_json: bool = JSON,
    plain: bool = PLAIN,
    ascii_only: bool = ASCII,
) -> None:
    """Run a drill; exit with 1 where it was not accepted."""
    if check:
        _check(name, every=every)
    elif name is None or list_them:
        _list(as_json=as_json)
    elif (sys.stdin.isatty() and sys.stdout.isatty()) or plain:
        _practise(name, file, plain=plain, ascii_only=ascii_only)
    else:
        _grade_once(name, file, ascii_only=ascii_only)


def _practise(name: str, file: Path | None, *, plain: bool, ascii_only: bool) -> None:
    from cv_quiz.drills import find
    from cv_quiz.terminal.ambiguous import ambiguous_width
    from cv_quiz.terminal.drill_loop import paragraphs, practise
    from cv_quiz.terminal.keys import open_input
    from cv_quiz.terminal.screen import open_screen

    drill = find(name)
    screen = open_screen(os.environ, plain=plain, ascii_only=ascii_only)
    screen.line(f"{drill.title.say(language())} ({drill.name})", "title")
    for paragraph in paragraphs(drill.statement.say(language())):
        screen.text(paragraph) if paragraph else screen.line()
    home = open_home()
    home.folder.mkdir(parents=True, exist_ok=True)  # the terminal's width of characters is remembered there
    with open_input(plain=plain) as keys:
        screen = replace(screen, ambiguous=ambiguous_width(keys, os.environ, home.folder / "terminals.txt"))
        practised = practise(drill.name, home, screen, keys, file or Path(f"{drill.name}.py"))
    if not practised.accepted:
        raise typer.Exit(1)


def _grade_once(name: str, file: Path | None, *, ascii_only: bool) -> None:
    from cv_quiz.drills import find
    from cv_quiz.grading.host import Worker
    from cv_quiz.grading.judge import grade_file
    from cv_quiz.grading.visible import visible
    from cv_quiz.terminal.drill_loop import WRITTEN, write_stub
    from cv_quiz.terminal.reporting import show_report
    from cv_quiz.terminal.screen import open_screen

    drill, home = find(name), open_home()
    path = file or Path(f"{drill.name}.py")
    if write_stub(drill, path, home):
        warn(WRITTEN.format(path=visible(str(path))))
    with Worker() as worker:
        report = grade_file(worker, path, drill=drill.name)
    accepted = report.accepted
    home.log.append("drill", drill.name, home.now(), {"accepted": accepted, "tries": 1})
    show_report(report, open_screen(os.environ, ascii_only=ascii_only), home.language)
    if not accepted:
        raise typer.Exit(1)


def _list(*, as_json: bool) -> None:
    from cv_quiz.drills import find, names

    drills = [find(name) for name in names()]
    passed = _passed()
    if as_json:
        rows = [_data(drill, passed=drill.name in passed) for drill in drills]
        say(json.dumps({"version": 1, "drills": rows}, ensure_ascii=False))
        return
    for drill in drills:
        mark = t("通过", "passed") if drill.name in passed else ""
        say(f"{drill.name:<12} {'*' * drill.difficulty:<5} {drill.title.say(language())}  {mark}".rstrip())
    say(START)


def _data(drill: Drill, *, passed: bool) -> dict[str, object]:
    return {
        "name": drill.name,
        "topic": drill.topic,
        "difficulty": drill.difficulty,
        "prerequisites": list(drill.prerequisites),
        "mutants": [mutant.id for mutant in drill.mutants],
        "conventions": list(dict.fromkeys(option.id for option in drill.options)),  # one may have several values
        "passed": passed,
    }


def _passed() -> set[str]:
    from cv_quiz.scheduling.replay import in_force

    events = in_force(open_home().log.events())
    return {event.card for event in events if event.kind == "drill" and event.data.get("accepted")}


def _check(name: str | None, *, every: bool) -> None:
    from cv_quiz.drills import find, names
    from cv_quiz.errors import UsageError
    from cv_quiz.grading.check import check_drill

    if not every and name is None:
        raise UsageError(CHECK_WHAT)
    failed = False
    for each in names() if every or name is None else (find(name).name,):
        problems = check_drill(each)
        failed = failed or bool(problems)
        say(f"{each}: {SOUND.say(language()) if not problems else ''}")
        for problem in problems:
            say(f"  {problem.say(language())}")
    if failed:
        raise typer.Exit(1)


START = Text("开始：cvquiz drill NAME", "Start with: cvquiz drill NAME")
SOUND = Text("没有问题", "sound")
CHECK_WHAT = Text("给出练习的名字，或 --all。", "name a drill, or give --all.")
