"""The smallest input on which an answer is wrong: rows are taken away and numbers made round, as long as it stays wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from cv_quiz.comparison import Clusters, Kept, Picked
from cv_quiz.grading.exchange import Opaque
from cv_quiz.grading.findings import Counterexample
from cv_quiz.grading.fit import NoAnswer, Raised, Run, evaluate, read_run
from cv_quiz.grading.generic import describe
from cv_quiz.grading.report import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.fit import Fit, Outcome
    from cv_quiz.grading.session import Session

# The search ends after so many calls or seconds, whichever comes first.
CALLS = 150
SECONDS = 2.0
SHOWN = 300


class Clock(Protocol):
    """A clock in seconds."""

    def __call__(self) -> float:
        """The time now."""


@dataclass(slots=True)
class _Search:
    """A search that knows what it may still spend, and how to tell a wrong answer."""

    session: Session
    fit: Fit
    run: Run
    clock: Clock
    deadline: float
    left: int = CALLS

    def spent(self) -> bool:
        return self.left <= 0 or self.clock() > self.deadline

    def outcome(self, case: Case) -> tuple[Outcome, Any]:
        """What the function answers, in canonical form and as it came."""
        self.left -= 1
        reply = self.session.ask(self.run.layout, case, may_end=False)
        one = Run(self.run.layout, (case,), (reply,))
        return next(iter(read_run([self.fit.reading.reader], one))).outcomes[0], reply.value

    def is_wrong(self, case: Case) -> bool:
        """Whether the answer is wrong in the same manner: an exception stays one."""
        got, _ = self.outcome(case)
        return not self.session.oracle.agrees(self.session.drill.reference, self.fit.point, case, got)


def find_counterexample(session: Session, run: Run, fit: Fit, clock: Clock) -> Counterexample | None:
    """The smallest wrong case that could be found from the smallest failing one."""
    failing = [case for case, passed in zip(run.cases, fit.passed, strict=True) if not passed]
    if not failing:
        return None
    first = min(failing, key=_size)
    search = _Search(session, fit, run, clock, clock() + SECONDS)
    case = first if first.raises else _smallest(search, first)
    return _shown(search, first.name, case)


def _size(case: Case) -> tuple[bool, int]:
    return "large" in case.tags, sum(value.size for value in case.inputs.values() if isinstance(value, np.ndarray))


def _smallest(search: _Search, case: Case) -> Case:
    """Take rows away, make numbers round, and once more take rows away."""
    for step in (_fewer_rows, _rounder, _fewer_rows):
        case = step(search, case)
    return case


def _fewer_rows(search: _Search, case: Case) -> Case:
    """Drop one row after the other as long as the answer stays wrong."""
    progress = True
    while progress and not search.spent():
        progress = False
        for inputs in _with_one_row_less(search.session.drill.rows, case.inputs):
            smaller = replace(case, inputs=inputs)
            if not search.spent() and search.is_wrong(smaller):
                case, progress = smaller, True
                break
    return case


def _with_one_row_less(groups: tuple[tuple[str, ...], ...], inputs: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for group in groups:
        count = len(inputs[group[0]])
        for row in range(count - 1, -1, -1) if count > 1 else ():
            smaller = {name: np.delete(inputs[name], row, axis=0) for name in group}
            if "init" in group and "k" in inputs:
                smaller["k"] = count - 1
            yield {**inputs, **smaller}


def _rounder(search: _Search, case: Case) -> Case:
    """Try rounder numbers, one input after the other."""
    for change in (_moved_to_origin, _whole, _halves, _even_scores):
        inputs = change(case.inputs)
        simpler = replace(case, inputs=inputs)
        if _differs(inputs, case.inputs) and _valid(inputs) and not search.spent() and search.is_wrong(simpler):
            case = simpler
    return case


def _differs(inputs: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    return any(not np.array_equal(inputs[name], before[name]) for name in inputs)


def _valid(inputs: Mapping[str, Any]) -> bool:
    """Whether boxes still have their corners in order."""
    boxes = [np.atleast_2d(value) for name, value in inputs.items() if name.startswith("box")]
    return all(bool((box[:, 2:] >= box[:, :2]).all()) for box in boxes)


_COORDINATES = ("boxes", "boxes_a", "boxes_b", "box_a", "box_b", "points", "init")


def _on_coordinates(change: Callable[[Any], Any]) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    def changed(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: change(value) if name in _COORDINATES else value for name, value in inputs.items()}

    return changed


def _moved_to_origin(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    tables = [value for name, value in inputs.items() if name in _COORDINATES and value.size]
    if not tables:
        return inputs
    width = 2 if any(name.startswith("box") for name in inputs) else tables[0].shape[-1]
    low = np.min([value.reshape(-1, width).min(axis=0) for value in tables], axis=0)
    return _on_coordinates(lambda value: (value.reshape(-1, width) - np.floor(low)).reshape(value.shape))(inputs)


_whole = _on_coordinates(np.round)
_halves = _on_coordinates(lambda value: np.round(value / 2))


def _even_scores(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Scores 0.9, 0.8, ... in the order of the old ones; equal ones stay equal."""
    if "scores" not in inputs or len(inputs["scores"]) > 8:
        return inputs
    values = sorted(set(inputs["scores"].tolist()), reverse=True)
    named = {value: round(0.9 - 0.1 * place, 1) for place, value in enumerate(values)}
    return {**inputs, "scores": np.array([named[value] for value in inputs["scores"].tolist()])}


def _shown(search: _Search, name: str, case: Case) -> Counterexample:
    drill, point = search.session.drill, search.fit.point
    got, value = search.outcome(case)
    answered = not isinstance(got, Raised | NoAnswer)
    keywords = drill.follow(case.inputs, point.keywords, got) if answered else point.keywords
    expected = evaluate(drill, drill.reference, case.inputs, keywords)
    step = (
        drill.explain(case.inputs, keywords, got)
        if answered and drill.explain and not isinstance(expected, Raised)
        else None
    )
    return Counterexample(
        case=name,
        seed=search.session.seed,
        inputs=case.inputs,
        expected=show(expected, None),
        got=show(got, value),
        step=step,
        expected_rows=_rows(expected),
        got_rows=_rows(got),
    )


def _rows(outcome: Outcome) -> tuple[int, ...] | None:
    match outcome:
        case Kept(indices=rows) | Picked(indices=rows) | Clusters(labels=rows):
            return rows
    return None


def show(outcome: Outcome, value: Any) -> str:
    """An outcome in words that both languages share; `value` is what came back where it could not be read."""
    match outcome:
        case Raised(type_name=name):
            words = f"raises {name}"
        case NoAnswer(fault=fault):
            words = fault if value is None else describe(value)
            words += "" if value is None or isinstance(value, Opaque) else f": {plain(value)}"
        case Kept(indices=indices):
            words = str(list(indices))
        case Picked(indices=indices, scores=scores):
            words = f"indices {_list(indices)}, scores {_list(scores)}"
        case Clusters(centroids=centroids, labels=labels):
            table = None if centroids is None else [_list(row) for row in centroids]
            words = f"centroids {_plainly(table)}, labels {_list(labels)}"
        case np.ndarray():
            words = _plainly([_list(row) for row in outcome])
        case _:
            words = f"{float(outcome):.6g}"
    return _cut(words)


def _list(values: Any) -> str:
    return "-" if values is None else "[" + ", ".join(f"{value:.6g}" for value in values) + "]"


def _plainly(rows: list[str] | None) -> str:
    return "-" if rows is None else "[" + ", ".join(rows) + "]"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."
