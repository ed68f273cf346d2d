"""Code in colours, broken only where it is wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.terminal.wrap import Run, wrap

if TYPE_CHECKING:
    from cv_quiz.terminal.screen import Screen

_STYLES = (("Comment", "dim"), ("Keyword", "title"), ("Literal.String", "good"), ("Literal.Number", "warn"))


def highlighted(code: str, language: str, screen: Screen, width: int) -> list[str]:
    """The lines of a piece of code; without colours they are the code itself."""
    rows: list[list[Run]] = [[]]
    for text, style in _tokens(code, language) if screen.colour and language else [(code, "")]:
        first, *rest = text.split("\n")
        rows[-1].append(Run(first, style))
        rows += [[Run(part, style)] for part in rest]
    return [line for row in rows for line in _fitted(row, screen, width)]


def _tokens(code: str, language: str) -> list[tuple[str, str]]:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  only code in colours needs it
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [(code, "")]
    return [(text, _style(str(token))) for token, text in lexer.get_tokens(code)]


def _style(token: str) -> str:
    return next((style for name, style in _STYLES if token.startswith(f"Token.{name}")), "")


def _fitted(row: list[Run], screen: Screen, width: int) -> list[str]:
    """One row of code; spaces are kept, and only a row that is too wide is broken."""
    if sum(screen.cells(run.text) for run in row) <= width:
        return ["".join(screen.styled(run.text, run.style if run.text.strip() else "") for run in row)]
    # In colours the blanks of an indentation may be a run of their own, or several.
    text = "".join(run.text for run in row)
    indent = len(text) - len(text.lstrip())
    lines = wrap(row, max(width - indent - 2, 8), screen.cells)
    return [
        " " * (indent + 2 * (number > 0)) + "".join(screen.styled(run.text, run.style) for run in line)
        for number, line in enumerate(lines)
    ]
