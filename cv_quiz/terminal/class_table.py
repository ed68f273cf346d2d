"""Many reports at a glance: a table of files and verdicts, and the sums a teacher asks for."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cv_quiz.grading.many import UNREADABLE
from cv_quiz.grading.prose import VERDICTS
from cv_quiz.grading.visible import visible
from cv_quiz.language import Text
from cv_quiz.terminal.file_names import fitted_names, short_names
from cv_quiz.terminal.wrap import Run, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cv_quiz.grading.findings import Diagnosis, Result, SubmissionReport
    from cv_quiz.language import Language
    from cv_quiz.terminal.screen import Screen

GAP = 2
# Where files and causes would have less than so many cells for both, causes stand in lines of their own.
NARROWEST_BOTH, NARROWEST_FILE = 36, 8
# A cause takes so many lines at most.
CAUSE_LINES = 3
# So many causes are named, where at least two files share them.
CAUSES = 5

_HEADER = (Text("", ""), Text("文件", "file"), Text("练习", "drill"), Text("结果", "verdict"), Text("原因", "cause"))
_SUM = Text("{drill}：{all} 个中 {accepted} 个通过", "{drill}: {accepted} of {all} accepted")
_REST = Text("{sum}（{rest}）", "{sum} ({rest})")
_COMMA = Text("，", ", ")
_OF_NONE = Text("没有认出练习", "no drill recognised")
_COMMON = Text("最常见的原因：", "most frequent causes:")
_CAUSE = Text("{count} 次  {drill}：{what}", "{count} x  {drill}: {what}")
_CAUSE_OF_NONE = Text("{count} 次  {what}", "{count} x  {what}")
# What is said where the words of one file name something that no other has.
_NO_FUNCTION = Text("文件里没有任何练习的函数", "the file has no function of any drill")
_NO_FUNCTION_OF = Text("文件里没有 {drill} 这个练习的函数", "the file has no function for the drill {drill}")
_NOT_READ = Text("文件读不了", "the file cannot be read")
_LINE = Text(r"（第 \d+ 行）", r" ?\(line \d+\)")


class _Row(NamedTuple):
    mark: str
    file: str
    drill: str
    verdict: str
    cause: str


def table_lines(reports: Sequence[SubmissionReport], screen: Screen, language: Language) -> Iterator[str]:
    """One row for each function judged, then sums for each drill, then what went wrong most often."""
    names = short_names(report.path for report in reports)
    judged = [(report, result) for report in reports for result in report.results]
    header = _Row(*(text.say(language) for text in _HEADER))
    rows = [_row(names[report.path], result, screen, language) for report, result in judged]
    widths = _widths([header, *rows], screen)
    fitted = fitted_names(names, widths[1], screen.cells)
    yield from (screen.styled(line, "dim") for line in _lines(header, widths, screen))
    for row, (report, _) in zip(rows, judged, strict=True):
        style = "" if row.mark == _marks(screen)[0] else "bad"
        yield from (
            screen.styled(line, style) for line in _lines(row._replace(file=fitted[report.path]), widths, screen)
        )
    yield ""
    yield from _sums(reports, language)
    yield from _causes(reports, screen, language)


def _marks(screen: Screen) -> tuple[str, str]:
    return ("ok", "x") if screen.ascii_only else ("✓", "✗")


def _row(name: str, result: Result, screen: Screen, language: Language) -> _Row:
    good = result.verdict == "accepted"
    cause = result.diagnosis[0].message.say(language) if result.diagnosis else ""
    words = (_marks(screen)[not good], name, result.drill or "-", VERDICTS[result.verdict].say(language), cause)
    return _Row(*map(visible, words))


def _widths(rows: Sequence[_Row], screen: Screen) -> list[int]:
    """Columns as wide as what stands in them; files and causes share what is left.

    Where that is too little for both, the column of causes has no width.
    """
    widths = [max(screen.cells(cell) for cell in column) for column in zip(*rows, strict=True)]
    rest = screen.width - sum(widths[at] + GAP for at in (0, 2, 3)) - GAP
    if rest < min(NARROWEST_BOTH, widths[1] + widths[4]):
        widths[1], widths[4] = min(widths[1], max(rest + GAP, NARROWEST_FILE)), 0
        return widths
    widths[1] = min(widths[1], max(rest // 2, rest - widths[4]))
    widths[4] = min(widths[4], rest - widths[1])
    return widths


def _lines(row: _Row, widths: Sequence[int], screen: Screen) -> Iterator[str]:
    """A row: its cause in a column of several lines, or in lines below where there is no room for a column."""
    cells = [_cut(cell, width, screen) for cell, width in zip(row[:4], widths, strict=False)]
    first = (" " * GAP).join(
        cell + " " * (width - screen.cells(cell)) for cell, width in zip(cells, widths, strict=False)
    )
    width, indent = widths[4], sum(widths[:4]) + 4 * GAP
    if not width:
        yield first.rstrip()[: screen.width]
        if row.mark and row.cause:
            yield from (" " * GAP + line for line in _wrapped(row.cause, screen.width - GAP, screen))
        return
    cause = _wrapped(row.cause, width, screen)
    yield (first + " " * GAP + cause[0]).rstrip()
    yield from (" " * indent + line for line in cause[1:])


def _wrapped(text: str, width: int, screen: Screen) -> list[str]:
    """A text in a few lines; what does not fit is cut."""
    lines = ["".join(run.text for run in line) for line in wrap([Run(text)], width, screen.cells)]
    if len(lines) > CAUSE_LINES:
        lines[CAUSE_LINES - 1 :] = [_cut(" ".join(lines[CAUSE_LINES - 1 :]), width, screen)]
    return lines


def _cut(text: str, width: int, screen: Screen) -> str:
    """A text that fits."""
    if screen.cells(text) <= width:
        return text
    dots = "..."[: max(width, 0)]
    while text and screen.cells(text) + len(dots) > width:
        text = text[:-1]
    return text.rstrip() + dots


def _sums(reports: Sequence[SubmissionReport], language: Language) -> Iterator[str]:
    results = [result for report in reports for result in report.results]
    for drill in sorted({result.drill for result in results}, key=lambda name: (not name, name)):
        verdicts = Counter(result.verdict for result in results if result.drill == drill)
        accepted = verdicts.pop("accepted", 0)
        words = _SUM.format(drill=drill or _OF_NONE, accepted=accepted, all=accepted + sum(verdicts.values()))
        said = [f"{VERDICTS[verdict].say(language)} {count}" for verdict, count in verdicts.most_common()]
        rest = _COMMA.say(language).join(said)
        yield (_REST.format(sum=words, rest=rest) if rest else words).say(language)


def _causes(reports: Sequence[SubmissionReport], screen: Screen, language: Language) -> Iterator[str]:
    """The causes that several files share: the same diagnosis of the same drill, in the same words."""
    results = [result for report in reports for result in report.results if result.diagnosis]
    causes = Counter((result.drill, result.diagnosis[0].id, _shared(result)) for result in results)
    shared = [(key, count) for key, count in causes.most_common(CAUSES) if count > 1]
    if shared:
        yield screen.styled(_COMMON.say(language), "dim")
    for (drill, _, what), count in shared:
        line = visible((_CAUSE if drill else _CAUSE_OF_NONE).format(count=count, drill=drill, what=what).say(language))
        first, *more = _wrapped(line, screen.width - 2 * GAP, screen)
        yield " " * GAP + first
        yield from (" " * 2 * GAP + words for words in more)


def _shared(result: Result) -> Text:
    """What is wrong, without what only this file has."""
    found: Diagnosis = result.diagnosis[0]
    if found.id == UNREADABLE:
        return _NOT_READ
    if found.id == "missing" and found.message.en.startswith("the file has no function"):
        return _NO_FUNCTION_OF.format(drill=result.drill) if result.drill else _NO_FUNCTION
    return Text(re.sub(_LINE.zh, "", found.message.zh), re.sub(_LINE.en, "", found.message.en))
