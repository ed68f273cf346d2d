"""A report in words, for people at a terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cv_quiz import drills
from cv_quiz.grading.calling.catalogue import said
from cv_quiz.grading.failures import diagnose_reason, where
from cv_quiz.grading.repeating import repeat_command
from cv_quiz.grading.visible import visible
from cv_quiz.grading.words import written
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cv_quiz.grading.findings import Counterexample, Diagnosis, Result, SubmissionReport
    from cv_quiz.language import Language

# So many lines that the program printed are shown, unless one case is run alone.
PRINTED = 10
# Slower than the reference by this factor is worth a remark; by the second one where the time grows that steeply, too.
SLOW, SLOWER, STEEP = 20.0, 5.0, 2.6
# Marks that must not begin a line, and those that must not end one; a short list in brackets stays whole.
_CLOSING, _OPENING = "，。；：？！、）》」』】〉”’…", "（《「『【〈“‘"
_PIECES = re.compile(
    rf"\s+|\[*\[[^\[\]]{{1,30}}\][\],]*|[{_OPENING}]*[^\s\u2e80-\uffef{_OPENING}{_CLOSING}]+[{_CLOSING}]*|[{_OPENING}]*[\u2e80-\uffef][{_CLOSING}]*|."
)

# Encodings by the names that editors show.
ENCODINGS = {"gb18030": "GBK"}

VERDICTS = {
    "accepted": Text("通过", "accepted"),
    "wrong-answer": Text("答案错误", "wrong answer"),
    "runtime-error": Text("运行错误", "runtime error"),
    "time-limit": Text("超时", "time limit"),
    "memory-limit": Text("超出内存", "memory limit"),
    "missing": Text("没有找到函数", "no function found"),
    "judge-error": Text("判题程序出错", "error of the judge"),
}
_CASES = Text("{passed}/{total} 个用例", "{passed}/{total} cases")
_CONVENTION = Text("约定：{what}", "convention: {what}")
_CALLING = Text("调用：{what}", "calling: {what}")
_EXAMPLE = Text(
    "最小反例（由用例 {case} 化简，种子 {seed}）：", "smallest counterexample (from case {case}, seed {seed}):"
)
_ALONE = Text("用例 {case}（种子 {seed}）：", "case {case} (seed {seed}):")
_EXPECTED = Text("应为：{what}", "expected: {what}")
_GOT = Text("得到：{what}", "got:      {what}")
_REPEAT = Text("重现：", "repeat:")
_TIME = Text("用时是参考答案的 {ratio} 倍", "takes {ratio} times as long as the reference")
_GROWTH = Text("，随规模 n 约按 n^{exponent:.1f} 增长", ", growing like n^{exponent:.1f}")
_SLOW = Text("慢：试着减少循环，或向量化", "slow: try fewer loops, or whole arrays at once")
_HELPER = Text(
    "{function} 由 {caller} 调用，没有单独评判（要评判：--drill {drill}）",
    "{function} is called by {caller} and not judged on its own (--drill {drill} does)",
)
_MISSING_MODULES = Text(
    "没有安装的模块（以占位代替）：{names}", "modules that are not installed (placeholders stand in): {names}"
)
_SKIPPED = Text("跳过{where}：{source}", "{where} was skipped: {source}")
_BECAUSE = Text("原因：{reason}", "because: {reason}")
_ENCODING = Text("文件按 {encoding} 读取；请另存为 UTF-8", "the file was read as {encoding}; save it as UTF-8")
_PRINTED = Text("程序打印了：", "printed:")
_MORE = Text(
    "（还有 {count} 行；--case NAME 显示一个用例打印的内容）",
    "({count} more lines; --case NAME shows those of one case)",
)
_RIGHT_BUT = Text("答案都对，但是：", "the answers are right, but:")
_BUT_FOR = Text(
    "除了与约定的这些差别都是对的，但 --strict 不接受：",
    "right but for these differences from the contract, which --strict does not accept:",
)
_DRILLS = Text("练习有：{names}", "the drills are: {names}")


def _as_it_is(text: str, style: str) -> str:
    del style
    return text


def _unknown(path: Path, line: int) -> str:
    del path, line
    return ""


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: the language, the width in cells, how to measure, and whether ASCII alone is allowed.

    `draw(counterexample, picture)` draws one, `paint(text, style)` colours a line, `quote(path, line)` gives a
    line of the learner's file.
    """

    language: Language
    width: int
    cells: Callable[[str], int]
    ascii_only: bool
    draw: Callable[[Counterexample, str], list[str]] | None = None
    paint: Callable[[str, str], str] = _as_it_is
    quote: Callable[[Path, int], str] = _unknown

    def say(self, text: Text, **values: object) -> str:
        """A message in the language, with its fields filled in."""
        return text.format(**values).say(self.language)

    def mark(self, *, good: bool) -> str:
        """A tick or a cross."""
        if self.ascii_only:
            return "[ok]" if good else "[x]"
        return "✓" if good else "✗"

    def wrap(self, text: str, indent: int = 2, style: str = "") -> Iterator[str]:
        """Lines of at most `width` cells, nothing in them but what can be seen."""
        for line in self._wrapped(visible(text), indent):
            body = line.lstrip(" ")
            yield " " * (len(line) - len(body)) + (self.paint(body, style) if style else body)

    def _wrapped(self, text: str, indent: int) -> Iterator[str]:
        """Breaks stand at blanks, and between Chinese characters; a word that is wider than the line stays whole."""
        line = " " * indent
        for piece in _PIECES.findall(text):
            if line.strip() and self.cells(line + piece.rstrip()) > self.width:
                yield line.rstrip()
                line = " " * (indent + 2) + piece.lstrip()
            else:
                line += piece
        yield line.rstrip()

    def cut(self, text: str, indent: int = 2, style: str = "") -> str:
        """One line, cut off where it is too wide: for code, which must not be broken."""
        shown = " " * indent + visible(text)
        while self.cells(shown) > self.width:
            shown = shown.removesuffix("...")[:-1] + "..."
        body = shown.lstrip(" ")
        return " " * (len(shown) - len(body)) + (self.paint(body, style) if style else body)


