"""What can be said of any wrong answer: its kind, its manner, and what the failing cases have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Clusters, Kept, Picked
from cv_quiz.grading.exchange import Opaque
from cv_quiz.grading.failures import common_tag
from cv_quiz.grading.faults import NOT_SENT, OUTPUT_FAULTS, TAGS
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.grading.fit import NoAnswer, Raised
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.fit import Fit, Oracle, Outcome, Reading, Run

# So many different answers are wanted before a constant one is called constant.
FEW = 3
# A kind of output is named where at least this share of the results is of it.
MOST = 0.5
# So many characters of an answer are shown.
SHOWN = 80
# Numbers with fewer digits than this count as rounded.
DIGITS = 7
# Of rounded answers so many are close to the right ones.
CLOSE = 0.8


def output_fault(fault: str, kind: str = "") -> Diagnosis:
    """A fault of the output in words."""
    message, hint = OUTPUT_FAULTS.get(fault, OUTPUT_FAULTS["no-numbers"])
    return Diagnosis(fault if fault in OUTPUT_FAULTS else "no-numbers", message.format(kind=kind), hint)


def is_answer(case: Case, outcome: Outcome) -> bool:
    """Whether an outcome can speak for a mistake: an answer, on a case where the answer is no exception."""
    return not isinstance(outcome, Raised | NoAnswer) and not case.raises


def kind_of_output(run: Run, reading: Reading) -> Diagnosis | None:
    """What kind of thing came back, where most of it cannot be read at all."""
    faults = [(at, item.fault) for at, item in enumerate(reading.outcomes) if isinstance(item, NoAnswer)]
    faults = [(at, fault) for at, fault in faults if run.replies[at].status == "ok"]
    if len(faults) < MOST * len(reading.outcomes):
        return None
    at, fault = faults[len(faults) // 2]
    value = run.replies[at].value
    opaque = _first_opaque(value)
    return output_fault(fault, describe(value)) if opaque is None else _not_sent(opaque)


def _first_opaque(value: Any) -> Opaque | None:
    """What could not be sent, where it is all that came back or stands among it."""
    if isinstance(value, list | tuple):
        return next((item for item in value if isinstance(item, Opaque)), None)
    return value if isinstance(value, Opaque) else None


def _not_sent(opaque: Opaque) -> Diagnosis:
    """What came back is no value: why, where that is known. The worker's words are looked up, not shown."""
    found = output_fault("cannot-be-sent", opaque.type_name)
    known = next((words for start, *words in NOT_SENT if opaque.reason.startswith(start)), None)
    if known is None:
        return found
    why, hint = known
    text = Text("{what}：{why}", "{what}: {why}").format(what=found.message, why=why)
    return Diagnosis(found.id, text, hint)


def describe(value: Any) -> str:
    """A result's kind in a few words that both languages share."""
    if isinstance(value, np.ndarray):
        return f"ndarray {value.shape} {value.dtype}"
    if isinstance(value, list | tuple):
        kinds = ", ".join(dict.fromkeys(_kind(item) for item in value))
        return f"{type(value).__name__} ({len(value)}: {kinds})" if value else f"{type(value).__name__} (0)"
    return _kind(value)


def _kind(value: Any) -> str:
    return value.type_name if isinstance(value, Opaque) else type(value).__name__


def is_constant(oracle: Oracle, run: Run, fit: Fit) -> bool:
    """Whether the same answer comes back whatever is asked; nothing, where nothing is given, says nothing."""
    pairs = _telling(run, fit)
    given = {str(got) for _, got in pairs}
    wanted = {str(oracle.expected(oracle.drill.reference, fit.point, case, got)) for case, got in pairs}
    return len(pairs) >= FEW and len(given) == 1 and len(wanted) >= FEW


def constant_answer(run: Run, fit: Fit) -> Diagnosis:
    """The diagnosis for `is_constant`."""
    text = Text("不论输入是什么，答案都是 {value}", "the answer is {value} whatever the input is")
    hint = Text(
        "看中间结果从哪一步起不再随输入变化。",
        "Look from which step on the intermediate results no longer depend on the input.",
    )
    return Diagnosis("constant-answer", text.format(value=_shortly(_telling(run, fit)[0][1])), hint)


def _telling(run: Run, fit: Fit) -> list[tuple[Case, Outcome]]:
    pairs = zip(run.cases, fit.reading.outcomes, strict=True)
    return [(case, got) for case, got in pairs if is_answer(case, got) and "empty" not in case.tags]


def _shortly(answer: Outcome) -> str:
    match answer:
        case Kept(indices=indices):
            return str(list(indices))
        case Picked(indices=indices, scores=scores):
            return f"{list(indices or ())}, {list(scores or ())}"[:SHOWN]
        case Clusters(centroids=centroids, labels=labels):
            return f"{None if centroids is None else centroids.tolist()}, {list(labels or ())}"[:SHOWN]
    return f"{answer:g}" if isinstance(answer, float) else str(answer)[:SHOWN]


