"""From the heads of frames to plain values: every field checked, every text cleaned, every list capped."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from cv_quiz.grading.exchange import Failure, Function, Inspection, Parameter, Reply, Skipped, Status
from cv_quiz.grading.wire import Unpacker, WireError
from cv_quiz.grading.worker.namespaces import SUBMISSION
from cv_quiz.grading.worker.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cv_quiz.grading.wire import Frame
    from cv_quiz.grading.worker.requests import Request

TEXT: Final = 2000
REASON: Final = 600
NAME: Final = 200
MANY: Final = 500
STATUSES: Final[dict[str, Status]] = {status: status for status in get_args(Status)}
KINDS: Final = ("positional", "varargs", "keyword", "varkw")
CLAIM_SLACK_SECONDS: Final = 0.01
CLAIM_SLACK_SHARE: Final = 0.25

_ELSEWHERE: Final = f"{SUBMISSION}/"  # learners know their files by their names, not by where the fork sees them

T = TypeVar("T")


def read_functions(frame: Frame) -> tuple[Function, ...]:
    """The functions of a `parsed` frame. Raises WireError."""
    return _many(frame.head, "functions", _function)


def read_inspection(frame: Frame, functions: tuple[Function, ...]) -> Inspection:
    """What a `loaded` frame says. Raises WireError."""
    cells = _many(frame.head, "cells", _line)
    return Inspection(
        functions=functions,
        missing_modules=_many(frame.head, "missing", _name),
        skipped=tuple(replace(one, place=_place(one.line, cells)) for one in _many(frame.head, "skipped", _skipped)),
        failure=placed(_failure(frame.head.get("failure")), cells),
        status=_status(frame.head),
        encoding=_text(frame.head, "encoding", NAME),
        cells=cells,
    )


def placed(failure: Failure | None, cells: Sequence[int]) -> Failure | None:
    """A failure with its place in a notebook: `cells` are the numbers of lines before each code cell."""
    if failure is None or not cells:
        return failure
    return replace(failure, place=_place(failure.line, cells), cause=placed(failure.cause, cells))


def _place(line: int | None, cells: Sequence[int]) -> tuple[int, int] | None:
    cell = bisect_left(cells, line or 0)
    return (cell, line - cells[cell - 1]) if line and cell else None


def read_reply(frame: Frame, request: Request, number: int, waited: float, most: float) -> Reply:
    """The reply to the call with this number, for which the judge waited so many seconds. Raises WireError.

    The call may have begun before the judge waited for it; by the judge's clock it took no longer than `most`.
    """
    head = frame.head
    if head.get("kind") != "reply" or head.get("number") != number:
        raise WireError("not the reply to this call")
    status = _status(head)
    if status != "ok":
        return Reply(status, failure=_failure(head.get("failure")), seconds=waited)
    unpacker = Unpacker(frame.body)
    value = unpacker.value(head.get("value"))
    attributes = unpacker.value(head["attributes"]) if "attributes" in head else {}
    as_sent = head.get("arguments") == request.arguments and unpacker.rest() == request.buffers
    after = request.call.args if as_sent else unpacker.value(head.get("arguments"))
    if not isinstance(attributes, dict) or not isinstance(after, tuple | None):
        raise WireError("a reply with wrong parts")
    seconds = _seconds(head.get("seconds"), waited, most)
    return Reply("ok", value, attributes, after or (), seconds=seconds)


def read_print(frame: Frame, limit: int) -> str:
    """The text of a `print` frame."""
    return _text(frame.head, "text", limit)


def _seconds(claim: Any, waited: float, most: float) -> float:
    """The worker's own measure, without the transport, as long as the judge's clock bears it out."""
    if not isinstance(claim, float) or not math.isfinite(claim) or claim < 0:
        return waited
    slack = CLAIM_SLACK_SECONDS + CLAIM_SLACK_SHARE * waited
    return claim if waited - slack <= claim <= most else waited


def _status(head: Mapping[str, Any]) -> Status:
    status = STATUSES.get(head["status"]) if isinstance(head.get("status"), str) else None
    if status is None:
        raise WireError("an unknown status")
    return status


def _many(head: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    values = head.get(key)
    if not isinstance(values, list):
        raise WireError(f"{key} is no list")
    return tuple(read(value) for value in values[:MANY])


def _text(head: Mapping[str, Any], key: str, limit: int) -> str:
    value = head.get(key)
    if not isinstance(value, str):
        raise WireError(f"{key} is no text")
    return clean(value.replace(_ELSEWHERE, ""), limit)


def _name(value: Any) -> str:
    if not isinstance(value, str):
        raise WireError("a name that is no text")
    return clean(value, NAME)


def _line(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 31:
        raise WireError("a line that is no number")
    return value


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WireError("no object")
    return value


def _skipped(value: Any) -> Skipped:
    head = _object(value)
    return Skipped(_line(head.get("line")), _text(head, "source", NAME), _text(head, "reason", REASON))


def _failure(value: Any, *, caused: bool = False) -> Failure | None:
    if value is None:
        return None
    head = _object(value)
    line = head.get("line")
    return Failure(
        _text(head, "type_name", NAME),
        _text(head, "message", TEXT),
        None if line is None else _line(line),
        None if caused else _failure(head.get("cause"), caused=True),
    )


def _parameter(value: Any) -> Parameter:
    head = _object(value)
    if head.get("kind") not in KINDS:
        raise WireError("a parameter of unknown kind")
    return Parameter(_text(head, "name", NAME), head["kind"], _text(head, "default", NAME))


def _function(value: Any) -> Function:
    head = _object(value)
    return Function(
        name=_text(head, "name", NAME),
        parameters=_many(head, "parameters", _parameter),
        line=_line(head.get("line")),
        owner=_text(head, "owner", NAME),
        docstring=_text(head, "docstring", TEXT),
        calls=_many(head, "calls", _name),
    )
