"""One case judged alone, with what its call prints: the way to look into a counterexample.

Where the answer is wrong, it is the same smallest input that the whole judgement shows, and the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.grading.attempt import Attempt, attempt_of, best_attempt
from cv_quiz.grading.counterexample import as_answered, smallest
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
    from cv_quiz.grading.diagnosis import Explanation
    from cv_quiz.grading.findings import Diagnosis, Result, Verdict
    from cv_quiz.grading.fit import Outcome
    from cv_quiz.grading.session import Session


def find_case(drill: Drill, name: str, seed: int) -> Case | None:
    """A case by its name and seed, of whatever origin; None where there is none."""
    named = (case for case in (*oracle_for(drill, seed).cases, *timed(drill, seed).cases) if case.name == name)
    return next(named, None) or unforeseen_case(drill, name, seed)


def judge_case(session: Session, case: Case, *, strict: bool) -> Result:
    """Judge one case, under the reading and the conventions that suit all of them; made smaller where it comes out wrong.

    Prints of the other calls are forgotten.
    """
    view = _quietly(session)
    if view is None:
        return uncallable(session)
    session.take([case], session.seed)
    attempt = _asked_alone(session, view, case, strict=strict)
    if not attempt.right and "large" not in case.tags and attempt.run.replies[0].status not in FATAL:
        smaller = smallest(session, attempt.run, attempt.fit, view.explanation)
        attempt = _asked_alone(session, view, smaller, strict=strict)
    run, got = attempt.run, attempt.fit.reading.outcomes[0]
    shown = as_answered(session, attempt.fit, run.cases[0], got, run.replies[0])
    return replace(_result(session, view, attempt, strict=strict), counterexample=shown)


@dataclass(frozen=True, slots=True)
class _View:
    """What is known of a function from all its small cases: how it is called and read, and what explains its mistakes.

    `told` is what is said of it, `failed` are the names of the cases that came out wrong.
    """

    attempt: Attempt
    told: tuple[Diagnosis, ...] = ()
    explanation: Explanation | None = None
    failed: frozenset[str] = frozenset()


def _quietly(session: Session) -> _View | None:
    """How a function does on its small cases; None where it cannot be called."""
    small = [case for case in session.cases if "large" not in case.tags]
    try:
        attempt = best_attempt(session, small)
    except Ended as end:
        return _View(attempt_of(session, end.run))
    if attempt is None or attempt.right:
        return None if attempt is None else _View(attempt)
    from cv_quiz.grading.wrong import explain_wrong  # noqa: PLC0415  only where something is wrong

    told, explanation = explain_wrong(session, attempt.run, attempt.fit)
    attempt = as_explained(session, attempt, explanation)
    pairs = zip(attempt.run.cases, attempt.fit.passed, strict=True)
    return _View(attempt, tuple(told), explanation, frozenset(case.name for case, passed in pairs if not passed))


def _asked_alone(session: Session, view: _View, case: Case, *, strict: bool) -> Attempt:
    """The answer to one case from a process that was asked nothing before."""
    session.submission.restart()
    session.printed.clear()
    layout, fit = view.attempt.run.layout, view.attempt.fit
    run = Run(layout, (case,), (session.ask(layout, case, may_end=False),))
    got = run.outcome(fit.reading.reader, 0)
    point = Point({}) if strict else fit.point
    passed = session.oracle.passed(point, run.cases, (got,))
    return Attempt(run, Fit(Reading(fit.reading.reader, (got,)), point, passed))


def _result(session: Session, view: _View, attempt: Attempt, *, strict: bool) -> Result:
    result = replace(result_of(session, attempt, "accepted"), cases_passed=int(attempt.right), cases_total=1)
    found = _diagnoses(session, view, attempt) + (differences(session, result) if strict else [])
    if attempt.right and view.failed & {case.name for case in attempt.run.cases}:
        return replace(result, diagnosis=(fault("state-kept"), *found))
    if attempt.right and not found:
        return result
    return replace(result, verdict=_verdict(attempt), diagnosis=tuple(found))


def _verdict(attempt: Attempt) -> Verdict:
    status = attempt.run.replies[0].status
    if status in FATAL:
        return "time-limit" if status == "time-limit" else "memory-limit"
    return "wrong-answer" if status == "ok" or attempt.right else "runtime-error"


def _diagnoses(session: Session, view: _View, attempt: Attempt) -> list[Diagnosis]:
    """What can be said of one answer: what is said of all, where that is of this one too."""
    run, reading = attempt.run, attempt.fit.reading
    changed = session.changed_roles(run) - session.drill.in_place
    found = [fault("input-changed", roles=", ".join(sorted(changed)))] if changed else []
    if attempt.right:
        return found
    answered = run.replies[0].status == "ok"
    if answered and view.told and (view.explanation is None or _explains(session, view.explanation, run)):
        return list(view.told)
    return [*_of_wrong(session, attempt, run.cases[0], reading.outcomes[0]), *found]


def _explains(session: Session, explanation: Explanation, run: Run) -> bool:
    """Whether a mistake gives the one answer of a run."""
    got = run.outcome(explanation.reading.reader, 0)
    return session.oracle.agrees(explanation.function, explanation.point, run.cases[0], got)


def _of_wrong(session: Session, attempt: Attempt, case: Case, got: Outcome) -> list[Diagnosis]:
    run, reply = attempt.run, attempt.run.replies[0]
    if reply.status in FATAL:
        return [fault(reply.status, case=case.name) if reply.status == "time-limit" else fault("memory-limit")]
    if case.raises and not isinstance(got, Raised):
        return [fault("does-not-raise", type=case.raises)]
    if reply.status != "ok":
        return diagnose_raising(run.cases, run.replies)
    return [kind_of_output(run, attempt.fit.reading) or manner(session.oracle, run, attempt.fit)]
