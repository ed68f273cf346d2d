"""What must not change an answer: where it does, that says of what kind the mistake is, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, islice, product
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Clusters, Kept, Picked, same
from cv_quiz.grading.diagnosis import EDGES
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import NoAnswer, Raised, Run, read_run
from cv_quiz.grading.generic import FEW, is_answer
from cv_quiz.grading.points import grid
from cv_quiz.grading.variants import spellings
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cv_quiz.drills.contract import Case, Drill
    from cv_quiz.grading.fit import Fit, Outcome
    from cv_quiz.grading.session import Session

# So many of the failing cases are asked again in another form, and so many pairs of boxes alone.
ASKED, PAIRS = 8, 16
# How far boxes are moved, how much they are enlarged: exact in single precision.
FAR, LARGER = 64.0, 4.0
_BOXES = frozenset({"box", "boxes"})
_COORDINATES = _BOXES | {"points", "init"}


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
    asked = _asked(session, run, fit)
    if asked is None:
        return []
    takes_scores = "scores" in session.drill.takes and "scores" not in run.layout.lacks
    if session.drill.gives == "matrix":
        found = _pairs_alone(asked)
    elif takes_scores:
        found = _places_of_its_own(asked) or _unread(asked) or _right_when_sorted(asked)
    else:
        found = []
    return found or _broken(asked) or (_right_for_two(asked) if takes_scores else [])


def _asked(session: Session, run: Run, fit: Fit) -> _Asked | None:
    """The failing cases to ask about; None where there are none, or where each call begins somewhere else."""
    failing = [
        at for at, passed in enumerate(fit.passed) if not passed and is_answer(run.cases[at], fit.reading.outcomes[at])
    ]
    plain = [at for at in failing if not run.cases[at].tags & (EDGES | {"large"})]
    cases = tuple((run.cases[at], fit.reading.outcomes[at]) for at in islice(plain, ASKED))
    return _Asked(session, run, fit, cases) if cases and "init" not in run.layout.lacks else None


def takes_sides(session: Session, run: Run, fit: Fit) -> bool:
    """Whether the answers stay when x and y alone are moved in every box, but not when both corners are.

    Then the function takes x, y, width and height, whatever else is wrong with it.
    """
    asked = _asked(session, run, fit)
    if asked is None or run.layout.form != "xyxy" or not _BOXES & set(session.drill.takes.values()):
        return False
    pairs = [pair for pair in asked.cases if not isinstance(pair[1], Raised | NoAnswer)]
    return (
        len(pairs) >= FEW
        and any(_matters(asked, _MOVE, *pair) for pair in pairs)
        and not any(_matters(asked, _MOVE_XY, *pair) for pair in pairs)
    )


def _unread(asked: _Asked) -> list[Diagnosis]:
    """Whether the answers stay whatever the scores are; and then what decides the order instead, where that is known."""
    several = [(case, got) for case, got in asked.cases if _chooses(case, got) and len(case.inputs["scores"]) >= FEW]
    for case, got in several:
        for scores in (case.inputs["scores"][::-1].copy(), np.roll(case.inputs["scores"], 1)):
            other = replace(case, inputs={**case.inputs, "scores": scores})
            if not _is_same(asked, got, asked.again(other)):
                return []
    return [_order_instead(asked) or _SCORES_UNREAD] if len(several) >= FEW else []


def _order_instead(asked: _Asked) -> Diagnosis | None:
    """The slip of another order that explains all answers under some convention."""
    oracle, drill = asked.session.oracle, asked.session.drill
    for mutant in (item for item in drill.slips if item.id == "sorted-by-something-else"):
        for function, point in product(spellings(drill, mutant), grid(drill, asked.run.layout)):
            if all(oracle.agrees(function, point, case, got) for case, got in asked.cases):
                return Diagnosis(mutant.id, mutant.message, mutant.hint)
    return None


def _places_of_its_own(asked: _Asked) -> list[Diagnosis]:
    """Whether the very same indices come back in whatever order the boxes are given."""
    group = next(names for names in asked.session.drill.rows if "scores" in names)
    several = [(case, got) for case, got in asked.cases if _chooses(case, got)]
    for case, got in several:
        for order in (np.arange(len(case.inputs["scores"]))[::-1], np.argsort(case.inputs["scores"], kind="stable")):
            other = replace(case, inputs={**case.inputs, **{name: case.inputs[name][order] for name in group}})
            if not _is_same(asked, got, asked.again(other)):
                return []
    return [_OWN_PLACES] if len(several) >= FEW else []


def _chooses(case: Case, got: Outcome) -> bool:
    """Whether an answer names some of several boxes, no two of which have one score: then their order matters."""
    scores = case.inputs["scores"]
    indices = got.indices if isinstance(got, Kept | Picked) else None
    return bool(indices) and len(indices or ()) < len(scores) == len(set(scores.tolist()))


def _is_same(asked: _Asked, got: Outcome, again: Outcome) -> bool:
    if isinstance(got, Raised | NoAnswer) or isinstance(again, Raised | NoAnswer):
        return type(got) is type(again)
    return same(got, again, asked.session.oracle.tolerance)


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
    pairs = [pair for pair in asked.cases if not isinstance(pair[1], Raised | NoAnswer)]
    found = [
        diagnosis for change, diagnosis in _changes(asked) if any(_matters(asked, change, *pair) for pair in pairs)
    ]
    if asked.session.drill.picture != "boxes":
        return [*found, *([_ENLARGED] if any(_matters(asked, _LARGER, *pair) for pair in pairs) else [])][:2]
    cut = _cut_off(asked, pairs)
    return cut or [*found, *_of_size(asked, pairs)][:2]


def _cut_off(asked: _Asked, pairs: Sequence[tuple[Case, Outcome]]) -> list[Diagnosis]:
    """Whether moving by whole numbers changes nothing, but by a half does: negative numbers may be cut another way."""
    positive = [(case, got) for case, got in pairs if _least(asked, case) >= 0]
    if len(positive) < FEW or any(_matters(asked, _MOVE, *pair) for pair in positive):
        return []
    return [_CUT] if any(_matters(asked, _MOVE_HALF, *pair) for pair in positive) else []


def _least(asked: _Asked, case: Case) -> float:
    takes = asked.session.drill.takes
    return min(float(np.min(case.inputs[name], initial=0)) for name, kind in takes.items() if kind in _COORDINATES)


def _of_size(asked: _Asked, pairs: Sequence[tuple[Case, Outcome]]) -> list[Diagnosis]:
    """What enlarging everything does, where that changes answers whether or not a side has a +1."""
    if not all(any(_matters(asked, change, *pair) for pair in pairs) for change in (_LARGER, _LARGER_PIXELS)):
        return []
    if asked.session.drill.gives in {"scalar", "matrix"}:
        for power, found in ((2, _AN_AREA), (1, _A_LENGTH)):
            if all(_grows(asked, power, *pair) for pair in pairs) and any(np.any(np.asarray(got)) for _, got in pairs):
                return [found]
    return [_ENLARGED]


def _grows(asked: _Asked, power: int, case: Case, got: Outcome) -> bool:
    """Whether an answer grows with some power of the size, but for some small number that is added."""
    again = asked.again(replace(case, inputs=_LARGER.inputs(asked.session.drill, case.inputs)))
    before, after = np.asarray(got), np.asarray(again)
    if isinstance(again, Raised | NoAnswer) or before.shape != after.shape:
        return False
    return bool(np.allclose(after, before * LARGER**power, rtol=1e-3, atol=1e-3))


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


def _moved(by: float, sides: bool = True) -> Callable[[Any], Any]:
    """Everything moved; without `sides` the upper-left corners alone, which is how boxes of x, y, w, h are moved."""

    def move(points: Any) -> Any:
        return points + by if sides else points + by * (np.arange(len(points)) % 2 == 0)[:, None]

    return move


def _enlarged_pixels(points: Any) -> Any:
    """Boxes of pixels enlarged: the last pixel of one is the end of its size less one."""
    last = (np.arange(len(points)) % 2 == 1)[:, None]
    return (points + last) * LARGER - last


_MOVE, _MOVE_XY, _MOVE_HALF = _Change(_moved(FAR)), _Change(_moved(FAR, sides=False)), _Change(_moved(0.5))
_LARGER, _LARGER_PIXELS = _Change(lambda points: points * LARGER), _Change(_enlarged_pixels)


def _changes(asked: _Asked) -> Iterator[tuple[_Change, Diagnosis]]:
    yield _MOVE, _MOVED
    yield _Change(lambda points: points[:, ::-1]), _AXES
    if set(asked.session.drill.takes.values()) == {"box"}:
        yield _Change(lambda points: points, turn=True), _EXCHANGED


_SCORES_UNREAD = Diagnosis(
    "scores-ignored",
    Text(
        "把得分换给别的框，留下的仍是同样的框，次序也不变",
        "with the scores given to other boxes the very same boxes come back, in the same order",
    ),
    Text("先按得分从高到低排序；检查取的是不是得分那一列。", "Sort by score, the best first; check which column is taken for the scores."),
)  # fmt: skip
_OWN_PLACES = Diagnosis(
    "positions-in-sorted",
    Text(
        "不论框以什么次序给出，返回的下标都一样：那是排序后的位置，不是输入中的下标",
        "in whatever order the boxes are given, the same indices come back: they are positions in an order of its own, not indices of the input",
    ),
    Text("排序或交换时一路带着原来的下标，最后返回它们。", "Carry the original indices through sorting and swapping, and return those."),
)  # fmt: skip
_CUT = Diagnosis(
    "cuts-to-integers",
    Text(
        "整体平移整数时结果不变，平移 0.5 就变了：坐标在某处被取整",
        "moving everything by whole numbers changes nothing, moving it by 0.5 does: coordinates are cut to whole numbers",
    ),
    Text("不要对坐标使用 int() 或 astype(int)。", "Do not call int() or astype(int) on coordinates."),
)
_AN_AREA = Diagnosis(
    "is-an-area",
    Text(
        "整体放大 4 倍，结果变为 16 倍：返回的是面积（或面积之差），而不是比值",
        "with everything 4 times as large the answer is 16 times as large: it is an area, or a difference of areas, not a ratio",
    ),
    Text("return 交集 / 并集。", "Return intersection / union."),
)
_A_LENGTH = Diagnosis(
    "is-a-length",
    Text(
        "整体放大 4 倍，结果也变为 4 倍：分子与分母不都是面积",
        "with everything 4 times as large the answer is 4 times as large too: numerator and denominator are not both areas",
    ),
    Text("交集和并集都是面积：宽乘以高。", "Intersection and union are areas: width times height."),
)
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
    Text("这还不能解释全部结果：别处也许还有错误", "that does not explain all answers: there may be another mistake"),
)
_MOVED = Diagnosis(
    "changes-when-moved",
    Text("整体平移 64 之后结果就变了，本应不变", "the answer changes when everything is moved by 64, which must not matter"),
    Text("用一个例子平移前后逐步对照，看哪个中间结果变了。", "Take one example before and after moving it, and see which step differs."),
)  # fmt: skip
_AXES = Diagnosis(
    "changes-with-axes",
    Text(
        "交换 x 和 y 之后结果就变了，本应不变", "the answer changes when x and y are exchanged, which must not matter"
    ),
    Text("逐行比较 x 的算式和 y 的算式。", "Compare the lines for x with those for y."),
)
_EXCHANGED = Diagnosis(
    "changes-with-order",
    Text(
        "交换两个框之后结果就变了，本应不变",
        "the answer changes when the two boxes are exchanged, which must not matter",
    ),
    Text("逐项比较两个框的算式。", "Compare the terms of one box with those of the other."),
)
_ENLARGED = Diagnosis(
    "changes-when-enlarged",
    Text("整体放大 4 倍之后结果就变了，本应不变", "the answer changes when everything is made 4 times as large, which must not matter"),
    Text("用一个例子放大前后逐步对照，看哪个中间结果不对。", "Take one example before and after enlarging it, and see which step differs."),
)  # fmt: skip