def unread_sometimes(run: Run, fit: Fit) -> Diagnosis | None:
    """What kind of thing comes back on the cases that fail, where all others come out right."""
    failing = [at for at, passed in enumerate(fit.passed) if not passed]
    kinds = {item.fault for at in failing if isinstance(item := fit.reading.outcomes[at], NoAnswer)}
    if len(kinds) != 1 or not all(isinstance(fit.reading.outcomes[at], NoAnswer) for at in failing):
        return None
    found = output_fault(kinds.pop(), describe(run.replies[failing[0]].value))
    tag = common_tag(run.cases, failing)
    if tag is None:
        return found
    text = Text("在这样的输入上出错：{what}。{why}", "it goes wrong on {what}: {why}")
    return Diagnosis(found.id, text.format(what=TAGS[tag], why=found.message), found.hint)


def always_one(oracle: Oracle, run: Run, fit: Fit) -> Diagnosis | None:
    """That one box comes back whatever is asked, where several have to."""
    pairs = [(case, got) for case, got in _telling(run, fit) if isinstance(got, Kept | Picked)]
    wanted = [oracle.expected(oracle.drill.reference, fit.point, case, got) for case, got in pairs]
    more = sum(isinstance(want, Kept | Picked) and len(want.indices or ()) > 1 for want in wanted)
    some = [
        got for (_, got), want in zip(pairs, wanted, strict=True) if isinstance(want, Kept | Picked) and want.indices
    ]
    if more < FEW or any(len(got.indices or ()) != 1 for got in some):
        return None
    text = Text("不论应当返回几个框，都只返回一个", "however many boxes have to come back, it is always one")
    hint = Text("看最后返回的是不是全部选中的框。", "See whether all that were picked are returned in the end.")
    return Diagnosis("only-one-comes-back", text, hint)


def rounded(oracle: Oracle, run: Run, fit: Fit) -> Diagnosis | None:
    """That all numbers come back rounded, where that is all that is wrong with them."""
    pairs = [(case, got) for case, got in _telling(run, fit) if not case.tags & {"0/0", "no-area"}]
    numbers = [
        (_numbers(oracle.expected(oracle.drill.reference, fit.point, case, got)), _numbers(got)) for case, got in pairs
    ]
    for digits in range(1, DIGITS):
        close = [_is_close(want, found, 2 * 10.0**-digits) for want, found in numbers]
        if (
            len(numbers) >= FEW
            and sum(close) >= CLOSE * len(close)
            and all(_is_rounded(found, digits) for _, found in numbers)
        ):
            text = Text(
                "所有的数都只有 {digits} 位小数：被四舍五入了",
                "all numbers come back with {digits} decimals: they are rounded",
            )
            hint = Text("不要使用 round()。", "Do not round.")
            return Diagnosis("rounded", text.format(digits=digits), hint)
    return None


def _numbers(answer: Outcome) -> Any:
    match answer:
        case Clusters(centroids=centroids):
            return centroids
        case Picked(scores=scores):
            return None if scores is None else np.asarray(scores, dtype=float)
        case float() | np.ndarray():
            return np.asarray(answer, dtype=float)
    return None


def _is_rounded(found: Any, digits: int) -> bool:
    return found is not None and bool(np.allclose(found, np.round(found, digits), rtol=0, atol=1e-9, equal_nan=True))


def _is_close(wanted: Any, found: Any, most: float) -> bool:
    """Whether numbers are as close to the right ones as rounding them leaves them."""
    if wanted is None or found is None or np.shape(wanted) != np.shape(found):
        return False
    return bool(np.allclose(found, wanted, rtol=0, atol=most))


def in_common(run: Run, fit: Fit) -> Diagnosis | None:
    """What the failing cases have in common, where all others come out right."""
    failing = [at for at, passed in enumerate(fit.passed) if not passed]
    tag = common_tag(run.cases, failing)
    if tag is None or fit.count == 0:
        return None
    return _on(tag, Text("只在这样的输入上出错：{what}", "wrong only on {what}"))


def also_on(tag: str | None) -> list[Diagnosis]:
    """That a mistake does not explain the answers on one kind of input."""
    return [_on(tag, Text("此外，在这样的输入上也出错：{what}", "besides, it is wrong on {what}"))] if tag else []


def _on(tag: str, text: Text) -> Diagnosis:
    return Diagnosis(f"wrong-on-{tag.replace('/', '-')}", text.format(what=TAGS[tag]))


def manner(oracle: Oracle, run: Run, fit: Fit) -> Diagnosis:
    """In which way the answers are wrong: the least that can be said."""
    kinds = {_manner(case, expected, got) for case, expected, got in _wrong(oracle, run, fit)}
    kinds.discard("")
    kind = next(iter(kinds)) if len(kinds) == 1 else "wrong-values"
    return Diagnosis(kind, _MANNERS[kind])


