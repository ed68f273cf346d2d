"""`cvquiz grade`: judge what was written."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cv_quiz.cli._ahead import take
from cv_quiz.cli._say import language, say, t, warn
from cv_quiz.config import home_folder
from cv_quiz.errors import InputError, UsageError
from cv_quiz.grading.visible import visible
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cv_quiz.grading.report import SubmissionReport

PLACE = 30
HELP = Text(
    "评判写好的代码：对不对，用的什么约定，错在哪里。\n\n给文件、笔记本或目录；目录里的每个 .py 和 .ipynb 都会评判。",
    "Judge code: whether it is right, under which convention, and what is wrong with it.\n\n"
    "Give files, notebooks or folders; every .py and .ipynb in a folder is judged.",
)
EXAMPLES = "cvquiz grade my_solution.py\ncvquiz grade my_solution.py --drill nms --strict\ncvquiz grade homework/ --jobs 2 --json"
# Fewer files than this are judged before a bar could be read.
FEW = 3
PATHS = typer.Argument(..., metavar="PATH...", help=t("文件或目录。", "Files or folders."))
DRILL = typer.Option(
    None,
    "--drill",
    metavar="NAME",
    help=t("只按这个练习评判，函数叫什么都行。", "Judge by this drill, whatever the function is called."),
)
STRICT = typer.Option(False, "--strict", help=t("只接受练习写明的约定。", "Accept the drill's stated contract only."))
CASE = typer.Option(
    None,
    "--case",
    metavar="NAME",
    help=t("只运行这一个用例，并显示打印的内容。", "Run this case alone and show what is printed."),
)
SEED = typer.Option(
    0,
    "--seed",
    metavar="N",
    min=0,
    help=t(
        "生成用例的种子。老师用一个大而保密的数，预先备好的答案就没有用。",
        "The seed the cases are made from. A large number that a teacher keeps secret makes prepared answers useless.",
    ),
)
JOBS = typer.Option(
    1, "--jobs", metavar="N", min=1, max=64, help=t("同时评判几个文件。", "How many files to judge at once.")
)
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))
ASCII = typer.Option(False, "--ascii", help=t("只用 ASCII 字符。", "Use ASCII characters only."))
PARTIAL = typer.Option(
    False,
    "--allow-partial-isolation",
    help=t(
        "本机隔离不完整时也评判别人的一整个目录。", "Judge a folder of others' code even where isolation is not full."
    ),
)


def command(
    *,
    paths: list[Path] = PATHS,
    drill: str | None = DRILL,
    strict: bool = STRICT,
    case: str | None = CASE,
    seed: int = SEED,
    jobs: int = JOBS,
    as_json: bool = JSON,
    ascii_only: bool = ASCII,
    allow_partial: bool = PARTIAL,
) -> None:
    """Judge every file; exit with 1 where one was not accepted."""
    from cv_quiz.grading.many import Options, grade_many, has_unreadable
    from cv_quiz.grading.submissions import helper_modules

    if drill:
        from cv_quiz.drills import find

        drill = find(visible(drill)).name
    files = _files(paths)
    options = Options(drill=drill, strict=strict, seed=seed, case=case and visible(case))
    with grade_many(files, options, jobs, started=take()) as grading:
        if grading.level != "full" and any(path.is_dir() for path in paths) and not allow_partial:
            raise UsageError(NOT_FULL.format(level=grading.level))
        reports = list(_with_progress(grading, len(files)))
    helpers = helper_modules(reports, _text)
    reports = [report for report in reports if report.path not in helpers]
    if as_json:
        from cv_quiz.grading.report import to_json  # after the workers have been started: it takes NumPy

        _print_json(to_json(reports, isolation=grading.level, seed=seed, language=language()))
    else:
        _print(reports, grading.level, ascii_only=ascii_only)
    for path in helpers:
        warn(HELPER.format(path=visible(str(path))))
    if any(map(has_unreadable, reports)):
        raise typer.Exit(3)
    if not all(report.accepted for report in reports):
        raise typer.Exit(1)


def _files(paths: list[Path]) -> list[Path]:
    """The files to judge, each once, those of a folder in the order of their names."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise InputError(NO_FILE.format(path=visible(str(path))))
        if not path.is_dir():
            found[path] = None
            continue
        inside = [file for file in sorted(path.rglob("*")) if file.suffix in (".py", ".ipynb") and _is_work(file, path)]
        if not inside:
            raise InputError(EMPTY.format(path=visible(str(path))))
        found |= dict.fromkeys(inside)
    return list(found)


