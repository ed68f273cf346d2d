"""A submission that talks to the judge behind the worker's back, or turns the fork upside down."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cv_quiz.grading.exchange import Call, Opaque
from cv_quiz.grading.wire import frame_bytes
from cv_quiz.grading.worker.values import INSTANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.host import Submission

WRITE_EVERYWHERE = """
import os
DATA = {data!r}
def f(*args):
    for number in range(256):
        try:
            os.write(number, DATA)
        except OSError:
            pass
    return "honest"
def well():
    return "well"
{at_import}
"""


def huge(head: int, body: int) -> bytes:
    return struct.pack("<4sIQ", b"cvq1", head, body)


def array(code: str, shape: list[object], body: bytes = b"") -> bytes:
    value = ["a", code, shape]
    head = {"kind": "reply", "number": 1, "status": "ok", "value": value, "attributes": ["d"], "arguments": None}
    return frame_bytes(head, [body])


def reply(value: object, **more: object) -> bytes:
    head = {"kind": "reply", "number": 1, "status": "ok", "value": value, "attributes": ["d"], "arguments": ["t"]}
    return frame_bytes(head | more)


def raw(head: bytes) -> bytes:
    return struct.pack("<4sIQ", b"cvq1", len(head), 0) + head


INVALID = {
    "noise": b"PASS\n" * 100,
    "no magic": b"\x80\x04\x95" + b"cos\nsystem\n(S'true'\ntR." * 10,
    "wrong number": reply(1, number=2),
    "number as text": reply(1, number="1"),
    "wrong kind": reply(1, kind="verdict"),
    "unknown status": reply(1, status="accepted"),
    "status no text": reply(1, status=["ok"]),
    "no attributes": reply(1, attributes=["l"]),
    "value of unknown kind": reply(["x", 1]),
    "value without kind": reply([[]]),
    "object": reply({"py/object": "os.system"}),
    "head too long": huge(2**32 - 1, 0),
    "body too long": huge(2, 2**63),
    "head no object": raw(b"[]"),
    "head no JSON": raw(b"{'a': 1}"),
    "deep head": raw(b"[" * 200_000),
    "many nodes": raw(b"[" + b"0," * 2_000_000 + b"0]"),
    "endless digits": raw(b'{"a": ' + b"9" * 100_000 + b"}"),
    "deep value": reply(json.loads('["l",' * 40 + "1" + "]" * 40)),
    "object array": array("|O", [1], b"12345678"),
    "text array": array("<U4", [1], b"x" * 16),
    "void array": array("|V8", [1], b"x" * 8),
    "negative shape": array("<f8", [-1]),
    "shape beyond the body": array("<f8", [2**40]),
    "shape that overflows": array("<f8", [2**62, 2**62, 0, 2**62]),
    "shape of texts": array("<f8", ["1"]),
    "shape of truths": array("<f8", [True], b"x" * 8),
    "many dimensions": array("<f8", [1] * 100, b"x" * 8),
    "packed beyond the body": reply(["p", "d", 10**9]),
    "packed of unknown kind": reply(["p", "O", 0]),
    "packed of negative length": reply(["p", "d", -1]),
    "scalar too short": reply(["n", "<f8", "00"]),
    "scalar no hex": reply(["n", "|u1", "zz"]),
    "dict of unlike halves": reply(["d", "a"]),
    "dict with other keys": reply(["d", ["l"], 1]),
    "set of lists": reply(["s", ["l"]]),
    "set of many": reply(["s", *range(2000)]),
    "complex of texts": reply(["c", "a", "b"]),
}


@pytest.mark.parametrize("data", INVALID.values(), ids=list(INVALID))
def test_what_is_no_valid_reply_is_none(submit: Callable[..., Submission], data: bytes) -> None:
    submission = submit(WRITE_EVERYWHERE.format(data=data, at_import=""), call_seconds=3.0)
    got = submission.call(Call("f"))
    assert (got.status, got.value) == ("died", None)
    assert submission.call(Call("well")).value == "well"


@pytest.mark.parametrize("data", INVALID.values(), ids=list(INVALID))
def test_nor_at_import(submit: Callable[..., Submission], data: bytes) -> None:
    submission = submit(WRITE_EVERYWHERE.format(data=data, at_import="f()"), load_seconds=3.0)
    assert submission.inspect().status == "died"
    assert submission.call(Call("well")).status == "died"


def test_half_a_frame_is_none(submit: Callable[..., Submission]) -> None:
    source = WRITE_EVERYWHERE.format(data=huge(100, 10), at_import="def g():\n    f()\n    os._exit(0)")
    assert submit(source).call(Call("g")).status == "died"
    waiting = WRITE_EVERYWHERE.format(data=huge(100, 10)[:7], at_import="def g():\n    f()\n    while True: pass")
    assert submit(waiting, call_seconds=0.3).call(Call("g")).status == "time-limit"


def test_a_forged_reply_is_an_output_like_any_other_and_spoils_the_next(submit: Callable[..., Submission]) -> None:
    submission = submit(WRITE_EVERYWHERE.format(data=reply("forged"), at_import=""))
    assert submission.call(Call("f")).value == "forged"
    assert submission.call(Call("well")).status == "died"
    assert submission.call(Call("well")).value == "well"


def test_a_forged_end_of_loading_cannot_answer_calls(submit: Callable[..., Submission]) -> None:
    loaded = frame_bytes(
        {"kind": "loaded", "status": "ok", "failure": None, "missing": [], "skipped": [], "encoding": "", "cells": []}
    )
    submission = submit(WRITE_EVERYWHERE.format(data=loaded, at_import="f()\nos._exit(0)"))
    assert submission.inspect().status == "ok"
    assert submission.call(Call("f")).status == "died"


def test_a_fork_cannot_claim_to_be_unconfined(submit: Callable[..., Submission]) -> None:
    forged = frame_bytes({"kind": "unconfined", "reason": "forged"})
    assert submit(WRITE_EVERYWHERE.format(data=forged, at_import="f()")).inspect().status == "died"


def test_forged_text_is_clean(submit: Callable[..., Submission]) -> None:
    function = {"name": "\x1b[2Jf", "parameters": [], "line": 1, "owner": "", "docstring": "\x00", "calls": []}
    frames = frame_bytes({"kind": "parsed", "functions": [function]}) + frame_bytes(
        {
            "kind": "loaded",
            "status": "exception",
            "failure": {"type_name": "\x1b[31mE", "message": "x" * 10**5, "line": 3, "cause": None},
            "missing": ["\x1b[1mtorch"],
            "skipped": [{"line": 1, "source": "\x07", "reason": "\u202e"}],
            "encoding": "",
            "cells": [],
        }
    )
    # The worker's own `parsed` frame comes first: what follows it, forged, must be a `loaded` frame.
    submission = submit(WRITE_EVERYWHERE.format(data=frames.partition(b"cvq1")[2].partition(b"cvq1")[2], at_import=""))
    assert submission.inspect().status == "ok"
    forged = b"cvq1" + frames.rpartition(b"cvq1")[2]
    inspection = submit(WRITE_EVERYWHERE.format(data=forged, at_import="f()"), beside={}).inspect()
    assert inspection.failure
    assert (inspection.failure.type_name, inspection.missing_modules) == ("E", ("torch",))
    assert len(inspection.failure.message) < 2100
    assert (inspection.skipped[0].source, inspection.skipped[0].reason) == ("", "")


def test_a_flood_of_prints_ends_with_the_time(submit: Callable[..., Submission]) -> None:
    data = frame_bytes({"kind": "print", "text": "x" * 1000})
    source = WRITE_EVERYWHERE.format(data=data, at_import="def g():\n    while True:\n        f()")
    got = submit(source, call_seconds=0.5).call(Call("g"))
    assert got.status == "time-limit"
    assert len(got.printed) < 10_000


def test_requests_can_be_stolen_but_hold_inputs_only(submit: Callable[..., Submission]) -> None:
    source = """
        import os, threading
        def steal():
            for number in range(3, 64):
                try:
                    os.read(number, 1 << 20)
                except OSError:
                    pass
        def f():
            threading.Thread(target=steal, daemon=True).start()
    """
    submission = submit(source, call_seconds=0.5)
    assert submission.call(Call("f")).status == "ok"
    assert submission.call(Call("f")).status in {"time-limit", "died", "ok"}
    submission.restart()
    assert submission.call(Call("f")).status == "ok"


PATCHES = [
    "np.array_equal = np.allclose = lambda *a, **k: True",
    "np.asarray = np.frombuffer = np.zeros",
    "np.random.seed = random.seed = lambda *a: 1 / 0",
    "json.dumps = json.loads = lambda *a, **k: '{}'",
    "struct.pack = struct.Struct = None",
    "os.write = os.read = os.readv = lambda *a: 0",
    "builtins.isinstance = lambda *a: True",
    "builtins.len = lambda *a: 0",
    "builtins.Exception = builtins.BaseException = int",
    "time.perf_counter = time.monotonic = time.time = lambda: 0.0",
    "sys.stdout = sys.stderr = None",
    "sys.modules.clear()",
    "sys.setswitchinterval(1000)",
    "threading.Lock = None",
    "gc.disable()",
    "[setattr(o, '__eq__', True) for o in gc.get_objects() if isinstance(o, type) and o.__module__ != 'builtins'"
    " and not print(end='')][:0]",
    "sys.settrace(lambda *a: 1 / 0)",
    "sys.setprofile(lambda *a: None)",
    "sys._getframe(1).f_globals.clear()",
    "sys._getframe(2).f_globals.clear()",
    "[frame.clear() for frame in ()]",
    "__import__('ctypes').memset(id(None) + 8, 0, 8)",
]


@pytest.mark.parametrize("patch", PATCHES)
def test_patching_the_fork_harms_the_fork_alone(submit: Callable[..., Submission], patch: str) -> None:
    source = f"""
        import builtins, gc, json, os, random, struct, sys, threading, time
        import numpy as np
        def f():
            {patch}
            return "honest"
        def well():
            return "well"
    """
    submission = submit(source, call_seconds=0.5)
    got = submission.call(Call("f"))
    assert got.status in {"ok", "exception", "died", "time-limit"}
    assert got.value in {"honest", None}
    submission.restart()
    assert submission.call(Call("well")).value == "well"
    assert np.array_equal([1], [1])
    assert not np.array_equal([1], [2])


def test_the_fork_holds_nothing_of_the_judges(submit: Callable[..., Submission]) -> None:
    source = """
        import gc, sys
        def f(reversed_secret):
            stack, known, frame = [gc.get_objects()], set(), sys._getframe()
            while frame:
                stack += [frame.f_locals, frame.f_globals]
                frame = frame.f_back
            found = []
            while stack:
                one = stack.pop()
                if id(one) in known:
                    continue
                known.add(id(one))
                if isinstance(one, str):
                    found += [one] if one[::-1] == reversed_secret or one == reversed_secret else []
                elif isinstance(one, dict):
                    stack += [*one.keys(), *one.values()]
                elif isinstance(one, (list, tuple, set, frozenset)):
                    stack += list(one)
            return found
    """
    secret = f"expected value {id(source)}"
    assert submit(source).call(Call("f", (secret[::-1],))).value == [secret[::-1]]


def test_nothing_is_unpickled(ask: Callable[..., Reply]) -> None:
    source = """
        import numpy as np
        class Payload:
            def __reduce__(self):
                return (exec, ("raise SystemExit",))
        def f(kind):
            return {"object": Payload(), "list": [Payload()], "array": np.array([Payload()])}[kind]
    """
    assert ask(source, "object").value == Opaque("Payload", INSTANCE)
    assert ask(source, "list").value == [Opaque("Payload", INSTANCE)]
    assert ask(source, "array").value == Opaque("ndarray", "an array of objects that are not all numbers, shape (1,)")


def test_state_is_kept_between_calls_and_lost_at_a_restart(submit: Callable[..., Submission]) -> None:
    submission = submit("kept = []\ndef f(x):\n    kept.append(x)\n    return kept")
    assert submission.call(Call("f", (1,))).value == [1]
    assert submission.call(Call("f", (2,))).value == [1, 2]
    submission.restart()
    assert submission.call(Call("f", (3,))).value == [3]


def test_submissions_do_not_see_each_other(submit: Callable[..., Submission]) -> None:
    first = submit("import numpy as np\nnp.left = 1\nimport sys\nsys.left = 1\ndef f():\n    return 1")
    assert first.inspect().status == "ok"
    second = submit("import numpy as np, sys\ndef f():\n    return hasattr(np, 'left'), hasattr(sys, 'left')")
    assert second.call(Call("f")).value == (False, False)
    assert first.call(Call("f")).value == 1
