"""`cvquiz completion`: static completion for a shell, and the man page; both from the definition of the commands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._say import say, t
from cv_quiz.errors import InputError, UsageError
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cv_quiz.cli._definition import CommandEntry

PLACE = 98
HELP = Text(
    "命令行补全：输出一个文件，或用 --install 装好。也输出 man 页。",
    "Shell completion: print the file, or put it in place with --install. Prints the man page, too.",
)
EXAMPLES = "cvquiz completion bash --install\ncvquiz completion zsh > _cvquiz\ncvquiz completion man | man -l -"
SHELL = typer.Argument(..., metavar="bash|zsh|fish|man", help=t("哪个 shell，或 man。", "Which shell, or man."))
INSTALL = typer.Option(
    False, "--install", help=t("写到该 shell 查找的地方。", "Write it where the shell looks for it.")
)


def command(*, shell: str = SHELL, install: bool = INSTALL) -> None:
    """Print or install the file."""
    from cv_quiz.cli._definition import definition

    if shell not in WRITERS:
        raise UsageError(UNKNOWN.format(shell=shell))
    text = WRITERS[shell](definition())
    if not install:
        say(text.rstrip("\n"))
        return
    path = target(shell, os.environ)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(UNWRITABLE.format(path=path, why=error.strerror or error)) from None
    say({"zsh": INSTALLED_ZSH, "man": INSTALLED_MAN}.get(shell, INSTALLED).format(path=path, folder=path.parent))


def target(shell: str, environment: Mapping[str, str]) -> Path:
    """Where a shell looks for the user's completions (XDG base directories)."""
    data = Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    config = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return {
        "bash": data / "bash-completion" / "completions" / "cvquiz",
        "zsh": data / "zsh" / "site-functions" / "_cvquiz",
        "fish": config / "fish" / "completions" / "cvquiz.fish",
        "man": data / "man" / "man1" / "cvquiz.1",
    }[shell]


def bash(commands: Sequence[CommandEntry]) -> str:
    """A completion function for bash: commands first, then the command's options, else files."""
    names = " ".join(command.name for command in commands)
    cases = "\n".join(
        f"    {command.name}) words='{' '.join(name for option in command.options for name in option.names)} --help' ;;"
        for command in commands
    )
    return f"""# bash completion for cvquiz; written by: cvquiz completion bash
_cvquiz() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '{names} --help --version' -- "$current"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{cases}
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}}
complete -o filenames -F _cvquiz cvquiz
"""


def zsh(commands: Sequence[CommandEntry]) -> str:
    """A completion function for zsh, with descriptions."""
    described = "\n".join(f"    '{c.name}:{_zsh(c.help)}'" for c in commands)
    cases = "\n".join(f"    {c.name}) _arguments {_zsh_options(c)} '*:file:_files' ;;" for c in commands)
    return f"""#compdef cvquiz
# zsh completion for cvquiz; written by: cvquiz completion zsh
_cvquiz() {{
  local -a commands
  commands=(
{described}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
{cases}
  esac
}}
_cvquiz "$@"
"""


def fish(commands: Sequence[CommandEntry]) -> str:
    """Completion lines for fish."""
    lines = ["# fish completion for cvquiz; written by: cvquiz completion fish"]
    for command in commands:
        lines.append(f"complete -c cvquiz -n __fish_use_subcommand -a {command.name} -d '{_quoted(command.help)}'")
        for option in command.options:
            names = " ".join(f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names)
            needs = " -r" if option.value else ""
            seen = f"'__fish_seen_subcommand_from {command.name}'"
            lines.append(f"complete -c cvquiz -n {seen} {names}{needs} -d '{_quoted(option.help)}'")
    return "\n".join(lines) + "\n"


