"""What the answers themselves give away: something else is returned, or all of them have a telling trait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.drills.contract import Shaped
from cv_quiz.grading.diagnosis import EDGES
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import NoAnswer, Raised, evaluate
from cv_quiz.grading.generic import FEW, MOST, is_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cv_quiz.drills.contract import Case, Drill, Instead, Trait
    from cv_quiz.grading.fit import Fit, Outcome, Run


def returned_instead(drill: Drill, run: Run, fit: Fit) -> Diagnosis | None:
    """What is returned on every case in place of the answer, where the drill knows it."""
    failing_first = sorted(range(len(run.cases)), key=lambda at: fit.passed[at])
    for item in drill.instead:
        if _is_returned(drill, item, run, fit, failing_first):
            return Diagnosis(item.id, item.message, item.hint)
    return None


def _is_returned(drill: Drill, item: Instead, run: Run, fit: Fit, order: list[int]) -> bool:
    """Whether it came back wherever something came back, on some case that failed, and on most."""
    agreed = failing = 0
    answered = sum(reply.status == "ok" for reply in run.replies)
    for at in order:
        case, reply = run.cases[at], run.replies[at]
        made = _made(drill, item, case, fit) if reply.status == "ok" and not case.raises else None
        if made is None:
            continue
        if not alike(made, reply.value):
            if case.tags & EDGES:
                continue
            return False
        agreed += 1
        failing += not fit.passed[at]
    return failing > 0 and agreed >= max(FEW, MOST * answered)


def _made(drill: Drill, item: Instead, case: Case, fit: Fit) -> Any:
    """What the function should have returned if it returns this; None where nothing is expected."""
    answer = evaluate(drill, drill.reference, case.inputs, fit.point.keywords)
    if isinstance(answer, Raised | NoAnswer) or (isinstance(answer, np.ndarray) and not answer.size):
        return None
    try:
        with np.errstate(all="ignore"):
            return item.make(case.inputs, answer)
    except Exception:  # noqa: BLE001 - no largest of nothing, for instance
        return None


# A trait is named where it shows in so many wrong answers at least, and is excluded by next to none.
SHOWN, EXCLUDED = 2, 0.1


def telling_trait(traits: Iterable[Trait], run: Run, fit: Fit) -> Diagnosis | None:
    """The trait that the wrong answers share, where they share one: the one that most of them show."""
    failing = [
        at for at, passed in enumerate(fit.passed) if not passed and is_answer(run.cases[at], fit.reading.outcomes[at])
    ]
    best, most = None, SHOWN - 1
    for trait in traits:
        seen = [_shows(trait, run.cases[at], fit.reading.outcomes[at]) for at in failing]
        if seen.count(True) > most and seen.count(False) <= EXCLUDED * len(seen):
            best, most = trait, seen.count(True)
    return Diagnosis(best.id, best.message, best.hint) if best is not None else None


def _shows(trait: Trait, case: Case, got: Outcome) -> bool | None:
    try:
        with np.errstate(all="ignore"):
            return trait.shows(case.inputs, got)
    except Exception:  # noqa: BLE001 - an answer of another size, for instance
        return None


def alike(made: Any, value: Any) -> bool:
    """Whether a value is what was made: the same shape, the same numbers, truth values where truth values were made."""
    if isinstance(made, tuple):
        parts = list(value) if isinstance(value, list | tuple) else []
        return len(parts) == len(made) and all(map(alike, made, parts))
    try:
        given, wanted = np.asarray(value), made if isinstance(made, Shaped) else np.asarray(made)
    except (ValueError, TypeError):
        return False
    if isinstance(wanted, Shaped):
        return given.dtype.kind in "biuf" and given.shape == wanted.shape
    if given.dtype.kind not in "biuf" or given.shape != wanted.shape:
        return False
    if (given.dtype.kind == "b") != (wanted.dtype.kind == "b"):
        return False
    return bool(np.allclose(given.astype(float), wanted.astype(float), rtol=1e-5, atol=1e-6, equal_nan=True))
