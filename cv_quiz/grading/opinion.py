"""The verdict on one function, from its answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.grading import timing
from cv_quiz.grading.attempt import Attempt, attempt_of, best_attempt, best_view, confirmed
from cv_quiz.grading.calling.catalogue import is_strict, said
from cv_quiz.grading.failures import diagnose_failure, fault
from cv_quiz.grading.findings import Diagnosis, Result
from cv_quiz.grading.points import Point
from cv_quiz.grading.session import Ended

if TYPE_CHECKING:
    from cv_quiz.grading.diagnosis import Explanation
    from cv_quiz.grading.exchange import Failure
    from cv_quiz.grading.findings import Verdict
    from cv_quiz.grading.fit import Fit, Run
    from cv_quiz.grading.session import Session


# What NumPy warns of.
WITHOUT_OUT = "'where' used without 'out'"
# A convention of a wrong function is named where so many cases more come out right with it.
GAINED = 2
# So small a share of right answers is what a wrong way to call gives.
NEXT_TO_NOTHING = 0.2
# Of how a function is called, and under which conventions it works, something is known where this share comes out right.
KNOWN = 0.5


def judge_function(session: Session, *, strict: bool, counterexample: bool) -> Result:
    """Judge one function on all cases of its drill."""
    try:
        attempt = best_attempt(session, session.cases)
        if attempt is None:
            return uncallable(session)
        judge = _right if attempt.right else _wrong
        return judge(session, attempt, strict=strict, counterexample=counterexample)
    except Ended as end:
        return at_limit(session, end)


def _right(session: Session, attempt: Attempt, *, strict: bool, counterexample: bool) -> Result:
    """All answers are right: what is left are cases that nobody could foresee, in a fresh process, and large inputs."""
    session.submission.restart()
    attempt = confirmed(session, attempt)
    judge = _sized if attempt.right else _wrong
    return judge(session, attempt, strict=strict, counterexample=counterexample)


def _sized(session: Session, attempt: Attempt, *, strict: bool, counterexample: bool) -> Result:
    """The last look: large inputs, whose answers count too. The conventions found by now are the final ones."""
    timed = timing.ask_timed(session, attempt)
    wrong = timing.wrong_when_large(session, attempt, timed)
    if wrong is not None:
        session.take([wrong], session.seed)
        attempt = attempt_of(session, attempt.run.and_then(timed.only(wrong)))
        if not attempt.right:
            return _wrong(session, attempt, strict=strict, counterexample=counterexample)
    result, found = _remarks(session, attempt, strict=strict)
    if found:
        return _faulty(session, attempt, result, found, strict=strict, counterexample=counterexample)
    times = timing.times(session, attempt, timed)
    remarks = tuple(_unwritten(session))
    return replace(result, diagnosis=remarks, time_ratio=times.ratio, growth_exponent=times.exponent)


def _unwritten(session: Session) -> list[Diagnosis]:
    """That numbers are read which nobody wrote: right by luck, as far as they count."""
    return [fault("unwritten-memory")] if any(WITHOUT_OUT in text for text in session.printed) else []


def _remarks(session: Session, attempt: Attempt, *, strict: bool) -> tuple[Result, list[Diagnosis]]:
    """The result where nothing else is found, and what is to be said of right answers: changed arguments, differences."""
    result = result_of(session, attempt, "accepted")
    changed = session.changed_roles(attempt.run)
    if changed and changed <= session.drill.in_place:
        result = replace(result, calling=tuple(dict.fromkeys((*result.calling, "in-place"))))
    found = []
    if changed - session.drill.in_place:
        found.append(fault("input-changed", roles=", ".join(sorted(changed))))
    return result, [*found, *(differences(session, result) if strict else ())]


def _faulty(
    session: Session, attempt: Attempt, result: Result, found: list[Diagnosis], *, strict: bool, counterexample: bool
) -> Result:
    """Right answers that are not accepted; in strict mode with a case on which the stated contract is broken."""
    result = replace(result, verdict="wrong-answer", diagnosis=tuple(found))
    if not strict:
        return result
    point = Point({})
    passed = session.oracle.passed(point, attempt.run.cases, attempt.fit.reading.outcomes)
    fit = replace(attempt.fit, point=point, passed=passed)
    counted, total = _counted(session, attempt.run, fit)
    result = replace(result, cases_passed=counted, cases_total=total)
    if not counterexample:
        return result
    from cv_quiz.grading.counterexample import find_counterexample  # noqa: PLC0415  only where something is wrong

    return replace(result, counterexample=find_counterexample(session, attempt.run, fit))


def differences(session: Session, result: Result) -> list[Diagnosis]:
    """Every difference from the stated contract, as `--strict` wants it."""
    found = [Diagnosis(name, session.drill.option(name).text) for name in result.conventions]
    return found + [Diagnosis(name, said(name)) for name in result.calling if is_strict(name)]


def _wrong(session: Session, attempt: Attempt, *, strict: bool, counterexample: bool) -> Result:
    from cv_quiz.grading.counterexample import find_counterexample  # noqa: PLC0415  only where something is wrong
    from cv_quiz.grading.wrong import explain_wrong  # noqa: PLC0415  half of the judge

    if failure := _got_round(session, attempt):
        result = replace(result_of(session, attempt, "runtime-error"), conventions=(), calling=())
        return replace(result, diagnosis=(diagnose_failure(failure),))
    found, explanation = explain_wrong(session, attempt.run, attempt.fit)
    attempt = as_explained(session, attempt, explanation)
    result = result_of(session, attempt, _verdict_of(attempt))
    if explanation is None and not _well_known(session, attempt):
        result = replace(result, conventions=(), calling=())
    found = [*_unwritten(session), *found]
    result = replace(result, diagnosis=(*found, *(differences(session, result) if strict else ())))
    if not counterexample or all(reply.status != "ok" for reply in attempt.run.replies):
        return result
    shown = find_counterexample(session, attempt.run, attempt.fit, explanation)
    return replace(result, counterexample=shown)


def _well_known(session: Session, attempt: Attempt) -> bool:
    """Whether enough comes out right to speak of conventions, and more than comes out right without them."""
    if attempt.fit.count < KNOWN * len(attempt.fit.passed):
        return False
    plain = session.oracle.passed(Point({}), attempt.run.cases, attempt.fit.reading.outcomes)
    return not attempt.fit.point.ids or attempt.fit.count >= sum(plain) + GAINED


def _got_round(session: Session, attempt: Attempt) -> Failure | None:
    """The failure of the likeliest way to call, where another form or axes got round it with next to nothing right."""
    if session.plainly is None or attempt.fit.count >= NEXT_TO_NOTHING * len(attempt.fit.passed):
        return None
    layout, failure = session.plainly
    other = attempt.run.layout
    alike = (layout.container, layout.packing) == (other.container, other.packing)
    return failure if alike and (layout.form, layout.axes) != (other.form, other.axes) else None


def as_explained(session: Session, attempt: Attempt, explanation: Explanation | None) -> Attempt:
    """The attempt under the conventions of the mistake that explains it."""
    if explanation is None:
        return attempt
    passed = session.oracle.passed(explanation.point, attempt.run.cases, attempt.fit.reading.outcomes)
    return replace(attempt, fit=replace(attempt.fit, point=explanation.point, passed=passed))


def _verdict_of(attempt: Attempt) -> Verdict:
    """Where the only trouble is that calls fail it is an error of the program, else a wrong answer."""
    failing = [at for at, passed in enumerate(attempt.fit.passed) if not passed]
    return "runtime-error" if all(attempt.run.replies[at].status != "ok" for at in failing) else "wrong-answer"


def result_of(session: Session, attempt: Attempt, verdict: Verdict) -> Result:
    """A result with what is known without a diagnosis."""
    passed, total = _counted(session, attempt.run, attempt.fit)
    return Result(
        drill=session.drill.name,
        function=session.target.label,
        verdict=verdict,
        conventions=attempt.fit.point.ids,
        calling=attempt.calling,
        cases_passed=passed,
        cases_total=total,
    )


def _counted(session: Session, run: Run, fit: Fit) -> tuple[int, int]:
    """How many cases came out right, of how many.

    The drill's own cases are counted, whether they were reached or not; where nothing else is wrong, those of the others
    that came out wrong, too.
    """
    own = session.own_cases(run.layout)
    passed = {case.name for case, right in zip(run.cases, fit.passed, strict=True) if right}
    others = {case.name for case in run.cases} - passed if own <= passed else set()
    return len(passed & own), len(own | others)


def uncallable(session: Session) -> Result:
    """No layout could even be filled."""
    parameters = ", ".join(parameter.name for parameter in session.target.function.parameters)
    signature = f"{session.drill.name}({', '.join(session.drill.takes)})"
    found = fault("wrong-arguments", message=f"{session.target.label}({parameters})", signature=signature)
    return Result(session.drill.name, session.target.label, "runtime-error", diagnosis=(found,))


def at_limit(session: Session, end: Ended) -> Result:
    """The submission has used up its time or memory: what came out right before counts."""
    slow = end.reply.status == "time-limit"
    found = fault("memory-limit")
    if slow and end.reply.used_up:
        found = fault("submission-limit", case=end.case.name)
    elif slow:
        found = fault("too-slow" if "large" in end.case.tags else "time-limit", case=end.case.name)
    reached = Attempt(end.run, best_view(session, end.run))
    result = result_of(session, reached, "time-limit" if slow else "memory-limit")
    return replace(result, conventions=(), diagnosis=(found,))
