"""Help in two languages, drawn from the one definition of the commands."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from cv_quiz.cli._say import t


class CvquizCommand(TyperCommand):
    """A command whose help has usage, arguments, options and examples in the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _usage(self, ctx, formatter)
        _paragraph(formatter, self.help or "")
        _definitions(formatter, t("参数", "Arguments"), _arguments(self, ctx))
        _definitions(formatter, t("选项", "Options"), _options(self, ctx))
        _examples(formatter, self.epilog)


class CvquizGroup(TyperGroup):
    """The application itself: its help lists the commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _usage(self, ctx, formatter)
        _paragraph(formatter, self.help or "")
        commands = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
        _definitions(formatter, t("命令", "Commands"), [(name, text.split("\n")[0]) for name, text in commands])
        _definitions(formatter, t("选项", "Options"), _options(self, ctx))
        _examples(formatter, ["cvquiz study", "cvquiz drill nms", "cvquiz grade my_solution.py"])


def _usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = [piece for piece in command.collect_usage_pieces(ctx) if piece != "[OPTIONS]"]
    formatter.write_usage(ctx.command_path, " ".join(["[OPTIONS]", *pieces]), prefix=t("用法：", "Usage: "))


def _paragraph(formatter: Any, text: str) -> None:
    for paragraph in text.split("\n\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)


def _definitions(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        _heading(formatter, title)
        with formatter.indentation():
            formatter.write_dl(rows)


def _heading(formatter: Any, title: str) -> None:
    """The title of a part, with the colon of its language: click's own sections know only one."""
    formatter.write_paragraph()
    formatter.write(f"{title}{t('：', ':')}\n")


def _arguments(command: Any, ctx: Any) -> list[tuple[str, str]]:
    return [
        (parameter.make_metavar(ctx=ctx), parameter.help or "")
        for parameter in command.params
        if parameter.param_type_name == "argument"
    ]


def _options(command: Any, ctx: Any) -> list[tuple[str, str]]:
    rows = []
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "option" and not parameter.hidden:
            names = ", ".join([*parameter.opts, *parameter.secondary_opts])
            value = "" if parameter.is_flag or parameter.name == "help" else f" {parameter.make_metavar(ctx=ctx)}"
            text = t("显示这份帮助。", "Show this help.") if parameter.name == "help" else (parameter.help or "")
            rows.append((names + value, text))
    return rows


def _examples(formatter: Any, examples: object) -> None:
    lines = examples if isinstance(examples, list) else [line for line in str(examples or "").splitlines() if line]
    if lines:
        _heading(formatter, t("例子", "Examples"))
        with formatter.indentation():
            for line in lines:
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")
