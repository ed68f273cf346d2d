"""The judge: finds the functions of a file, asks them, and says what is right and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz import drills
from cv_quiz.errors import CvquizError, UsageError
from cv_quiz.grading.alone import find_case, judge_case
from cv_quiz.grading.calling.targets import label_of, matching, near_misses
from cv_quiz.grading.failures import diagnose_failure, fault
from cv_quiz.grading.findings import Diagnosis, Result, SubmissionReport
from cv_quiz.grading.fit import oracle_for
from cv_quiz.grading.helpers import roots_and_helpers
from cv_quiz.grading.opinion import judge_function
from cv_quiz.grading.session import FATAL, Session
from cv_quiz.grading.unwritten import has_no_body, is_blank
from cv_quiz.grading.visible import visible
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.calling.targets import Target
    from cv_quiz.grading.exchange import Inspection
    from cv_quiz.grading.findings import Verdict
    from cv_quiz.grading.session import Submission, Worker


@dataclass(frozen=True, slots=True)
class _Options:
    strict: bool
    seed: int
    case: str
    counterexample: bool
    path: Path


# So many functions are named where none is a drill's, each with so many letters.
NAMED, NAMED_LETTERS = 5, 40


def grade_file(  # noqa: PLR0913 - the options of one command
    worker: Worker,
    path: Path,
    *,
    drill: str | None = None,
    strict: bool = False,
    seed: int = 0,
    case: str | None = None,
    counterexample: bool = True,
) -> SubmissionReport:
    """Judge one file: every drill whose function is in it, or the one asked for.

    With `case` only that case is judged, and only what it prints is told. Raises UsageError where there is no such
    drill or case, and whatever `worker.open` raises where the file cannot be read.
    """
    wanted = [drills.find(drill)] if drill else list(drills.every())
    options = _Options(strict, seed, case or "", counterexample, path)
    submission = worker.open(path)
    try:
        inspection = submission.inspect()
        found = [
            (item, target)
            for item in wanted
            for target in matching(item, inspection.functions, asked=drill is not None)
        ]
        judged, helpers = roots_and_helpers(found, inspection.functions)
        if options.case:
            judged = _with_case(judged, wanted, options)
        printed: list[str] = []
        results = _judge(submission, inspection, wanted, judged, options, asked=drill is not None, printed=printed)
    finally:
        submission.close()
    return SubmissionReport(
        path=path,
        results=tuple(_if_blank(result, path) for result in results),
        skipped=inspection.skipped,
        missing_modules=inspection.missing_modules,
        printed="".join(printed) if options.case else inspection.printed + "".join(printed),
        failure=inspection.failure,
        seed=seed,
        strict=strict,
        drill=drill or "",
        case=options.case,
        helpers=helpers,
        encoding=inspection.encoding,
    )


def _with_case(
    found: Sequence[tuple[Drill, Target]], wanted: Sequence[Drill], options: _Options
) -> list[tuple[Drill, Target]]:
    """The functions whose drill has the case; UsageError where none of the drills in question has it."""
    having = [(drill, target) for drill, target in found if find_case(drill, options.case, options.seed)]
    asked = list(dict.fromkeys(drill.name for drill, _ in found)) or [drill.name for drill in wanted]
    if (found and not having) or not any(find_case(drill, options.case, options.seed) for drill in wanted):
        text = Text("练习 {drill} 没有名为「{case}」的用例", "the drill {drill} has no case called '{case}'")
        raise UsageError(text.format(drill=", ".join(asked), case=options.case))
    return having


def _judge(  # noqa: PLR0913 - the parts of one file
    submission: Submission,
    inspection: Inspection,
    wanted: Sequence[Drill],
    found: Sequence[tuple[Drill, Target]],
    options: _Options,
    *,
    asked: bool,
    printed: list[str],
) -> list[Result]:
    if inspection.status != "ok" or (inspection.failure is not None and not found):
        return _not_loaded(inspection, wanted, found)
    if not found:
        return [_missing(drill, inspection) for drill in wanted] if asked else [_nothing(wanted, inspection)]
    return list(_first_accepted(_judged(submission, found, options, printed)))


def _judged(
    submission: Submission, found: Iterable[tuple[Drill, Target]], options: _Options, printed: list[str]
) -> Iterable[tuple[Target, Result]]:
    """Judge one function after the other, each from a clean state."""
    ended: Verdict | None = None
    for number, (drill, target) in enumerate(found):
        if ended is not None:
            yield target, _not_reached(drill, target, ended)
            continue
        if number:
            submission.restart()
        session = Session(submission, oracle_for(drill, options.seed), target, options.seed)
        result = _if_unwritten(_safely(session, options), target, options.path)
        printed += session.printed
        ended = result.verdict if result.verdict in FATAL else None
        yield target, result


def _not_reached(drill: Drill, target: Target, verdict: Verdict) -> Result:
    """A submission ends at its first limit: what stands behind the function that reached it is not judged."""
    message = Text(
        "没有评判：这个文件在前一个函数上已经超过限制",
        "not judged: the file reached its limit in a function before this one",
    )
    return Result(drill.name, target.label, verdict, diagnosis=(Diagnosis("not-reached", message),))


def _safely(session: Session, options: _Options) -> Result:
    """A fault of the judge's own is told as one, and stops neither the other functions nor the other files."""
    try:
        case = find_case(session.drill, options.case, options.seed) if options.case else None
        if case is not None:
            return judge_case(session, case, strict=options.strict)
        return judge_function(session, strict=options.strict, counterexample=options.counterexample)
    except CvquizError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not look like the learner's fault
        message = Text("判题程序出错，请报告：{what}", "the judge itself failed, please report it: {what}")
        words = message.format(what=f"{type(error).__name__}: {error}"[:300])
        return Result(
            session.drill.name, session.target.label, "judge-error", diagnosis=(Diagnosis("judge-error", words),)
        )


