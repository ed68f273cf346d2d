"""The verdict on one function, from its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING

from cv_quiz.grading import timing
from cv_quiz.grading.calling import READERS
from cv_quiz.grading.calling.catalogue import is_strict, said
from cv_quiz.grading.counterexample import find_counterexample
from cv_quiz.grading.failures import diagnose_failure, fault
from cv_quiz.grading.findings import Diagnosis, Result
from cv_quiz.grading.fit import Fit, Point, Run, best_fit, grid, read_run
from cv_quiz.grading.repeat import repeated
from cv_quiz.grading.session import Ended, Settled, fitted, matching_layouts
from cv_quiz.grading.wrong import changed_roles, explain_wrong

if TYPE_CHECKING:
    from cv_quiz.grading.calling.layout import Layout
    from cv_quiz.grading.findings import Verdict
    from cv_quiz.grading.session import Session

# As many ways to call are run in full, when the first one that fits the probes fails elsewhere.
LAYOUTS = 3
# Seeds for another chance of a function that chooses its own start.
SEEDS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A full run in one layout, with the reading and the conventions that suit it best."""

    run: Run
    fit: Fit
    right: bool

    @property
    def calling(self) -> tuple[str, ...]:
        """What was adapted, in the call and in the reading of the result."""
        return tuple(dict.fromkeys((*self.run.layout.adapted, *self.fit.reading.reader.adapted)))


def judge_function(session: Session, *, strict: bool, counterexample: bool) -> Result:
    """Judge one function on all cases of its drill."""
    try:
        return _judge(session, strict=strict, counterexample=counterexample)
    except Ended as end:
        return _at_limit(session, end)


def _judge(session: Session, *, strict: bool, counterexample: bool) -> Result:
    settled = Settled()
    attempts: list[Attempt] = []
    for layout in islice(matching_layouts(session, settled), LAYOUTS):
        attempt = _attempt(session, layout)
        if attempt.right:
            return _right(session, attempt, strict=strict, counterexample=counterexample)
        attempts.append(attempt)
    if settled.fallback is None:
        return _uncallable(session, settled)
    if settled.fallback not in {attempt.run.layout for attempt in attempts}:
        attempts.append(_attempt(session, settled.fallback))
        if attempts[-1].right:
            return _right(session, attempts[-1], strict=strict, counterexample=counterexample)
    best = max(attempts, key=lambda attempt: (attempt.fit.count, -len(attempt.run.layout.adapted)))
    return _wrong(session, best, strict=strict, counterexample=counterexample)


def _attempt(session: Session, layout: Layout) -> Attempt:
    """Ask all cases; the large ones only where all others came out right."""
    small = [case for case in session.judged if "large" not in case.tags]
    run = session.run(layout, small)
    fit = fitted(session, run)
    if fit is not None and len(small) < len(session.judged):
        rest = session.run(layout, [case for case in session.judged if "large" in case.tags])
        run = Run(layout, (*run.cases, *rest.cases), (*run.replies, *rest.replies))
        fit = fitted(session, run)
    if fit is None and "init" in layout.lacks:
        run = _with_luck(session, run, _best(session, run))
        fit = fitted(session, run)
    return Attempt(run, fit, right=True) if fit is not None else Attempt(run, _best(session, run), right=False)


def _with_luck(session: Session, run: Run, best: Fit) -> Run:
    """A function that draws its own start may be unlucky: what failed is asked again with other seeds."""
    replies = list(run.replies)
    for at, passed in enumerate(best.passed):
        for seed in SEEDS if not passed else ():
            reply = session.ask(run.layout, run.cases[at], seed=session.seed + seed)
            one = Run(run.layout, (run.cases[at],), (reply,))
            if fitted(session, one) is not None:
                replies[at] = reply
                break
    return Run(run.layout, run.cases, tuple(replies))


def _best(session: Session, run: Run) -> Fit:
    """The most favourable view of answers that are not all right."""
    readings = list(read_run([item for item in READERS[session.drill.gives] if not item.fault], run))
    points = grid(session.drill, run.layout, mistakes=True)
    return best_fit(session.oracle, run, readings, points)


