"""A report on the screen: with its pictures, its colours and the lines of the learner's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.grading.quoting import source_line
from cv_quiz.grading.report import to_text
from cv_quiz.terminal.pictures import Canvas, draw

if TYPE_CHECKING:
    from cv_quiz.grading.findings import Counterexample, SubmissionReport
    from cv_quiz.language import Language
    from cv_quiz.terminal.screen import Screen

# A picture stands so far to the right.
INDENT = 6


def show_report(report: SubmissionReport, screen: Screen, language: Language) -> None:
    """Write a report."""
    canvas = Canvas(screen.width - INDENT, screen.cells, screen.ascii_only, language, screen.styled)

    def drawn(found: Counterexample, picture: str) -> list[str]:
        return draw(found, picture, canvas)

    text = to_text(
        report,
        language,
        screen.width,
        screen.cells,
        screen.ascii_only,
        draw=drawn,
        paint=screen.styled,
        quote=source_line,
    )
    screen.lines(text.split("\n"))