def report_lines(report: SubmissionReport, style: Style) -> Iterator[str]:
    """The whole report, line by line."""
    yield from style.wrap(str(report.path), indent=0, style="strong")
    for result in report.results:
        yield from _result(report, result, style)
    yield from _around(report, style)


def _around(report: SubmissionReport, style: Style) -> Iterator[str]:
    """What else is in the file, what was met when it was loaded, and what it printed."""
    for helper in report.helpers:
        words = style.say(_HELPER, function=helper.function, drill=helper.drill, caller=helper.caller)
        yield from style.wrap(words, style="dim")
    if report.missing_modules:
        yield from style.wrap(style.say(_MISSING_MODULES, names=", ".join(report.missing_modules)), style="dim")
    if report.encoding:
        encoding = ENCODINGS.get(report.encoding, report.encoding)
        yield from style.wrap(style.say(_ENCODING, encoding=encoding), style="dim")
    yield from _skipped(report, style)
    printed = report.printed.rstrip().split("\n") if report.printed.strip() else []
    shown = printed if report.case else printed[:PRINTED]
    if shown:
        yield from style.wrap(style.say(_PRINTED))
    for line in shown:
        yield from style.wrap(line.replace("\t", "    "), indent=4)
    if len(shown) < len(printed):
        yield from style.wrap(style.say(_MORE, count=len(printed) - len(shown)), indent=4, style="dim")


def _skipped(report: SubmissionReport, style: Style) -> Iterator[str]:
    """The lines that were left out, each with what kept it from running; the reason once where it is the same."""
    before = ""
    for skipped in report.skipped:
        place = where(skipped.line, skipped.place)
        yield style.cut(style.say(_SKIPPED, where=place, source=skipped.source), style="dim")
        if skipped.reason and skipped.reason != before:
            yield from style.wrap(style.say(_BECAUSE, reason=diagnose_reason(skipped.reason)), indent=4, style="dim")
        before = skipped.reason


