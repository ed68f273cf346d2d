"""`cvquiz grade`: judge what was written."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cv_quiz.cli._ahead import take
from cv_quiz.cli._progress import Progress
from cv_quiz.cli._say import language, say, t, warn
from cv_quiz.cli._submissions import find_submissions
from cv_quiz.config import home_folder
from cv_quiz.errors import InputError, UsageError
from cv_quiz.grading.visible import visible
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.cli._submissions import Found
    from cv_quiz.grading.exchange import Level
    from cv_quiz.grading.many import Options, grade_many
    from cv_quiz.grading.report import SubmissionReport

PLACE = 30
HELP = Text(
    "评判写好的代码：对不对，用的什么约定，错在哪里。\n\n给文件、笔记本或目录；目录里的每个 .py 和 .ipynb 都会评判。\n\n"
    "退出状态：0 全部通过；1 有没通过的；2 用法不对；3 有读不了的；130 被中断。",
    "Judge code: whether it is right, under which convention, and what is wrong with it.\n\n"
    "Give files, notebooks or folders; every .py and .ipynb in a folder is judged.\n\n"
    "Exit status: 0 all accepted; 1 something was not; 2 wrong usage; 3 something could not be read; 130 interrupted.",
)
EXAMPLES = "cvquiz grade my_solution.py\ncvquiz grade my_solution.py --drill nms --strict\ncvquiz grade homework/ --jobs 2 --json"
# Of the name of the file that is being judged so much is shown.
NAME_CELLS = 34
# Whether a path can be read is found out where it is read: one that cannot be must not stop the others.
PATHS = typer.Argument(..., metavar="PATH...", readable=False, help=t("文件或目录。", "Files or folders."))
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
    from cv_quiz.grading.many import Options, grade_many

    if drill:
        from cv_quiz.drills import find

        drill = find(visible(drill)).name
    found = find_submissions(paths)
    if not found.files:
        _tell_left_out(found)
        raise typer.Exit(3)
    options = Options(drill=drill, strict=strict, seed=seed, case=case and visible(case))
    try:
        with grade_many(found.files, options, jobs, started=take()) as grading:
            if grading.level != "full" and any(path.is_dir() for path in paths) and not allow_partial:
                raise UsageError(NOT_FULL.format(level=grading.level))
            outcome = _judged(grading, found.files, options)
    except InputError:
        _tell_left_out(found)
        raise
    _show(outcome, options, as_json=as_json, ascii_only=ascii_only)
    _tell_left_out(found)
    if outcome.interrupted:
        warn(INTERRUPTED.format(done=outcome.done, all=len(found.files)))
    raise typer.Exit(_status(outcome, found))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was judged: the submissions, the helper modules among the files, how many files are done."""

    reports: list[SubmissionReport]
    helpers: list[Path]
    without_case: int
    done: int
    level: Level
    interrupted: bool


def _judged(grading: grade_many, files: Sequence[Path], options: Options) -> _Outcome:
    """Judge; whoever interrupts it gets what is there. UsageError where no file has the case that is asked for."""
    from cv_quiz.grading.many import no_such_case
    from cv_quiz.grading.submissions import helper_modules
    from cv_quiz.terminal.file_names import middle_cut, short_names

    names = [middle_cut(name, NAME_CELLS, len) for name in short_names(files).values()]
    reports: list[SubmissionReport] = []
    interrupted = False
    try:
        with Progress(names, lambda: grading.done):
            for report in grading:
                reports.append(report)  # noqa: PERF402 - what came before an interruption is kept
    except KeyboardInterrupt:
        interrupted = True
        reports.extend(grading.ready())
    without = len(grading.without_case)
    if without and not interrupted and all(map(_has_no_function, reports)):
        raise no_such_case(files, options)
    helpers = helper_modules(reports, _text)
    kept = [report for report in reports if report.path not in helpers]
    return _Outcome(kept, helpers, without, len(reports) + without, grading.level, interrupted)


def _has_no_function(report: SubmissionReport) -> bool:
    return all(result.verdict == "missing" for result in report.results)


def _show(outcome: _Outcome, options: Options, *, as_json: bool, ascii_only: bool) -> None:
    """The results on stdout, before anything on stderr. Where nobody reads them any more, the exit status still tells."""
    try:
        if as_json:
            from cv_quiz.grading.report import to_json  # after the workers have been started: it takes NumPy

            data = to_json(outcome.reports, isolation=outcome.level, seed=options.seed, language=language())
            _print_json(data)
        else:
            _print(outcome.reports, ascii_only=ascii_only)
        sys.stdout.flush()
    except BrokenPipeError:  # as `head` does; Python would complain again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if outcome.level != "full" and not as_json:
        warn(LEVEL.format(level=outcome.level))
    for path in outcome.helpers:
        warn(HELPER.format(path=visible(str(path))))
    if outcome.without_case:
        warn(WITHOUT_CASE.format(count=outcome.without_case, case=options.case))


def _tell_left_out(found: Found) -> None:
    """What was not judged, and why."""
    if text := found.not_judged():
        warn(text)
    for trouble in found.troubles:
        warn(trouble)


def _status(outcome: _Outcome, found: Found) -> int:
    from cv_quiz.grading.many import has_unreadable

    if outcome.interrupted:
        return 130
    if found.troubles or any(map(has_unreadable, outcome.reports)):
        return 3
    return 0 if all(report.accepted for report in outcome.reports) else 1


def _text(path: Path) -> str:
    """A file's text, as far as it is text."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _print_json(data: dict[str, Any]) -> None:
    """One line of JSON; what has no shape of its own in it is escaped, so that nothing in it steers a terminal."""
    text = json.dumps(data, ensure_ascii=False)
    say("".join(letter if visible(letter) == letter else json.dumps(letter)[1:-1] for letter in text))


def _print(reports: list[SubmissionReport], *, ascii_only: bool) -> None:
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
WITHOUT_CASE = Text(
    "{count} 个文件的练习没有名为「{case}」的用例，没有评判。",
    "{count} left out: their drills have no case called '{case}'.",
)
INTERRUPTED = Text("已中断：{all} 个中评判了 {done} 个。", "Interrupted: {done} of {all} judged.")
SUM = Text("{all} 个文件，{accepted} 个通过。", "{accepted} of {all} files accepted.")
