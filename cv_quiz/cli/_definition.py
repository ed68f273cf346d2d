"""The commands as data, read off their one definition: for completion and the man page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from typer.main import get_command

from cv_quiz.cli._app import application, command_names


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """One option: its names, the placeholder of its value (empty for a switch), its help."""

    names: tuple[str, ...]
    value: str
    help: str


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One command."""

    name: str
    help: str
    arguments: tuple[tuple[str, str], ...]
    options: tuple[OptionEntry, ...]
    examples: tuple[str, ...]


def definition() -> list[CommandEntry]:
    """All commands, in the order of the help."""
    group: Any = get_command(application(command_names()))
    return [_command(name, command) for name, command in group.commands.items()]


def _command(name: str, command: Any) -> CommandEntry:
    parameters = command.params
    return CommandEntry(
        name=name,
        help=command.help or "",
        arguments=tuple((p.metavar or p.name, p.help or "") for p in parameters if p.param_type_name == "argument"),
        options=tuple(_option(p) for p in parameters if p.param_type_name == "option"),
        examples=tuple((command.epilog or "").splitlines()),
    )


def _option(parameter: Any) -> OptionEntry:
    value = "" if parameter.is_flag else (parameter.metavar or parameter.type.name.upper())
    return OptionEntry(tuple(parameter.opts), value, parameter.help or "")