def _result(report: SubmissionReport, result: Result, style: Style) -> Iterator[str]:
    good = result.verdict == "accepted"
    function = f"({result.function})" if result.function not in {"", result.drill} else ""
    name = " ".join(filter(None, (result.drill, function)))
    cases = style.say(_CASES, passed=result.cases_passed, total=result.cases_total) if result.cases_total else ""
    head = [style.mark(good=good), name, style.say(VERDICTS[result.verdict]), cases]
    yield from style.wrap("  ".join(filter(None, head)), style="good" if good else "bad")
    if opening := _opening(result):
        yield from style.wrap(style.say(opening), indent=4)
    for item in result.diagnosis:
        yield from _diagnosis(report, item, style)
    if result.verdict == "missing" and not result.drill:
        yield from style.wrap(style.say(_DRILLS, names=", ".join(drills.names())), indent=6)
    if good or result.cases_passed:
        yield from _adapted(result, style)
    yield from _time(result, style)
    if result.counterexample is not None:
        yield from _counterexample(report, result, result.counterexample, style)


def _opening(result: Result) -> Text | None:
    """What stands before the diagnoses of answers that are right and yet not accepted."""
    if result.verdict != "wrong-answer" or not result.diagnosis:
        return None
    if {item.id for item in result.diagnosis} <= {*result.conventions, *result.calling}:
        return _BUT_FOR
    return _RIGHT_BUT if result.cases_passed == result.cases_total > 0 else None


def _diagnosis(report: SubmissionReport, item: Diagnosis, style: Style) -> Iterator[str]:
    """The cause, the line of the file where it shows, and what helps."""
    yield from style.wrap("- " + item.message.say(style.language), indent=4)
    source = style.quote(report.path, item.line).strip() if item.line is not None else ""
    if source:  # the message of a notebook says which cell
        number = "" if report.path.suffix.lower() == ".ipynb" else item.line
        yield style.cut(f"{number} | {source}".lstrip(), indent=6, style="code")
    if item.hint is not None:
        yield from style.wrap(("-> " if style.ascii_only else "→ ") + item.hint.say(style.language), indent=6)


def _adapted(result: Result, style: Style) -> Iterator[str]:
    """What was different and yet accepted; what a diagnosis already says is not said twice."""
    told = {item.id for item in result.diagnosis}
    for name in result.conventions:
        if name not in told:
            text = drills.load(result.drill).option(name).text
            yield from style.wrap(style.say(_CONVENTION, what=text), indent=4)
    for name in result.calling:
        if name not in told:
            yield from style.wrap(style.say(_CALLING, what=said(name)), indent=4)


def _time(result: Result, style: Style) -> Iterator[str]:
    if result.time_ratio is None:
        return
    ratio = f"{result.time_ratio:.0f}" if result.time_ratio >= 10 else f"{result.time_ratio:.2g}"
    text = style.say(_TIME, ratio=ratio)
    if result.growth_exponent is not None:
        text += style.say(_GROWTH, exponent=result.growth_exponent)
    yield from style.wrap(text, indent=4, style="dim")
    if result.time_ratio > (SLOWER if (result.growth_exponent or 0.0) > STEEP else SLOW):
        yield from style.wrap(style.say(_SLOW), indent=4)


def _counterexample(report: SubmissionReport, result: Result, found: Counterexample, style: Style) -> Iterator[str]:
    """The input, what is right and what came, drawn where it can be, and the command that repeats it.

    A command stands on a line of its own and is not broken: the terminal does that, so that it can be copied.
    """
    alone = bool(report.case)
    head = _ALONE if alone and result.verdict == "accepted" else _EXAMPLE
    yield from style.wrap(style.say(head, case=found.case, seed=found.seed), indent=4)
    for name, value in found.inputs.items():
        yield from style.wrap(f"{name} = {written(value)}", indent=6)
    yield from style.wrap(style.say(_EXPECTED, what=found.expected), indent=6)
    yield from style.wrap(
        style.say(_GOT, what=found.got), indent=6, style="" if result.verdict == "accepted" else "bad"
    )
    if style.draw is not None:
        yield from (f"      {line}".rstrip() for line in style.draw(found, drills.load(result.drill).picture))
    if found.step is not None and result.verdict != "accepted":
        yield from style.wrap(found.step.say(style.language), indent=6)
    if not alone:
        yield from style.wrap(style.say(_REPEAT), indent=4)
        yield f"      {style.paint(repeat_command(report, result, found), 'key')}"
