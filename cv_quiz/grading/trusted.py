"""A stand-in for the worker that runs functions of our own in this very process. Never give it a learner's code."""

from __future__ import annotations

import copy
import inspect
import random
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cv_quiz.grading.exchange import Failure, Function, Inspection, Opaque, Parameter, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cv_quiz.grading.exchange import Call

_SENDABLE = (type(None), bool, int, float, complex, str, list, tuple, dict, set, np.ndarray, np.generic)


@dataclass(slots=True)
class TrustedSubmission:
    """Functions and classes by name, as if they stood in one file."""

    members: Mapping[str, Any]
    make: Callable[[], Mapping[str, Any]] | None = None

    @property
    def digest(self) -> bytes:
        """The names stand for the functions: there is no text."""
        return " ".join(self.members).encode()

    def inspect(self) -> Inspection:
        """The functions, and the methods of the classes."""
        found: list[Function] = []
        for name, member in self.members.items():
            if inspect.isclass(member):
                methods = {key: value for key, value in vars(member).items() if callable(value)}
                found += [describe(key, value, owner=name) for key, value in methods.items()]
            elif callable(member):
                found.append(describe(name, member))
        return Inspection(tuple(found))

    def calls(self, calls: Iterable[Call]) -> Iterator[Reply]:
        """Make the calls here, one after the other."""
        return map(self.call, calls)

    def call(self, call: Call) -> Reply:
        """Make the call here, with copies of the arguments."""
        args, kwargs = copy.deepcopy((call.args, dict(call.kwargs)))
        random.seed(call.seed)
        np.random.seed(call.seed)  # that is what a function would draw from
        start = perf_counter()
        try:
            with np.errstate(all="ignore"):  # a mistake may well divide by zero: nobody wants to read of it
                value, attributes = self._made(call, args, kwargs)
        except Exception as error:  # noqa: BLE001 - an exception is an answer
            return Reply("exception", failure=Failure(type(error).__name__, str(error)))
        seconds = perf_counter() - start
        return Reply("ok", copy.deepcopy(_sendable(value)), attributes, args, seconds=seconds)

    def restart(self) -> None:
        """Start with fresh functions where they can be made again."""
        if self.make is not None:
            self.members = self.make()

    def close(self) -> None:
        """Nothing runs that would have to end."""

    def _made(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        if not call.owner:
            return self.members[call.function](*args, **kwargs), {}
        instance = self.members[call.owner](*call.init_args, **call.init_kwargs)
        value = None
        for method in call.function.split(","):
            value = getattr(instance, method)(*args, **kwargs)
        found = {name: _sendable(getattr(instance, name)) for name in call.attributes if hasattr(instance, name)}
        return (None if value is instance else value), found


def describe(name: str, function: Callable[..., Any], owner: str = "") -> Function:
    """A function as the worker's parser would describe it."""
    kinds: dict[object, Literal["varargs", "varkw", "keyword"]] = {
        inspect.Parameter.VAR_POSITIONAL: "varargs",
        inspect.Parameter.VAR_KEYWORD: "varkw",
        inspect.Parameter.KEYWORD_ONLY: "keyword",
    }
    parameters = tuple(
        Parameter(parameter.name, kinds.get(parameter.kind, "positional"), _written(parameter.default))
        for parameter in inspect.signature(function).parameters.values()
    )
    return Function(name, parameters, 1, owner, inspect.getdoc(function) or "")


def _written(default: Any) -> str:
    return "" if default is inspect.Parameter.empty else repr(default)


def _sendable(value: Any) -> Any:
    return value if isinstance(value, _SENDABLE) else Opaque(type(value).__name__)
