"""Many reports at a glance: a table of files and verdicts, and the sums a teacher asks for."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from cv_quiz.grading.prose import VERDICTS
from cv_quiz.grading.visible import visible
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cv_quiz.grading.findings import Result, SubmissionReport
    from cv_quiz.language import Language
    from cv_quiz.terminal.screen import Screen

    Row = tuple[str, str, str, str, str]

GAP = 2
# A column of causes narrower than this says nothing; a file's name gets no more than its share of the width.
NARROWEST_CAUSE, FILE_SHARE = 20, 0.4
# So many causes are named, where at least two files share them.
CAUSES = 3

_HEADER = (Text("", ""), Text("文件", "file"), Text("练习", "drill"), Text("结果", "verdict"), Text("原因", "cause"))
_SUM = Text("{drill}：{all} 个中 {accepted} 个通过", "{drill}: {accepted} of {all} accepted")
_OF_NONE = Text("没有认出练习", "no drill recognised")
_COMMON = Text("最常见的原因：", "most frequent causes:")
_CAUSE = Text("{count} 次  {drill}：{what}", "{count} x  {drill}: {what}")


def table_lines(reports: Sequence[SubmissionReport], screen: Screen, language: Language) -> Iterator[str]:
    """One row for each function judged, then sums for each drill, then what went wrong most often."""
    common = _common_folder([report.path for report in reports])
    rows = [_row(report, result, common, screen, language) for report in reports for result in report.results]
    header = tuple(text.say(language) for text in _HEADER)
    widths = _widths([header, *rows], screen)
    yield screen.styled(_line(header, widths, screen), "dim")
    for row in rows:
        yield screen.styled(_line(row, widths, screen), "" if row[0] == _marks(screen)[0] else "bad")
    yield ""
    yield from _sums(reports, language)
    yield from _causes(reports, screen, language)


def _common_folder(paths: Sequence[Path]) -> str:
    try:
        return os.path.commonpath([str(path.parent) for path in paths])
    except ValueError:  # on several drives, or absolute and relative ones
        return ""


def _marks(screen: Screen) -> tuple[str, str]:
    return ("ok", "x") if screen.ascii_only else ("✓", "✗")


def _row(report: SubmissionReport, result: Result, common: str, screen: Screen, language: Language) -> Row:
    name = os.path.relpath(report.path, common) if common else str(report.path)
    good = result.verdict == "accepted"
    cause = result.diagnosis[0].message.say(language) if result.diagnosis else ""
    words = (_marks(screen)[not good], name, result.drill or "-", VERDICTS[result.verdict].say(language), cause)
    mark, file, drill, verdict, why = (visible(word) for word in words)
    return mark, file, drill, verdict, why


def _widths(rows: Sequence[Sequence[str]], screen: Screen) -> list[int]:
    """Columns as wide as what stands in them; files and causes give way where there is no room, causes first."""
    widths = [max(screen.cells(cell) for cell in column) for column in zip(*rows, strict=True)]
    widths[1] = min(widths[1], max(int(screen.width * FILE_SHARE), 10))
    rest = screen.width - sum(widths[:4]) - 4 * GAP
    widths[4] = min(widths[4], rest) if rest >= NARROWEST_CAUSE else 0
    widths[1] += min(rest, 0)
    return widths


def _line(row: Sequence[str], widths: Sequence[int], screen: Screen) -> str:
    cut = [_cut(cell, width, screen, head=at == 1) for at, (cell, width) in enumerate(zip(row, widths, strict=True))]
    padded = [cell + " " * (width - screen.cells(cell)) for cell, width in zip(cut, widths, strict=True)]
    return (" " * GAP).join(padded).rstrip()


def _cut(text: str, width: int, screen: Screen, *, head: bool = False) -> str:
    """A text that fits; of a file's name the end is kept, for there it differs from the others."""
    if screen.cells(text) <= width:
        return text
    dots = "..."[: max(width, 0)]
    while text and screen.cells(text) + len(dots) > width:
        text = text[1:] if head else text[:-1]
    return dots + text if head else text.rstrip() + dots


def _sums(reports: Sequence[SubmissionReport], language: Language) -> Iterator[str]:
    results = [result for report in reports for result in report.results]
    for drill in sorted({result.drill for result in results}, key=lambda name: (not name, name)):
        verdicts = Counter(result.verdict for result in results if result.drill == drill)
        accepted = verdicts.pop("accepted", 0)
        name = drill or _OF_NONE.say(language)
        words = _SUM.format(drill=name, accepted=accepted, all=accepted + sum(verdicts.values())).say(language)
        rest = ", ".join(f"{VERDICTS[verdict].say(language)} {count}" for verdict, count in verdicts.most_common())
        yield f"{words} ({rest})" if rest else words


def _causes(reports: Sequence[SubmissionReport], screen: Screen, language: Language) -> Iterator[str]:
    results = [result for report in reports for result in report.results if result.diagnosis]
    causes = Counter((result.drill, result.diagnosis[0].id) for result in results)
    words = {(result.drill, result.diagnosis[0].id): result.diagnosis[0].message for result in results}
    shared = [(key, count) for key, count in causes.most_common(CAUSES) if count > 1]
    if shared:
        yield screen.styled(_COMMON.say(language), "dim")
    for key, count in shared:
        line = _CAUSE.format(count=count, drill=key[0] or "-", what=words[key]).say(language)
        yield "  " + _cut(visible(line), screen.width - 2, screen)