def _wrong(oracle: Oracle, run: Run, fit: Fit) -> Iterator[tuple[Case, Outcome, Outcome]]:
    for at, passed in enumerate(fit.passed):
        got = fit.reading.outcomes[at]
        if not passed and not isinstance(got, Raised | NoAnswer):
            yield run.cases[at], oracle.expected(oracle.drill.reference, fit.point, run.cases[at], got), got


def _manner(case: Case, expected: Outcome, got: Outcome) -> str:
    if isinstance(got, Clusters) and got.centroids is not None and np.isnan(got.centroids).any():
        return "nan"
    match expected, got:
        case Kept() | Picked(), Kept() | Picked():
            return _manner_of_picks(expected, got)
        case Clusters(), Clusters():
            return _manner_of_clusters(np.asarray(case.inputs["points"], dtype=float), expected, got)
        case ((float() | np.ndarray()), (float() | np.ndarray())):
            return _manner_of_numbers(np.asarray(expected, dtype=float), np.asarray(got, dtype=float))
    return ""


def _manner_of_clusters(points: Any, expected: Clusters, got: Clusters) -> str:
    """Whether labels and centroids at least belong together: then the rounds ended too early or began elsewhere."""
    if got.centroids is None or got.labels is None or expected.centroids is None:
        return "labels-differ" if got.labels != expected.labels else "wrong-values"
    if got.centroids.shape != expected.centroids.shape:
        return "wrong-size"
    return _broken_rule(points, got.centroids, np.asarray(got.labels))


def _broken_rule(points: Any, centroids: Any, labels: Any) -> str:
    """Which of the two rules of a finished clustering is broken, if either."""
    with np.errstate(all="ignore"):  # centroids may be infinite, or so far away that a square overflows
        distances = ((points[:, None] - centroids[None]) ** 2).sum(axis=2)
    if labels.min() < 0 or labels.max() >= len(centroids):
        return "labels-differ"
    if (distances[np.arange(len(points)), labels] > distances.min(axis=1) + 1e-6).any():
        return "labels-not-of-nearest"
    if not all(np.allclose(centroids[label], points[labels == label].mean(axis=0)) for label in np.unique(labels)):
        return "centroids-not-means"
    return "other-clusters"


def _manner_of_picks(expected: Kept | Picked, got: Kept | Picked) -> str:
    wanted, found = set(expected.indices or ()), set(got.indices or ())
    if len(found) != len(got.indices or ()):
        return "repeats-an-index"
    if wanted == found:
        return "order-differs" if expected.indices != got.indices else "scores-differ"
    if wanted < found:
        return "keeps-too-many"
    return "keeps-too-few" if found < wanted else "keeps-others"


def _manner_of_numbers(expected: Any, got: Any) -> str:
    if expected.shape != got.shape:
        return "wrong-size"
    if np.isnan(got).any() and not np.isnan(expected).any():
        return "nan"
    if (got < 0).any():
        return "negative-values"
    if (got > 1 + 1e-9).any():
        return "above-one"
    if (got >= expected - 1e-9).all():
        return "too-large"
    return "too-small" if (got <= expected + 1e-9).all() else "wrong-values"


_MANNERS: dict[str, Text] = {
    "wrong-values": Text("结果与约定不符", "the results are not those of the contract"),
    "keeps-too-many": Text("保留了应当去掉的框", "it keeps boxes that have to go"),
    "keeps-too-few": Text("去掉了应当保留的框", "it drops boxes that have to stay"),
    "keeps-others": Text("保留的不是应当保留的框", "it keeps other boxes than it should"),
    "repeats-an-index": Text("同一个下标出现了不止一次", "an index occurs more than once"),
    "order-differs": Text("选中的框正确，但顺序不对", "the right boxes in another order"),
    "scores-differ": Text("选中的框正确，但得分不对", "the right boxes with other scores"),
    "labels-not-of-nearest": Text(
        "有的点没有分给最近的中心", "some points are not with the nearest of the centroids returned"
    ),
    "centroids-not-means": Text("中心不是本簇各点的平均值", "the centroids are not the means of their points"),
    "other-clusters": Text(
        "标签和中心相符，但不是从给定的初始中心得到的结果",
        "labels and centroids fit each other, but not the given start",
    ),
    "labels-differ": Text("有的点被分到了别的簇", "some points are in another cluster"),
    "wrong-size": Text("结果的形状不对", "the result has another shape"),
    "nan": Text("应当是数的地方得到了 NaN", "NaN where a number belongs"),
    "negative-values": Text("得到了负的结果，IoU 不可能为负", "negative results: IoU cannot be negative"),
    "above-one": Text("得到了大于 1 的结果，IoU 不可能大于 1", "results above 1: IoU cannot exceed 1"),
    "too-large": Text("结果偏大", "the results are too large"),
    "too-small": Text("结果偏小", "the results are too small"),
}