def _is_work(file: Path, root: Path) -> bool:
    """Whether a file in a folder is somebody's work: no cache, no checkpoint, no package's `__init__`, no link out of it."""
    parts = file.relative_to(root).parts
    if any(part.startswith((".", "__")) for part in parts) or not file.is_file():
        return False
    inside = root.resolve() in file.resolve().parents
    if not inside:
        warn(LINK_OUT.format(path=visible(str(file))))
    return inside


def _text(path: Path) -> str:
    """A file's text, as far as it is text."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _with_progress(grading: Iterable[SubmissionReport], total: int) -> Iterable[SubmissionReport]:
    """A bar on stderr, where somebody waits for more than a few files at a terminal."""
    import sys

    if total < FEW or not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return grading
    from rich.console import Console
    from rich.progress import track

    return track(grading, t("评判", "Judging"), total, console=Console(stderr=True), transient=True)


def _print_json(data: dict[str, Any]) -> None:
    """One line of JSON; what has no shape of its own in it is escaped, so that nothing in it steers a terminal."""
    text = json.dumps(data, ensure_ascii=False)
    say("".join(letter if visible(letter) == letter else json.dumps(letter)[1:-1] for letter in text))


def _print(reports: list[SubmissionReport], level: str, *, ascii_only: bool) -> None:
    from cv_quiz.terminal.ambiguous import remembered_width
    from cv_quiz.terminal.class_table import table_lines
    from cv_quiz.terminal.reporting import show_report
    from cv_quiz.terminal.screen import open_screen

    screen = open_screen(os.environ, ascii_only=ascii_only)
    wide = remembered_width(os.environ, home_folder(os.environ) / "terminals.txt") if screen.out.isatty() else None
    screen = replace(screen, ambiguous=wide or screen.ambiguous)
    for report in reports:
        show_report(report, screen, language())
        if len(reports) > 1:
            screen.line()
    if len(reports) > 1:
        screen.lines(table_lines(reports, screen, language()))
        accepted = sum(report.accepted for report in reports)
        say(SUM.format(accepted=accepted, all=len(reports)))
    if level != "full":
        warn(LEVEL.format(level=level))


NO_FILE = Text("{path}：没有这个文件或目录。", "{path}: there is no such file or folder.")
EMPTY = Text("{path}：目录里没有 .py 或 .ipynb 文件。", "{path}: there is no .py or .ipynb file in this folder.")
LINK_OUT = Text("{path}：链接到目录之外，没有评判。", "{path}: links to a file outside the folder; it was not judged.")
NOT_FULL = Text(
    "本机的隔离等级是 {level}，不足以评判一整个目录的他人代码。确实要评判，请加 --allow-partial-isolation；原因见 cvquiz doctor。",
    "isolation on this machine is {level}: too little for a folder of other people's code. "
    "Add --allow-partial-isolation to judge it all the same; cvquiz doctor says why.",
)
LEVEL = Text("隔离等级：{level}（原因见 cvquiz doctor）。", "isolation: {level} (cvquiz doctor says why).")
HELPER = Text(
    "{path}：没有练习的函数，被别的文件导入，不算作业。",
    "{path}: has no function of a drill and is imported by another file: left out.",
)
SUM = Text("{all} 个文件，{accepted} 个通过。", "{accepted} of {all} files accepted.")
