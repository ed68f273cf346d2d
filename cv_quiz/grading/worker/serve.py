"""The life of one fork: load one file, then call its functions, one input after another."""

from __future__ import annotations

import random
import sys
from dataclasses import asdict
from pathlib import PurePath
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cv_quiz.grading.wire import Packer, TooLargeError, Unpacker
from cv_quiz.grading.worker.functions import find_functions
from cv_quiz.grading.worker.imports import LearnersFinder, answer_imports
from cv_quiz.grading.worker.loading import Loaded, failure_of, load
from cv_quiz.grading.worker.pipes import Printed, capture, shorten_warnings
from cv_quiz.grading.worker.placeholders import PlaceholderModule
from cv_quiz.grading.worker.source import Source, SourceError, read_source
from cv_quiz.grading.worker.values import as_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cv_quiz.grading.exchange import Failure, Limits, Skipped
    from cv_quiz.grading.wire import Frame
    from cv_quiz.grading.worker.pipes import Pipe

MAX_SKIPPED: Final = 200
# The parts of a call that hold values, in the order of their buffers, and what one is that is not sent.
_ARGUMENTS: Final[tuple[tuple[str, Any], ...]] = (
    ("args", ()),
    ("kwargs", MappingProxyType({})),
    ("init_args", ()),
    ("init_kwargs", MappingProxyType({})),
)


class Server:
    """Serves one submission over one pipe."""

    def __init__(self, pipe: Pipe, limits: Limits) -> None:
        self._pipe = pipe
        self._limits = limits
        self._printed = Printed(pipe, limits.printed_bytes)
        self._path = ""
        self._loaded: Loaded | None = None
        self._answered = 0
        self._cells: Sequence[int] = ()

    def run(self) -> None:
        """Load the file named by the first frame, then answer calls until the judge hangs up."""
        frame = self._pipe.receive()
        if frame is None or not self._load(frame):
            return
        while (frame := self._pipe.receive()) is not None:
            self._printed.renew()
            self._answer(frame)

    def _load(self, frame: Frame) -> bool:
        head = frame.head
        self._path = head["path"]
        unpacker = Unpacker(frame.body)
        main = bytes(unpacker.take(head["size"]))
        siblings = {name: (bytes(unpacker.take(size)), path) for name, path, size in head["siblings"]}
        if not head["notebook"]:  # a sibling may import the submission itself
            siblings[f"{head['package']}.{PurePath(self._path).stem}"] = main, self._path
        finder = LearnersFinder(self._path, head["package"], siblings, set(head["hidden"]))
        answer_imports(finder)
        sys.argv = [self._path]  # as if it had been started on its own: there are no options to be read
        capture(self._printed)
        shorten_warnings(lambda: (self._loaded is None, self._answered))
        _seed(head["seed"])
        return self._parse_and_run(main, finder, head)

    def _parse_and_run(self, main: bytes, finder: LearnersFinder, head: Mapping[str, Any]) -> bool:
        status, failure, source = "ok", None, None
        try:
            source = read_source(main, notebook=head["notebook"])
            self._cells = source.cells
            if not head["again"]:
                functions = [asdict(function) for function in find_functions(source.tree)]
                self._pipe.send({"kind": "parsed", "functions": functions})
            finder.prepared(source.tree, self._path)
            self._loaded = load(source, self._path, head["package"], self._printed.forget)
        except SourceError as error:
            status, failure, self._cells = "exception", error.failure, error.cells
        except MemoryError as error:
            status, failure = "memory-limit", failure_of(error, self._path)
        except Exception as error:  # noqa: BLE001 - a file the compiler refuses: theirs, whatever it is
            status, failure = "exception", failure_of(error, self._path)
        self._printed.flush()
        self._send_loaded(status, failure, source, list(finder.missing))
        return self._loaded is not None

    def _send_loaded(self, status: str, failure: Failure | None, source: Source | None, missing: list[str]) -> None:
        skipped: list[Skipped] = [*(source.skipped if source else ()), *(self._loaded.skipped if self._loaded else ())]
        head = {
            "kind": "loaded",
            "status": status,
            "failure": asdict(failure) if failure else None,
            "missing": missing[:MAX_SKIPPED],
            "skipped": [asdict(one) for one in skipped[:MAX_SKIPPED]],
            "encoding": source.encoding if source else "",
            "cells": list(self._cells),
        }
        self._pipe.send(head)

    def _answer(self, frame: Frame) -> None:
        try:
            head, body = self._call(frame)
        except TooLargeError:
            head, body = {"status": "output-limit"}, []
        except MemoryError as error:
            head, body = {"status": "memory-limit", "failure": asdict(self._failure_of(error))}, []
        except BaseException as error:  # noqa: BLE001 - SystemExit is a failure of theirs, too
            head, body = {"status": "exception", "failure": asdict(self._failure_of(error))}, []
        self._printed.flush()
        self._answered += 1
        self._pipe.send({"kind": "reply", "number": self._answered} | head, body)

    def _call(self, frame: Frame) -> tuple[dict[str, Any], list[bytes]]:
        head, unpacker = frame.head, Unpacker(frame.body)
        convert = _to_tensors if "tensors" in head else _same
        args, kwargs, init_args, init_kwargs = (
            convert(unpacker.value(head[name])) if name in head else empty for name, empty in _ARGUMENTS
        )
        _seed(head["seed"])
        owner = head.get("owner")
        target = self._lookup(owner or head["function"])
        start = perf_counter()
        instance = target(*init_args, **init_kwargs) if owner else None
        value = None
        for name in head["function"].split(","):
            value = (getattr(instance, name) if owner else target)(*args, **kwargs)
        seconds = perf_counter() - start
        attributes = {name: getattr(instance, name) for name in head.get("attributes", ()) if hasattr(instance, name)}
        return self._reply(value, attributes, args, seconds)

    def _lookup(self, name: str) -> Any:
        names = vars(self._loaded.module) if self._loaded else {}
        if name not in names:
            raise NameError(f"name '{name}' is not defined", name=name)
        return names[name]

    def _failure_of(self, error: BaseException) -> Failure:
        return failure_of(error, self._path, self._loaded.lost if self._loaded else {})

    def _reply(
        self, value: Any, attributes: Mapping[str, Any], args: Sequence[Any], seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        packer = Packer(self._limits.result_bytes, as_value)
        head = {"status": "ok", "seconds": seconds, "value": packer.tree(value)}
        if attributes:
            head["attributes"] = packer.tree(attributes)
        after = Packer(self._limits.result_bytes, as_value)
        try:
            head["arguments"] = after.tree(tuple(args))
        except TooLargeError:
            head["arguments"] = None
            after.buffers.clear()
        return head, packer.buffers + after.buffers


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    if torch := _torch():
        torch.manual_seed(seed)


def _torch() -> Any:
    """torch, where the submission has imported it and it is more than a placeholder."""
    torch = sys.modules.get("torch")
    return None if isinstance(torch, PlaceholderModule) else torch


def _same(value: Any) -> Any:
    return value


def _to_tensors(value: Any) -> Any:
    torch = _torch()
    if torch is None:
        raise ModuleNotFoundError("No module named 'torch': there are no tensors to pass", name="torch")
    if isinstance(value, np.ndarray):
        return torch.from_numpy(value)
    if isinstance(value, list | tuple):
        return type(value)(_to_tensors(one) for one in value)
    if isinstance(value, dict):
        return {name: _to_tensors(one) for name, one in value.items()}
    return value
