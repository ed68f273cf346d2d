"""What must not change an answer: where it does, that says of what kind the mistake is, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Clusters, same
from cv_quiz.grading.diagnosis import EDGES
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import NoAnswer, Raised, Run, read_run
from cv_quiz.grading.generic import FEW, is_answer
from cv_quiz.grading.variants import spellings
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cv_quiz.drills.contract import Case, Drill
    from cv_quiz.grading.fit import Fit, Outcome
    from cv_quiz.grading.session import Session

# So many of the failing cases are asked again in another form, and so many pairs of boxes alone.
ASKED, PAIRS = 8, 16
# How far boxes are moved, how much they are enlarged: exact in single precision.
FAR, LARGER = 64.0, 4.0
_COORDINATES = frozenset({"box", "boxes", "points", "init"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """Failing cases with what was answered, and a way to ask once more."""

    session: Session
    run: Run
    fit: Fit
    cases: tuple[tuple[Case, Outcome], ...]

    def again(self, case: Case) -> Outcome:
        """The answer to another case."""
        reply = self.session.ask(self.run.layout, case, may_end=False)
        one = Run(self.run.layout, (case,), (reply,))
        return next(iter(read_run([self.fit.reading.reader], one))).outcomes[0]

    def is_right(self, case: Case, got: Outcome) -> bool:
        """Whether that answer is the reference's."""
        return self.session.oracle.agrees(self.session.drill.reference, self.fit.point, case, got)


def told_by_asking(session: Session, run: Run, fit: Fit) -> list[Diagnosis]:
    """What can be found out about an unknown mistake by asking the failing cases in other forms."""
    failing = [
        at for at, passed in enumerate(fit.passed) if not passed and is_answer(run.cases[at], fit.reading.outcomes[at])
    ]
    plain = [at for at in failing if not run.cases[at].tags & (EDGES | {"large"})]
    cases = tuple((run.cases[at], fit.reading.outcomes[at]) for at in islice(plain, ASKED))
    if not cases or run.layout.lacks:
        return []
    asked = _Asked(session, run, fit, cases)
    if session.drill.gives == "matrix":
        found = _pairs_alone(asked)
    else:
        found = _right_when_sorted(asked) if "scores" in session.drill.takes else []
    return found or _broken(asked) or (_right_for_two(asked) if "scores" in session.drill.takes else [])


def _right_when_sorted(asked: _Asked) -> list[Diagnosis]:
    """Whether all comes right once the boxes are given in the order of their scores."""
    group = next(names for names in asked.session.drill.rows if "scores" in names)
    for case, _ in asked.cases:
        order = np.argsort(-case.inputs["scores"], kind="stable")
        in_order = replace(case, inputs={**case.inputs, **{name: case.inputs[name][order] for name in group}})
        if not asked.is_right(in_order, asked.again(in_order)):
            return []
    return [_RIGHT_WHEN_SORTED] if len(asked.cases) >= FEW else []


def _right_for_two(asked: _Asked) -> list[Diagnosis]:
    """Whether all comes right where only two of the boxes are given."""
    rows = next(names for names in asked.session.drill.rows if "scores" in names)
    for case, _ in asked.cases:
        count = len(case.inputs["scores"])
        for pair in islice(combinations(range(count), 2), PAIRS):
            two = replace(case, inputs={**case.inputs, **{name: case.inputs[name][list(pair)] for name in rows}})
            if not asked.is_right(two, asked.again(two)):
                return []
    return [_RIGHT_FOR_TWO]


def _pairs_alone(asked: _Asked) -> list[Diagnosis]:
    """Whether single pairs come out right; where they do not, the mistake that explains them."""
    cases = list(islice(_single_pairs(asked), PAIRS))
    answers = [asked.again(case) for case in cases]
    if any(not is_answer(case, got) for case, got in zip(cases, answers, strict=True)) or len(cases) < FEW:
        return []
    if all(asked.is_right(case, got) for case, got in zip(cases, answers, strict=True)):
        return [_RIGHT_ALONE]
    drill, agrees = asked.session.drill, asked.session.oracle.agrees
    for mutant in (*drill.mutants, *drill.slips):
        for function in spellings(drill, mutant):
            if all(agrees(function, asked.fit.point, case, got) for case, got in zip(cases, answers, strict=True)):
                return [Diagnosis(mutant.id, mutant.message, mutant.hint), MORE]
    return []


def _single_pairs(asked: _Asked) -> Iterator[Case]:
    """Pairs of boxes whose place in a table holds something wrong."""
    drill, point = asked.session.drill, asked.fit.point
    for case, got in asked.cases:
        expected = asked.session.oracle.expected(drill.reference, point, case, got)
        if not isinstance(got, np.ndarray) or not isinstance(expected, np.ndarray) or got.shape != expected.shape:
            continue
        first, second = (name for name, kind in drill.takes.items() if kind == "boxes")
        for row, column in np.argwhere(~np.isclose(got, expected, rtol=1e-5, atol=1e-8)):
            pair = {first: case.inputs[first][[row]], second: case.inputs[second][[column]]}
            yield replace(case, inputs={**case.inputs, **pair})


