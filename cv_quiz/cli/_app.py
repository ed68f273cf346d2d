"""From the words on the command line to a command's function, and from what it raises to an exit status."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import typer

from cv_quiz.cli._help import CvquizCommand, CvquizGroup
from cv_quiz.cli._say import language, t, warn
from cv_quiz.config import home_folder
from cv_quiz.errors import CvquizError
from cv_quiz.language import Text
from cv_quiz.terminal.screen import forgive_encodings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INTERRUPTED = 130
FULL_OR_FORBIDDEN = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
# typer carries its own copy of click or uses the package, depending on its version; the exception is the same one.
ClickUsageError: Any = typer.BadParameter.__bases__[0]


def command_names() -> list[str]:
    """The names of all commands: the modules of this package that are not its own machinery."""
    import cv_quiz.cli as package

    return [module.name.rstrip("_") for module in iter_modules(package.__path__) if not module.name.startswith("_")]


def application(names: Iterable[str]) -> typer.Typer:
    """The application with some of its commands: only what is asked for is imported."""
    app = typer.Typer(cls=CvquizGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True, help=ABOUT.say(language()))(_root)
    modules = [import_module(f"cv_quiz.cli.{name}{'_' if name == 'import' else ''}") for name in names]
    for module in sorted(modules, key=lambda module: module.PLACE):
        name = module.__name__.rpartition(".")[2].rstrip("_")
        app.command(name, cls=CvquizCommand, help=module.HELP.say(language()), epilog=module.EXAMPLES)(module.command)
    return app


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line and return its exit status."""
    forgive_encodings()
    try:
        return _with_a_sound_cache(arguments)
    except CvquizError as error:
        warn(error.text)
        status = error.exit_status
    except ClickUsageError as error:
        warn(_usage_text(error, command_names()))
        status = 2
    except (KeyboardInterrupt, typer.Abort, EOFError):
        status = INTERRUPTED
    except SystemExit as error:
        # typer leaves with 1 when a pipe's reader has gone, and its stream is of no more use then.
        if type(sys.stdout).__name__ != "PacifyFlushWrapper":
            raise
        status = 0 if error.code == 1 else int(error.code or 0)
    except BrokenPipeError:
        # The reader of a pipe has gone, as `head` does: not an error. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        if error.errno not in FULL_OR_FORBIDDEN:
            raise
        warn(NOT_ALLOWED.format(path=error.filename or home_folder(os.environ), why=error.strerror))
        status = CvquizError.exit_status
    return status


def _with_a_sound_cache(arguments: Sequence[str]) -> int:
    """Carry out a command line; where the cache turns out to be damaged, throw it away and begin again, once."""
    cache = home_folder(os.environ) / "cache.db"
    try:
        return _carried_out(arguments)
    except _database_error() as error:  # the log's own errors are StoreErrors
        from cv_quiz.store.cache import discard
        from cv_quiz.store.database import explained, is_damage

        if not is_damage(error):
            with explained(cache):
                raise
    discard(cache)
    warn(CACHE_ANEW.format(path=cache))
    with explained(cache):
        return _carried_out(arguments)


def _database_error() -> type[Exception]:
    """What a damaged cache raises. Asked only when something was raised: most commands open no database."""
    import sqlite3

    return sqlite3.DatabaseError


def _carried_out(arguments: Sequence[str]) -> int:
    known = command_names()
    asked = next((word for word in arguments if not word.startswith("-")), "")
    app = application([asked] if asked in known else known)
    return int(app(args=list(arguments), prog_name="cvquiz", standalone_mode=False) or 0)