def man(commands: Sequence[CommandEntry]) -> str:
    """The man page, in troff with the man macros."""
    from cv_quiz.cli._app import ABOUT
    from cv_quiz.cli._say import language

    lines = ['.TH CVQUIZ 1 "" "cvquiz"', f".SH {t('名称', 'NAME')}", f"cvquiz \\- {_troff(ABOUT.say(language()))}"]
    lines += [f".SH {t('用法', 'SYNOPSIS')}", ".B cvquiz", "COMMAND [OPTIONS]", f".SH {t('命令', 'COMMANDS')}"]
    for command in commands:
        lines += [f".SS {command.name} {' '.join(_troff(name) for name, _ in command.arguments)}".rstrip()]
        lines += [_troff(paragraph) + "\n.PP" for paragraph in command.help.split("\n\n")]
        for name, about in command.arguments:
            lines += [".TP", f".I {_troff(name)}", _troff(about)]
        for option in command.options:
            lines += [
                ".TP",
                f".B {_troff(' '.join([', '.join(option.names), option.value]).strip())}",
                _troff(option.help),
            ]
        lines += [".PP", ".nf", *map(_troff, command.examples), ".fi"]
    lines += [f".SH {t('环境', 'ENVIRONMENT')}"]
    for variable, meaning in ENVIRONMENT:
        lines += [".TP", f".B {variable}", _troff(meaning.say(language()))]
    lines += [f".SH {t('退出状态', 'EXIT STATUS')}", _troff(STATUS.say(language()))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return text.split("\n", maxsplit=1)[0].replace("\\", "\\\\").replace("'", "\\'")


def _zsh(text: str) -> str:
    return (
        text.split("\n", maxsplit=1)[0]
        .replace("'", "'\\''")
        .replace(":", "\\:")
        .replace("[", "\\[")
        .replace("]", "\\]")
    )


def _zsh_options(command: CommandEntry) -> str:
    return " ".join(
        f"'{name}[{_zsh(option.help)}]{':value:_files' if option.value else ''}'"
        for option in command.options
        for name in option.names
    )


def _troff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


WRITERS: dict[str, Callable[[Sequence[CommandEntry]], str]] = {"bash": bash, "zsh": zsh, "fish": fish, "man": man}
ENVIRONMENT = (
    (
        "CVQUIZ_HOME",
        Text("自己的数据放在哪里；默认是平台的数据目录", "where your data lies; the platform's data folder by default"),
    ),
    ("CVQUIZ_LANG", Text("zh 或 en；默认随 locale", "zh or en; the locale by default")),
    ("CVQUIZ_NOW", Text("把时钟定在某一刻（ISO 8601 带时区）", "sets the clock (ISO 8601 with offset)")),
    (
        "CVQUIZ_AMBIGUOUS_WIDTH",
        Text("1 或 2：东亚宽度不定的字符占几格", "1 or 2: cells of an East-Asian ambiguous character"),
    ),
    ("EDITOR, VISUAL", Text("按 e 时打开的编辑器", "the editor that e opens")),
    ("NO_COLOR", Text("不用颜色", "no colours")),
)
STATUS = Text(
    "0 完成、全部通过；1 有代码没通过，或 lint 发现错误；2 用法不对；3 输入读不了或不合法；130 被中断。",
    "0 done, all accepted; 1 something graded was not accepted, or lint found an error; 2 wrong usage; "
    "3 an input that cannot be read or is invalid; 130 interrupted.",
)
UNKNOWN = Text("不支持 {shell}；可用：bash、zsh、fish、man。", "{shell} is not known; there are: bash, zsh, fish, man.")
INSTALLED = Text("已写到 {path}；新开的终端里就有补全。", "Wrote {path}; new shells will complete.")
INSTALLED_MAN = Text("已写到 {path}；查看：man cvquiz", "Wrote {path}; read it with: man cvquiz")
UNWRITABLE = Text("{path}：写不了（{why}）。", "{path}: cannot be written ({why}).")
INSTALLED_ZSH = Text(
    "已写到 {path}；请确认 ~/.zshrc 里 compinit 之前有：fpath+=({folder})",
    "Wrote {path}; make sure that ~/.zshrc has, before compinit: fpath+=({folder})",
)
