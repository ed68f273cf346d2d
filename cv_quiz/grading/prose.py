"""A report in words, for people at a terminal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz import drills
from cv_quiz.grading.calling.catalogue import said
from cv_quiz.grading.findings import repeat_command
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cv_quiz.grading.findings import Counterexample, Result, SubmissionReport
    from cv_quiz.language import Language

# More rows than this are cut off when an input is shown.
ROWS = 10
# Slower than the reference by this factor, or growing by this much faster, is worth a remark.
SLOW, STEEP = 20.0, 2.6

_VERDICTS = {
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
_EXAMPLE = Text("最小反例（用例 {case}，种子 {seed}）：", "smallest counterexample (case {case}, seed {seed}):")
_EXPECTED = Text("应为", "expected")
_GOT = Text("得到", "got")
_REPEAT = Text("重现：{command}", "repeat: {command}")
_TIME = Text("用时是参考答案的 {ratio:.2g} 倍", "takes {ratio:.2g} times as long as the reference")
_GROWTH = Text("，随规模 n 约按 n^{exponent:.1f} 增长", ", growing like n^{exponent:.1f}")
_SLOW = Text("慢：试着减少循环，或向量化", "slow: try fewer loops, or whole arrays at once")
_MISSING_MODULES = Text(
    "没有安装的模块（以占位代替）：{names}", "modules that are not installed (placeholders stand in): {names}"
)
_SKIPPED = Text("跳过第 {line} 行：{source}", "line {line} was skipped: {source}")
_PRINTED = Text("程序打印了：", "printed:")


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: the language, the width in cells, how to measure, and whether ASCII alone is allowed."""

    language: Language
    width: int
    cells: Callable[[str], int]
    ascii_only: bool
    draw: Callable[[Counterexample, str], list[str]] | None = None

    def say(self, text: Text, **values: object) -> str:
        """A message in the language, with its fields filled in."""
        return text.format(**values).say(self.language)

    def mark(self, *, good: bool) -> str:
        """A tick or a cross."""
        if self.ascii_only:
            return "[ok]" if good else "[x]"
        return "✓" if good else "✗"

    def wrap(self, text: str, indent: int = 2, hanging: int = 2) -> Iterator[str]:
        """Lines of at most `width` cells; breaks at blanks, and between Chinese characters."""
        line = " " * indent
        for piece in re.findall(r"\s+|[^\s\u2e80-\uffef]+|[\u2e80-\uffef]", text):
            if line.strip() and self.cells(line + piece.rstrip()) > self.width:
                yield line.rstrip()
                line = " " * (indent + hanging) + piece.lstrip()
            else:
                line += piece
        yield line.rstrip()


def report_lines(report: SubmissionReport, style: Style) -> Iterator[str]:
    """The whole report, line by line."""
    yield from style.wrap(str(report.path), indent=0)
    for result in report.results:
        yield from _result(report, result, style)
    if report.missing_modules:
        yield from style.wrap(style.say(_MISSING_MODULES, names=", ".join(report.missing_modules)))
    for skipped in report.skipped:
        yield from style.wrap(style.say(_SKIPPED, line=skipped.line, source=_clean(skipped.source)))
    if report.printed.strip():
        yield from style.wrap(style.say(_PRINTED))
        for line in report.printed.strip().splitlines()[:ROWS]:
            yield from style.wrap(_clean(line), indent=4)


def _result(report: SubmissionReport, result: Result, style: Style) -> Iterator[str]:
    name = " ".join(filter(None, (result.drill, f"({result.function})" if result.function else "")))
    verdict = style.say(_VERDICTS[result.verdict])
    cases = style.say(_CASES, passed=result.cases_passed, total=result.cases_total) if result.cases_total else ""
    head = [style.mark(good=result.verdict == "accepted"), name, verdict, cases]
    yield from style.wrap("  ".join(filter(None, head)))
    for item in result.diagnosis:
        yield from style.wrap("- " + _clean(item.message.say(style.language)), indent=4)
        if item.hint is not None:
            yield from style.wrap(("-> " if style.ascii_only else "→ ") + item.hint.say(style.language), indent=6)
    yield from _adapted(result, style)
    yield from _time(result, style)
    if result.counterexample is not None:
        yield from _counterexample(report, result, result.counterexample, style)


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
    text = style.say(_TIME, ratio=result.time_ratio)
    if result.growth_exponent is not None:
        text += style.say(_GROWTH, exponent=result.growth_exponent)
    yield from style.wrap(text, indent=4)
    if result.time_ratio > SLOW or (result.growth_exponent or 0.0) > STEEP:
        yield from style.wrap(style.say(_SLOW), indent=4)


def _counterexample(report: SubmissionReport, result: Result, found: Counterexample, style: Style) -> Iterator[str]:
    yield from style.wrap(style.say(_EXAMPLE, case=found.case, seed=found.seed), indent=4)
    for name, value in found.inputs.items():
        yield from style.wrap(f"{name} = {written(value)}", indent=6)
    for label, value in ((_EXPECTED, found.expected), (_GOT, found.got)):
        yield from style.wrap(f"{style.say(label)}: {_clean(value)}", indent=6)
    if found.step is not None:
        yield from style.wrap(found.step.say(style.language), indent=6)
    if style.draw is not None and result.drill:
        yield from ("    " + line for line in style.draw(found, drills.load(result.drill).picture))
    yield from style.wrap(style.say(_REPEAT, command=repeat_command(report, result, found)), indent=4)


def written(value: Any) -> str:
    """A value as a person would write it: short numbers, and only the first rows of many."""
    if isinstance(value, np.ndarray) and value.ndim:
        rows = [written(row) for row in value[:ROWS]]
        return "[" + ", ".join(rows) + (", ...]" if len(value) > ROWS else "]")
    return f"{float(value):.6g}" if isinstance(value, float | np.floating | np.ndarray) else str(value)


def _clean(text: str) -> str:
    """A text without control characters: nothing of the learner's reaches the terminal raw."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "C" or letter == "\t")