def _root(
    context: typer.Context,
    *,
    version: bool = typer.Option(False, "--version", help=t("显示版本。", "Show the version.")),
) -> None:
    if version:
        from importlib.metadata import version as installed

        print(f"cvquiz {installed('cvquiz')}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


def _usage_text(error: Any, known: Sequence[str]) -> Text:
    """click's complaint in both languages, with the help to look at."""
    from difflib import get_close_matches

    where = error.ctx.command_path if error.ctx else "cvquiz"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        text = NO_OPTION.format(name=error.option_name)
    elif kind == "MissingParameter":
        text = MISSING.format(name=error.param.make_metavar(ctx=error.ctx).rstrip(".") if error.param else "")
    elif kind == "UsageError" and "No such command" in error.message:
        name = error.message.split("'")[1]
        near = get_close_matches(name, known, n=1)
        text = (NO_COMMAND_NEAR if near else NO_COMMAND).format(name=name, near=near[0] if near else "")
    else:
        text = _complaint(error.format_message())
    return Text(f"{text.zh}用法：{where} --help", f"{text.en} Usage: {where} --help")


def _complaint(message: str) -> Text:
    """One of click's other messages, in both languages; one that is not known stays as it is."""
    import re

    for pattern, text in COMPLAINTS:
        if found := re.search(pattern, message):
            return text.format(**{name: _named(name, value) for name, value in found.groupdict().items()})
    return OTHER.format(message=message)


def _named(name: str, value: str) -> Text | str:
    """A part of click's message: a range as words, anything else as it stands."""
    return _bounds(value) if name == "range" else value


def _bounds(written: str) -> Text:
    """A range as click writes it (`1<=x<=64`, `x>=0`), in words."""
    import re

    if both := re.fullmatch(r"(\S+)<=x<=(\S+)", written):
        return BETWEEN.format(least=both[1], most=both[2])
    if least := re.fullmatch(r"x>=(\S+)", written):
        return AT_LEAST.format(least=least[1])
    if most := re.fullmatch(r"x<=(\S+)", written):
        return AT_MOST.format(most=most[1])
    return WITHIN.format(range=written)


COMPLAINTS = (
    (
        r"'(?P<name>--[\w-]+)[^']*': (?P<value>\S+) is not in the range (?P<range>\S+?)\.?$",
        Text("{name} 不能是 {value}：{range}。", "{name} cannot be {value}: it must be {range}."),
    ),
    (
        r"'(?P<name>--[\w-]+)[^']*': '?(?P<value>.*?)'? is not a valid (?:integer|int)",
        Text("{name} 不能是 {value}：要一个整数。", "{name} cannot be {value}: it must be a whole number."),
    ),
    (r"'(?P<name>-[\w-]+)' requires an argument", Text("{name} 后面要跟一个值。", "{name} needs a value.")),
    (r"'(?P<name>--[\w-]+)' does not take a value", Text("{name} 不带值。", "{name} takes no value.")),
    (
        r"unexpected extra argument(?:s|\(s\))? \((?P<words>.*)\)",
        Text("多余的参数：{words}。", "too many arguments: {words}."),
    ),
)
BETWEEN = Text("要在 {least} 到 {most} 之间", "from {least} to {most}")
AT_LEAST = Text("不能小于 {least}", "{least} or more")
AT_MOST = Text("不能大于 {most}", "{most} or less")
WITHIN = Text("要满足 {range}", "in the range {range}")
ABOUT = Text(
    "计算机视觉与深度学习面试的问答卡片和编程练习：记得住，写得出。",
    "Flashcards and judged coding drills for computer-vision interviews.",
)
CACHE_ANEW = Text(
    "{path} 已损坏，正在重建；复习记录不受影响。", "{path} was damaged and is made anew; the reviews are not touched."
)
NOT_ALLOWED = Text(
    "{path}：{why}。请检查磁盘空间和权限；已有的评分都在。",
    "{path}: {why}. Check the disk's space and the permissions; earlier ratings are all there.",
)
NO_OPTION = Text("没有选项 {name}。", "there is no option {name}.")
MISSING = Text("缺少 {name}。", "{name} is missing.")
NO_COMMAND = Text("没有命令 {name}。", "there is no command {name}.")
NO_COMMAND_NEAR = Text("没有命令 {name}，是不是 {near}？", "there is no command {name}; did you mean {near}?")
OTHER = Text("命令写法不对：{message} ", "{message}")