def _right(session: Session, attempt: Attempt, *, strict: bool, counterexample: bool) -> Result:
    """All answers are right: what is left is whether the arguments and the process came out unharmed."""
    result = _result(session, attempt, "accepted")
    changed = changed_roles(session, attempt.run)
    if changed and changed <= session.drill.in_place:
        result = replace(result, calling=tuple(dict.fromkeys((*result.calling, "in-place"))))
    found = _unclean(session, attempt, changed)
    if strict:
        found += _differences(session, result)
    if not found:
        times = timing.measure(session, attempt.run) if session.only is None else timing.Times()
        return replace(result, time_ratio=times.ratio, growth_exponent=times.exponent)
    result = replace(result, verdict="wrong-answer", diagnosis=tuple(found))
    return _by_contract(session, attempt, result, counterexample=counterexample) if strict else result


def _unclean(session: Session, attempt: Attempt, changed: frozenset[str]) -> list[Diagnosis]:
    """Faults that right answers do not show: changed arguments, kept state."""
    found = []
    if changed - session.drill.in_place:
        found.append(fault("input-changed", roles=", ".join(sorted(changed))))
    again = repeated(session, attempt.run, attempt.fit) if session.only is None else None
    return [*found, fault(again)] if again is not None else found


def _differences(session: Session, result: Result) -> list[Diagnosis]:
    """Every difference from the stated contract, as `--strict` wants it."""
    found = [Diagnosis(name, session.drill.option(name).text) for name in result.conventions]
    return found + [Diagnosis(name, said(name)) for name in result.calling if is_strict(name)]


def _by_contract(session: Session, attempt: Attempt, result: Result, *, counterexample: bool) -> Result:
    """The result as the contract alone sees it, with a case on which it is broken."""
    point = Point({})
    passed = session.oracle.passed(point, attempt.run.cases, attempt.fit.reading.outcomes)
    result = replace(result, cases_passed=sum(passed))
    if not counterexample:
        return result
    fit = replace(attempt.fit, point=point, passed=passed)
    return replace(result, counterexample=find_counterexample(session, attempt.run, fit, monotonic))


def _wrong(session: Session, attempt: Attempt, *, strict: bool, counterexample: bool) -> Result:
    found, explanation = explain_wrong(session, attempt.run, attempt.fit)
    fit = attempt.fit
    if explanation is not None:
        passed = session.oracle.passed(explanation.point, attempt.run.cases, fit.reading.outcomes)
        fit = replace(fit, point=explanation.point, passed=passed)
    result = _result(session, replace(attempt, fit=fit), _verdict_of(attempt))
    result = replace(result, diagnosis=(*found, *(_differences(session, result) if strict else ())))
    if not counterexample or all(reply.status != "ok" for reply in attempt.run.replies):
        return result
    return replace(result, counterexample=find_counterexample(session, attempt.run, fit, monotonic))


def _verdict_of(attempt: Attempt) -> Verdict:
    """Where the only trouble is that calls fail it is an error of the program, else a wrong answer."""
    failing = [at for at, passed in enumerate(attempt.fit.passed) if not passed]
    return "runtime-error" if all(attempt.run.replies[at].status != "ok" for at in failing) else "wrong-answer"


def _result(session: Session, attempt: Attempt, verdict: Verdict) -> Result:
    return Result(
        drill=session.drill.name,
        function=session.target.label,
        verdict=verdict,
        conventions=attempt.fit.point.ids,
        calling=attempt.calling,
        cases_passed=attempt.fit.count,
        cases_total=len(attempt.fit.passed),
    )


def _uncallable(session: Session, settled: Settled) -> Result:
    """No layout could even be filled."""
    parameters = ", ".join(parameter.name for parameter in session.target.function.parameters)
    signature = f"{session.drill.name}({', '.join(session.drill.takes)})"
    found = fault("wrong-arguments", message=f"{session.target.label}({parameters})", signature=signature)
    if settled.last is not None and settled.last.failure is not None:
        found = diagnose_failure(settled.last.failure)
    return Result(session.drill.name, session.target.label, "runtime-error", diagnosis=(found,))


def _at_limit(session: Session, end: Ended) -> Result:
    """The submission has used up its time or memory."""
    slow = end.reply.status == "time-limit"
    found = fault("memory-limit")
    if slow:
        found = fault("too-slow" if "large" in end.case.tags else "time-limit", case=end.case.name)
    return Result(
        session.drill.name,
        session.target.label,
        "time-limit" if slow else "memory-limit",
        calling=end.layout.adapted,
        cases_total=len(session.judged),
        diagnosis=(found,),
    )
