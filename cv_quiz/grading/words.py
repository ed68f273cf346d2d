"""Answers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz.comparison import Clusters, Kept, Picked
from cv_quiz.grading.exchange import Opaque
from cv_quiz.grading.fit import NoAnswer, Raised
from cv_quiz.grading.generic import describe
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.fit import Outcome

# Longer words are cut off; so are the rows of an input beyond the first ones.
SHOWN = 300
ROWS = 10

_RAISES = Text("抛出 {type}", "raises {type}")
_RAISES_WITH = Text("抛出 {type}：{message}", "raises {type}: {message}")
_PICKS = Text("下标 {indices}，得分 {scores}", "indices {indices}, scores {scores}")
_CLUSTERS = Text("中心 {centroids}，标签 {labels}", "centroids {centroids}, labels {labels}")
_ENDED = {
    "time-limit": Text("超时，没有结果", "no answer within the time limit"),
    "memory-limit": Text("超出内存，没有结果", "no answer within the memory limit"),
    "died": Text("进程结束，没有结果", "no answer: the process ended"),
    "output-limit": Text("结果太大", "a result that is too large"),
}


def in_words(outcome: Outcome, reply: Reply | None) -> Text:
    """An outcome in words; the reply tells what came back where it could not be read."""
    match outcome:
        case Raised(type_name=name):
            message = reply.failure.message if reply is not None and reply.failure is not None else ""
            words = (_RAISES_WITH if message else _RAISES).format(type=name, message=message)
        case NoAnswer(fault=fault):
            words = _unread(fault, reply)
        case Kept(indices=indices):
            words = _same(str(list(indices)))
        case Picked(indices=indices, scores=scores):
            words = _PICKS.format(indices=_list(indices), scores=_list(scores))
        case Clusters(centroids=centroids, labels=labels):
            table = "-" if centroids is None else written(centroids)
            words = _CLUSTERS.format(centroids=table, labels=_list(labels))
        case _:
            words = _same(written(outcome))
    return _cut(words)


def _unread(fault: str, reply: Reply | None) -> Text:
    """What came back in place of an answer, or why nothing did."""
    if reply is None or reply.status != "ok":
        return _ENDED.get(fault, _same(fault))
    value = reply.value
    if value is None or isinstance(value, Opaque):
        return _same(describe(value) if value is not None else "None")
    return _same(f"{describe(value)}: {written(value)}")


def written(value: Any) -> str:
    """A value as a person would write it: short numbers, and only the first rows of many."""
    if isinstance(value, np.ndarray):
        value = list(value) if value.ndim else value.item()
    if isinstance(value, list | tuple):
        rows = [written(row) for row in value[:ROWS]]
        return "[" + ", ".join(rows) + (", ...]" if len(value) > ROWS else "]")
    if isinstance(value, float | np.floating):
        return number(float(value))
    return f"<{value.type_name}>" if isinstance(value, Opaque) else str(value)


def number(value: float) -> str:
    """A number with the digits that matter."""
    return f"{value:.6g}"


def _list(values: Iterable[float] | None) -> str:
    return "-" if values is None else "[" + ", ".join(number(value) for value in values) + "]"


def _same(words: str) -> Text:
    return Text(words, words)


def _cut(text: Text) -> Text:
    return Text(*(words if len(words) <= SHOWN else words[: SHOWN - 3] + "..." for words in (text.zh, text.en)))
