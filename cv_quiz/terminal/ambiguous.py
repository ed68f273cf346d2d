"""How many cells an East-Asian ambiguous character takes in this terminal: asked once, then remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.terminal.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cv_quiz.terminal.keys import Input

PROBE = "α×≤─"


def ambiguous_width(keys: Input, environment: Mapping[str, str], memory: Path) -> int:
    """1 or 2: what CVQUIZ_AMBIGUOUS_WIDTH says, what is remembered of this kind of terminal, or what it answers.

    A terminal that does not answer, a pipe and TERM=dumb count as 1.
    """
    if (wish := environment.get("CVQUIZ_AMBIGUOUS_WIDTH")) in ("1", "2"):
        return int(wish)
    if not isinstance(keys, Keys) or environment.get("TERM", "dumb") in ("dumb", ""):
        return 1
    known, name = _remembered(memory), _kind_of_terminal(environment)
    if name in known:
        return known[name]
    column = keys.cursor_column_after(PROBE)
    width = 2 if column == 2 * len(PROBE) + 1 else 1
    if column is not None:  # silence is no answer, and is asked about again
        known[name] = width
        memory.write_text("".join(f"{width}\t{key}\n" for key, width in known.items()), encoding="utf-8")
    return width


def remembered_width(environment: Mapping[str, str], memory: Path) -> int | None:
    """What CVQUIZ_AMBIGUOUS_WIDTH says, or what is remembered of this kind of terminal; None where it was not asked."""
    if (wish := environment.get("CVQUIZ_AMBIGUOUS_WIDTH")) in ("1", "2"):
        return int(wish)
    return _remembered(memory).get(_kind_of_terminal(environment))


def _kind_of_terminal(environment: Mapping[str, str]) -> str:
    return "/".join(environment.get(key, "") for key in ("TERM", "TERM_PROGRAM", "TMUX", "LC_CTYPE"))


def _remembered(memory: Path) -> dict[str, int]:
    if not memory.exists():
        return {}
    rows = (line.split("\t", 1) for line in memory.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {name: int(width) for width, name in rows if width in ("1", "2")}