def _first_accepted(judged: Iterable[tuple[Target, Result]]) -> Iterable[Result]:
    """A function whose name fits several drills counts as the one that suits it best."""
    by_function: dict[tuple[str, str], Result] = {}
    for target, result in judged:
        key = (target.function.owner, target.function.name)
        if key not in by_function or _suits(result) < _suits(by_function[key]):
            by_function[key] = result
    return by_function.values()


def _suits(result: Result) -> tuple[bool, bool, float, int]:
    """The less, the better: of the right kind, accepted, right on more of the cases, with less adapting.

    What makes a table of a single pair is a function of tables, right or wrong.
    """
    wrong = 1 - result.cases_passed / result.cases_total if result.cases_total else 1.0
    adapted = len(result.calling) + len(result.conventions)
    return "table-of-one" in result.calling, result.verdict != "accepted", wrong, adapted


def _not_loaded(inspection: Inspection, wanted: Sequence[Drill], found: Sequence[tuple[Drill, Target]]) -> list[Result]:
    """The file could not be loaded: the same verdict for every function in it, or for the file as a whole."""
    verdict: Verdict = "runtime-error"
    diagnosis = diagnose_failure(inspection.failure) if inspection.failure else fault("died")
    if inspection.status in FATAL:
        verdict = "time-limit" if inspection.status == "time-limit" else "memory-limit"
        diagnosis = fault("import-time-limit" if verdict == "time-limit" else verdict)
    if found:
        return [Result(drill.name, target.label, verdict, diagnosis=(diagnosis,)) for drill, target in found]
    return [Result(wanted[0].name if len(wanted) == 1 else "", "", verdict, diagnosis=(diagnosis,))]


def _missing(drill: Drill, inspection: Inspection) -> Result:
    near = near_misses(drill, inspection.functions)
    message = Text("文件里没有 {drill} 这个练习的函数{there}", "the file has no function for the drill {drill}{there}")
    if near:
        message = Text(
            "文件里没有 {drill} 这个练习的函数；名字最接近的是 {near}",
            "the file has no function for the drill {drill}; the nearest name is {near}",
        )
    words = message.format(drill=drill.name, near=", ".join(near), there=_there(inspection))
    return _missing_result(drill.name, words, Text("把函数命名为 {drill}。", "Call the function {drill}."), drill.name)


def _nothing(wanted: Sequence[Drill], inspection: Inspection) -> Result:
    near = [(name, drill.name) for drill in wanted for name in near_misses(drill, inspection.functions)]
    message = Text("文件里没有任何练习的函数{there}", "the file has no function of any drill{there}")
    if near:
        message = Text(
            "文件里没有任何练习的函数；{name} 是 {drill} 吗？",
            "the file has no function of any drill; is {name} meant for {drill}?",
        ).format(name=near[0][0], drill=near[0][1])
    hint = Text(
        "把函数命名为练习的名字，或用 --drill {drill} 指明。",
        "Give the function the drill's name, or say --drill {drill}.",
    )
    return _missing_result("", message.format(there=_there(inspection)), hint, near[0][1] if near else "NAME")


def _there(inspection: Inspection) -> Text:
    """The first functions that are there, as the rest of a sentence; nothing where there are none."""
    functions = [function for function in inspection.functions if not function.name.startswith("_")]
    names = list(dict.fromkeys(map(label_of, functions)))
    if not names:
        return Text("", "")
    named = ", ".join(visible(name[:NAMED_LETTERS]) for name in names[:NAMED]) + ", ..." * (len(names) > NAMED)
    return Text("；文件里有 {names}", "; what is there: {names}").format(names=named)


def _missing_result(drill: str, message: Text, hint: Text, example: str) -> Result:
    return Result(drill, "", "missing", diagnosis=(Diagnosis("missing", message, hint.format(drill=example)),))


def _if_blank(result: Result, path: Path) -> Result:
    """A file in which nothing stands is told as one."""
    if result.verdict != "missing" or not is_blank(path):
        return result
    hint = Text("是不是没有保存，或者选错了文件？", "Was it saved, and is it the right file?")
    return replace(result, diagnosis=(Diagnosis("missing", Text("文件是空的", "the file is empty"), hint),))


def _if_unwritten(result: Result, target: Target, path: Path) -> Result:
    """A function that returns None because it has no body is not written yet, rather than wrong."""
    silent = any(item.id == "returned-nothing" for item in result.diagnosis)
    if not silent or target.also or not has_no_body(path, target.function.line):
        return result
    return replace(result, diagnosis=(fault("not-written-yet"),), counterexample=None)