def _broken(asked: _Asked) -> list[Diagnosis]:
    """The changes of the input that change an answer though they must not; none where they all do."""
    found = [
        diagnosis
        for change, diagnosis in _changes(asked)
        if any(_matters(asked, change, *pair) for pair in asked.cases)
    ]
    return found[:2]


def _matters(asked: _Asked, change: _Change, case: Case, got: Outcome) -> bool:
    changed = replace(case, inputs=change.inputs(asked.session.drill, case.inputs))
    again = asked.again(changed)
    if isinstance(got, Raised | NoAnswer) or isinstance(again, Raised | NoAnswer):
        return False
    if isinstance(got, Clusters) and got.centroids is not None:
        got = replace(got, centroids=change.of(got.centroids))
    return not same(got, again, asked.session.oracle.tolerance)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of all points (n, 2) of an input; with `turn` the two boxes change places too."""

    of: Callable[[Any], Any]
    turn: bool = False

    def inputs(self, drill: Drill, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """The input with everything changed."""
        names = [name for name, kind in drill.takes.items() if kind in _COORDINATES and inputs[name] is not None]
        values = [self._changed(drill.takes[name], np.asarray(inputs[name], dtype=float)) for name in names]
        return {**inputs, **dict(zip(names, values[::-1] if self.turn else values, strict=True))}

    def _changed(self, kind: str, value: Any) -> Any:
        points = value.reshape(-1, 2) if kind in {"box", "boxes"} else value
        return self.of(points).reshape(value.shape)


def _changes(asked: _Asked) -> Iterator[tuple[_Change, Diagnosis]]:
    yield _Change(lambda points: points + FAR), _MOVED
    yield _Change(lambda points: points[:, ::-1]), _AXES
    if set(asked.session.drill.takes.values()) == {"box"}:
        yield _Change(lambda points: points, turn=True), _EXCHANGED
    if not asked.fit.point.keywords.get("pixel"):
        yield _Change(lambda points: points * LARGER), _ENLARGED


_RIGHT_WHEN_SORTED = Diagnosis(
    "right-only-when-sorted",
    Text(
        "框按得分从高到低给出时结果正确，否则就错：排序后的位置和输入中的下标混用了",
        "right where the boxes are given best score first, wrong otherwise: places in the sorted order are mixed up with indices of the input",
    ),
    Text("框、得分、面积和下标要么一起排序，要么都通过 order[...] 取。", "Sort boxes, scores, areas and indices together, or go through order[...] everywhere."),
)  # fmt: skip
_RIGHT_ALONE = Diagnosis(
    "right-for-single-pairs",
    Text(
        "单独一对框算得对，多个框一起就错：某个下标、轴或循环里的变量把不同的框混在了一起",
        "each pair of boxes comes out right on its own, several together do not: an index, an axis or a variable of the loop mixes pairs up",
    ),
    Text("用两个框对两个框，逐个元素地对照。", "Take two boxes and two boxes, and compare the entries one by one."),
)
_RIGHT_FOR_TWO = Diagnosis(
    "right-for-two-boxes",
    Text(
        "只有两个框时都对，更多的框就错：错在循环（下一轮选谁、与谁比较、剩下谁），不在 IoU",
        "two boxes always come out right, more do not: the loop is wrong (which box is next, what it is compared with, what is left), not the IoU",
    ),
    Text("用三个框一步一步地走一遍。", "Go through three boxes step by step."),
)
MORE = Diagnosis(
    "more-is-wrong",
    Text("这还不能解释全部结果：别处还有错误", "that does not explain all answers: there is another mistake"),
)
_MOVED = Diagnosis(
    "changes-when-moved",
    Text(
        "整体平移之后结果就变了：有一处直接用了坐标，应当用坐标之差",
        "the answer changes when everything is moved alike: somewhere a coordinate stands where a difference of two belongs",
    ),
    Text(
        "宽是 x2 − x1；检查没有相减就使用的坐标。",
        "A width is x2 - x1: look for coordinates that are used without subtracting.",
    ),
)
_AXES = Diagnosis(
    "changes-with-axes",
    Text(
        "交换 x 和 y 之后结果就变了：有一处对 x 和 y 的处理不同",
        "the answer changes when x and y are exchanged: somewhere x and y are treated differently",
    ),
    Text("逐行比较 x 的算式和 y 的算式。", "Compare the lines for x with those for y."),
)
_EXCHANGED = Diagnosis(
    "changes-with-order",
    Text(
        "交换两个框之后结果就变了：公式对两个框的处理不同",
        "the answer changes when the two boxes are exchanged: one is treated differently from the other",
    ),
    Text("逐项比较两个框的算式。", "Compare the terms of one box with those of the other."),
)
_ENLARGED = Diagnosis(
    "changes-when-enlarged",
    Text(
        "整体放大之后结果就变了：有一处加了、比较了或舍入到固定的数",
        "the answer changes when everything is enlarged alike: somewhere a fixed number is added, compared with or rounded to",
    ),
    Text("检查 +1、eps、取整和写死的阈值。", "Look for +1, an epsilon, rounding and hard-coded limits."),
)
