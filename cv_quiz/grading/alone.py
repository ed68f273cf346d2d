"""One case judged alone, with what its call prints: the way to look into a counterexample."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.grading.attempt import Attempt, attempt_of, best_attempt
from cv_quiz.grading.counterexample import as_answered
from cv_quiz.grading.failures import diagnose_raising, fault
from cv_quiz.grading.fit import Fit, Raised, Reading, Run, oracle_for
from cv_quiz.grading.generic import kind_of_output, manner
from cv_quiz.grading.opinion import as_explained, differences, result_of, uncallable
from cv_quiz.grading.points import Point
from cv_quiz.grading.session import FATAL, Ended
from cv_quiz.grading.timing import timed
from cv_quiz.grading.unforeseen import unforeseen_case

if TYPE_CHECKING:
    from cv_quiz.drills.contract import Case, Drill
    from cv_quiz.grading.findings import Diagnosis, Result, Verdict
    from cv_quiz.grading.fit import Outcome
    from cv_quiz.grading.session import Session


def find_case(drill: Drill, name: str, seed: int) -> Case | None:
    """A case by its name and seed, of whatever origin; None where there is none."""
    named = (case for case in (*oracle_for(drill, seed).cases, *timed(drill, seed).cases) if case.name == name)
    return next(named, None) or unforeseen_case(drill, name, seed)


def judge_case(session: Session, case: Case, *, strict: bool) -> Result:
    """Judge one case, under the reading and the conventions that suit all the others.

    Prints of the other calls are forgotten. No mistake is named: one case fits many.
    """
    view = _quietly(session, case)
    if view is None:
        return uncallable(session)
    session.take([case], session.seed)
    session.submission.restart()
    session.printed.clear()
    layout, reader = view.run.layout, view.fit.reading.reader
    run = Run(layout, (case,), (session.ask(layout, case, may_end=False),))
    got = run.outcome(reader, 0)
    point = Point({}) if strict else view.fit.point
    passed = session.oracle.passed(point, run.cases, (got,))
    attempt = Attempt(run, Fit(Reading(reader, (got,)), point, passed))
    shown = as_answered(session, attempt.fit, case, got, run.replies[0])
    return replace(_result(session, attempt, strict=strict), counterexample=shown)


def _quietly(session: Session, case: Case) -> Attempt | None:
    """How the function is called and read, and its conventions: the best view of the other small cases."""
    others = [other for other in session.cases if other.name != case.name and "large" not in other.tags]
    try:
        attempt = best_attempt(session, others)
    except Ended as end:
        return attempt_of(session, end.run)
    if attempt is None or attempt.right:
        return attempt
    from cv_quiz.grading.wrong import explain_wrong  # noqa: PLC0415  only where something is wrong

    return as_explained(session, attempt, explain_wrong(session, attempt.run, attempt.fit)[1])


def _result(session: Session, attempt: Attempt, *, strict: bool) -> Result:
    result = result_of(session, attempt, "accepted")
    found = _diagnoses(session, attempt) + (differences(session, result) if strict else [])
    if attempt.right and not found:
        return result
    return replace(result, verdict=_verdict(attempt), diagnosis=tuple(found))


def _verdict(attempt: Attempt) -> Verdict:
    status = attempt.run.replies[0].status
    if status in FATAL:
        return "time-limit" if status == "time-limit" else "memory-limit"
    return "wrong-answer" if status == "ok" or attempt.right else "runtime-error"


def _diagnoses(session: Session, attempt: Attempt) -> list[Diagnosis]:
    """What can be said of one answer."""
    run, reading = attempt.run, attempt.fit.reading
    changed = session.changed_roles(run) - session.drill.in_place
    found = [fault("input-changed", roles=", ".join(sorted(changed)))] if changed else []
    return found if attempt.right else [*_of_wrong(session, attempt, run.cases[0], reading.outcomes[0]), *found]


def _of_wrong(session: Session, attempt: Attempt, case: Case, got: Outcome) -> list[Diagnosis]:
    run, reply = attempt.run, attempt.run.replies[0]
    if reply.status in FATAL:
        return [fault(reply.status, case=case.name) if reply.status == "time-limit" else fault("memory-limit")]
    if case.raises and not isinstance(got, Raised):
        return [fault("does-not-raise", type=case.raises)]
    if reply.status != "ok":
        return diagnose_raising(run.cases, run.replies)
    return [kind_of_output(run, attempt.fit.reading) or manner(session.oracle, run, attempt.fit)]
