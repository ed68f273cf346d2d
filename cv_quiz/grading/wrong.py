"""From wrong answers to diagnoses: the known mistakes first, then what can be said of any wrong answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.grading.calling import READERS
from cv_quiz.grading.diagnosis import explanations, nearest
from cv_quiz.grading.failures import diagnose_raising, fault
from cv_quiz.grading.fit import Run, evaluate, read_run
from cv_quiz.grading.generic import constant_answer, in_common, is_constant, kind_of_output, manner
from cv_quiz.grading.implied import wrong_decay, wrong_overlap
from cv_quiz.grading.repeat import repeated
from cv_quiz.grading.session import touched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.diagnosis import Explanation
    from cv_quiz.grading.findings import Diagnosis
    from cv_quiz.grading.fit import Fit
    from cv_quiz.grading.session import Session

# Further seeds whose cases may separate mistakes that agree on all cases so far.
SEEDS = 4


def explain_wrong(session: Session, run: Run, fit: Fit) -> tuple[list[Diagnosis], Explanation | None]:
    """What is wrong, the cause first; and the mistake that explains all answers, where one does."""
    found = _changed(session, run)
    again = repeated(session, run, fit)
    if again is not None:
        return [fault(again), *found], None
    if is_constant(session.oracle, run, fit):
        return [constant_answer(), *found], None
    explanation = _explanation(session, run, fit)
    if explanation is not None:
        found = [*explanation.diagnoses(), *found]
    elif not _unraised_only(run, fit):
        found = [_some(session, run, fit), *found] if not _raised_only(run, fit) else found
    raising = diagnose_raising(run.cases, run.replies)
    return [*found, *_unraised(run, fit), *raising], explanation


def _some(session: Session, run: Run, fit: Fit) -> Diagnosis:
    """The best that can be said where no mistake explains everything."""
    oracle = session.oracle
    return (
        kind_of_output(run, fit.reading)
        or nearest(oracle, fit, run)
        or in_common(run, fit)
        or wrong_overlap(session, run, fit)
        or wrong_decay(session, run, fit)
        or manner(oracle, run, fit)
    )


def _raised_only(run: Run, fit: Fit) -> bool:
    """Whether all that is wrong is that some calls failed."""
    return all(passed or reply.status != "ok" for passed, reply in zip(fit.passed, run.replies, strict=True))


def _unraised_only(run: Run, fit: Fit) -> bool:
    """Whether all that is wrong is an exception that was to be raised."""
    return all(passed or case.raises for passed, case in zip(fit.passed, run.cases, strict=True))


def _unraised(run: Run, fit: Fit) -> list[Diagnosis]:
    missed = [case for passed, case in zip(fit.passed, run.cases, strict=True) if case.raises and not passed]
    return [fault("does-not-raise", type=missed[0].raises)] if missed else []


def _changed(session: Session, run: Run) -> list[Diagnosis]:
    roles = changed_roles(session, run) - session.drill.in_place
    return [fault("input-changed", roles=", ".join(sorted(roles)))] if roles else []


def changed_roles(session: Session, run: Run) -> frozenset[str]:
    """The inputs that the function changed in any call."""
    return frozenset().union(*(touched(run, at, session.seed) for at in range(len(run.cases)))) - {"classes"}


def _explanation(session: Session, run: Run, fit: Fit) -> Explanation | None:
    """The mistake that explains all answers; where several do, more cases are asked until one is left."""
    readings = list(read_run(READERS[session.drill.gives], run))
    failing = [case for case, passed in zip(run.cases, fit.passed, strict=True) if not passed]
    left = explanations(session.oracle, run, readings, failing)
    if len({item.ids for item in left}) > 1:
        left = _separated(session, run, left)
    return left[0] if left else None


def _separated(session: Session, run: Run, left: list[Explanation]) -> list[Explanation]:
    """Ask cases of other seeds on which the mistakes disagree, one by one."""
    for seed in range(session.seed + 1, session.seed + 1 + SEEDS):
        for case in session.drill.cases(np.random.default_rng(seed)):
            if "large" in case.tags or not _disagree(session, case, left):
                continue
            left = _still_right(session, run, case, left) or left
            if len({item.ids for item in left}) == 1:
                return left
    return left


def _disagree(session: Session, case: Case, left: Sequence[Explanation]) -> bool:
    answers = [evaluate(session.drill, item.function, case.inputs, item.point.keywords) for item in left]
    return any(str(answer) != str(answers[0]) for answer in answers)


def _still_right(session: Session, run: Run, case: Case, left: Sequence[Explanation]) -> list[Explanation]:
    one = Run(run.layout, (case,), (session.ask(run.layout, case, may_end=False),))
    kept = []
    for item in left:
        outcome: Any = next(iter(read_run([item.reading.reader], one))).outcomes[0]
        if session.oracle.agrees(item.function, item.point, case, outcome):
            kept.append(item)
    return kept
