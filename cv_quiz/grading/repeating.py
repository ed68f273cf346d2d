"""The command that repeats a case, fit to be copied into a shell."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from cv_quiz.grading.visible import visible

if TYPE_CHECKING:
    from cv_quiz.grading.findings import Counterexample, Result, SubmissionReport


def repeat_command(report: SubmissionReport, result: Result, counterexample: Counterexample) -> str:
    """The command that runs the counterexample's case again, alone.

    It names the drill unless the file's only function bears its name, and none was asked for.
    """
    words = ["cvquiz", "grade", quoted(str(report.path))]
    if report.drill or len(report.results) > 1 or result.function != result.drill:
        words += ["--drill", result.drill]
    words += ["--case", quoted(counterexample.case), "--seed", str(counterexample.seed)]
    return " ".join([*words, *(["--strict"] if report.strict else [])])


def quoted(path: str) -> str:
    r"""A path or a name as one word of a shell that is no option; control characters as `$'\n'`, which bash and zsh know."""
    path = f".{os.sep}{path}" if path.startswith("-") else path
    if visible(path) == path:
        return path if _harmless(path) else shlex.quote(path)
    return "$'" + "".join(_in_quotes(letter) for letter in path) + "'"


def _harmless(path: str) -> bool:
    """Letters of any script need no quotes; shlex would quote Chinese."""
    return bool(path) and all(letter.isalnum() or letter in "/._-+=:@%" for letter in path)


def _in_quotes(letter: str) -> str:
    if letter in "'\\":
        return "\\" + letter
    if visible(letter) == letter:
        return letter
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(letter))
