"""From wrong answers to diagnoses: the known mistakes first, then what can be said of any wrong answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.grading.calling import READERS
from cv_quiz.grading.diagnosis import EDGES, agreement, explanations, most_like, nearest
from cv_quiz.grading.failures import common_tag, diagnose_raising, fault
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import Oracle, Run, evaluate, read_run
from cv_quiz.grading.generic import (
    MOST,
    also_on,
    always_one,
    constant_answer,
    in_common,
    is_constant,
    kind_of_output,
    manner,
    rounded,
    unread_sometimes,
)
from cv_quiz.grading.implied import wrong_decay, wrong_order, wrong_overlap
from cv_quiz.grading.instead import returned_instead, telling_trait
from cv_quiz.grading.invariance import MORE, takes_sides, told_by_asking
from cv_quiz.grading.points import space_of
from cv_quiz.grading.repeat import repeated
from cv_quiz.grading.search import best_fit
from cv_quiz.grading.session import Ended
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.diagnosis import Explanation
    from cv_quiz.grading.fit import Fit
    from cv_quiz.grading.points import Point
    from cv_quiz.grading.session import Session

# What can be seen of a clustering whose start is not known.
SEEN = frozenset({"centroids-not-means", "labels-not-of-nearest", "nan"})
_SIDES = {
    form: Diagnosis(
        "takes-sides",
        Text(
            "框被当作 ({written})：只移动 {moved} 时结果不变，两个角一起移动时就变了",
            "boxes are taken as {written}: moving {moved} alone keeps the answer, moving both corners does not",
        ).format(written=Text(zh, en), moved=Text("前两个数", "the first two numbers")),
        Text(
            "约定是 (x1, y1, x2, y2)；这种格式本身可以通过，错在别处。",
            "The contract has x1, y1, x2, y2; this form alone would be accepted: something else is wrong.",
        ),
    )
    for form, zh, en in (
        ("xywh", "x, y, 宽, 高", "x, y, width, height"),
        ("cxcywh", "中心 x, 中心 y, 宽, 高", "centre x, centre y, width, height"),
    )
}
# Further seeds whose cases may separate mistakes that agree on all cases so far.
SEEDS = 4
# An epsilon in a denominator changes numbers by no more than this.
ROUGH = 1e-3


def explain_wrong(session: Session, run: Run, fit: Fit) -> tuple[list[Diagnosis], Explanation | None]:
    """What is wrong, the cause first; and the mistake that explains all answers, where one does."""
    found = _changed(session, run)
    raising = diagnose_raising(run.cases, run.replies)
    again = repeated(session, run, fit)
    if again is not None:
        return [fault(again), *found], None
    if _raised_only(run, fit):
        return [*found, *_unraised(run, fit), *raising], None
    if _unraised_only(run, fit):
        return [*found, *_unraised(run, fit), *raising], None
    told, explanation = _told(session, run, fit)
    told = [item for item in told if item.id.replace("wrong-on-", "fails-on-") not in {other.id for other in raising}]
    if not told and not raising:
        told = [manner(session.oracle, run, fit)]
    return [*told, *found, *_unraised(run, fit), *raising], explanation


def _told(session: Session, run: Run, fit: Fit) -> tuple[list[Diagnosis], Explanation | None]:
    """What the wrong answers tell of their cause."""
    other = returned_instead(session.drill, run, fit)
    if other is not None:
        return [other], None
    if is_constant(session.oracle, run, fit):
        return [constant_answer(run, fit)], None
    explanation = _explanation(session, run, fit) if _answered_wrong(run, fit) else None
    if explanation is not None and not _shows(session, run, explanation):
        explanation = None
    if explanation is None:
        return [] if _mostly_raised(run, fit) else _partly_known(session, run, fit), None
    agreed = agreement(session.oracle, run, explanation)
    left = [at for at, agrees in enumerate(agreed) if not agrees and not run.cases[at].tags & EDGES]
    return [*explanation.diagnoses(), *also_on(common_tag(run.cases, left))], explanation


def _shows(session: Session, run: Run, explanation: Explanation) -> bool:
    """Whether a mistake can be told: from where the rounds ended, where nobody knows where they began."""
    traits = {trait.id for trait in session.drill.traits}
    return not _own_start(run, explanation.point) or all(mutant.id in traits for mutant in explanation.mutants)


def _own_start(run: Run, point: Point) -> bool:
    """Whether a function chose where it began, and did not say."""
    return "init" in run.layout.lacks and point.keywords.get("start") == "own"


def _answered_wrong(run: Run, fit: Fit) -> bool:
    """Whether something that came back is wrong, nothing for nothing apart."""
    returned = zip(run.cases, run.replies, fit.passed, strict=True)
    return any(reply.status == "ok" and not passed and "empty" not in case.tags for case, reply, passed in returned)


def _partly_known(session: Session, run: Run, fit: Fit) -> list[Diagnosis]:
    """What can be said where no mistake explains everything."""
    own_start = _own_start(run, fit.point)
    traits = [trait for trait in session.drill.traits if not (own_start and trait.of == "init")]
    found = kind_of_output(run, fit.reading) or unread_sometimes(run, fit) or telling_trait(traits, run, fit)
    if own_start and found is None:
        seen, common = manner(session.oracle, run, fit), in_common(run, fit)
        if seen.id in SEEN:
            return [seen, *([common] if common is not None else [])]
    found = found or always_one(session.oracle, run, fit) or rounded(session.oracle, run, fit)
    if found is not None:
        return [found]
    of_sides = _taken_as_sides(session, run, fit)
    if of_sides:
        return of_sides
    of_two = wrong_overlap(session, run, fit) or wrong_decay(session, run, fit)
    if MORE in of_two:
        return [most_like(of_two[0]), *of_two[1:]]
    of_two = wrong_order(session, run, fit) or of_two
    common = in_common(run, fit)
    # From a start that is not known, where rounds ended tells nothing of a mistake that explains only most of it.
    close = [] if own_start else nearest(session.oracle, fit, run)
    told = close or ([common] if common is not None else of_two)
    if told or any(reply.status != "ok" for reply in run.replies):
        return told
    return told_by_asking(session, run, fit)


def _taken_as_sides(session: Session, run: Run, fit: Fit) -> list[Diagnosis]:
    """What is wrong with a function that takes width and height: it is asked once more, in its own format."""
    if not takes_sides(session, run, fit):
        return []
    views = [(form, *view) for form in _SIDES if (view := _in_form(session, run, fit, form)) is not None]
    for form, again, best in sorted(views, key=lambda view: -view[2].count):
        readings = list(read_run([fit.reading.reader], again))
        found = explanations(session.oracle, again, readings, best) or _roughly(session, again, best)
        if found:
            return [*found[0].diagnoses(), _SIDES[form]]
    form, again, best = max(views, key=lambda view: view[2].count, default=("xywh", run, fit))
    return [*nearest(session.oracle, best, again), _SIDES[form]]


def _in_form(session: Session, run: Run, fit: Fit, form: str) -> tuple[Run, Fit] | None:
    """The answers to boxes in another form, and the best view of them; None where a limit was reached."""
    layout = replace(run.layout, form=form, adapted=(*run.layout.adapted, form))
    try:
        again = session.run(layout, [case for case in run.cases if "large" not in case.tags])
    except Ended:
        return None
    readings = list(read_run([fit.reading.reader], again))
    return again, best_fit(session.oracle, again, readings, space_of(session.drill, layout))


def _roughly(session: Session, run: Run, fit: Fit) -> list[Explanation]:
    """The mistakes that explain the numbers but for what a small number in the denominator changes."""
    at = [at for at, case in enumerate(run.cases) if not case.tags & {"small", "large"}]
    cases = tuple(run.cases[each] for each in at)
    some = Run(run.layout, cases, tuple(run.replies[each] for each in at))
    reading = replace(fit.reading, outcomes=tuple(fit.reading.outcomes[each] for each in at))
    best = replace(fit, reading=reading, passed=tuple(fit.passed[each] for each in at))
    drill = replace(session.drill, relative_tolerance=ROUGH, absolute_tolerance=ROUGH)
    return explanations(Oracle(drill, cases), some, [reading], best)


def _raised_only(run: Run, fit: Fit) -> bool:
    """Whether all that is wrong is that some calls failed."""
    return all(passed or reply.status != "ok" for passed, reply in zip(fit.passed, run.replies, strict=True))


def _mostly_raised(run: Run, fit: Fit) -> bool:
    """Whether most of what is wrong is that calls failed: then what came back tells little."""
    failing = [at for at, passed in enumerate(fit.passed) if not passed]
    return sum(run.replies[at].status != "ok" for at in failing) > MOST * len(failing)


def _unraised_only(run: Run, fit: Fit) -> bool:
    """Whether all that is wrong is an exception that was to be raised."""
    return all(passed or case.raises for passed, case in zip(fit.passed, run.cases, strict=True))


def _unraised(run: Run, fit: Fit) -> list[Diagnosis]:
    missed = [case for passed, case in zip(fit.passed, run.cases, strict=True) if case.raises and not passed]
    return [fault("does-not-raise", type=missed[0].raises)] if missed else []


def _changed(session: Session, run: Run) -> list[Diagnosis]:
    roles = session.changed_roles(run) - session.drill.in_place
    return [fault("input-changed", roles=", ".join(sorted(roles)))] if roles else []


def _explanation(session: Session, run: Run, fit: Fit) -> Explanation | None:
    """The mistake that explains all answers; where several do, more cases are asked until one is left."""
    readings = list(read_run(READERS[session.drill.gives], run))
    left = explanations(session.oracle, run, readings, fit)
    if len({item.ids for item in left}) > 1:
        left = _separated(session, run, left)
    if not left and session.drill.gives == "scalar":
        left = [replace(item, reading=fit.reading) for item in _roughly(session, run, fit)]
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
