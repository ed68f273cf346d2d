"""Time, memory, output and death: the reply says which it was, and the next call works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cv_quiz.grading.exchange import Call, Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.host import Submission

ENDLESS = {
    "loop": "while True: pass",
    "sleep": "time.sleep(1000)",
    "swallowing": "swallow()",
    "ignoring signals": "ignore(); swallow()",
    "regular expression": "re.match('(a+)+$', 'a' * 100 + 'b')",
    "integer power": "9 ** 9 ** 9",
    "joined thread": "thread = threading.Thread(target=spin); thread.start(); thread.join()",
    "lock taken twice": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "stopped": "os.kill(os.getpid(), signal.SIGSTOP); spin()",
    "empty pipe": "os.read(os.pipe()[0], 1)",
    "exception text": "raise Looping",
    "endless iterator": "sum(itertools.repeat(1))",
    "endless result": "return Endless([1])",
}
HELPERS = """
import itertools, os, re, signal, threading, time
def spin():
    while True: pass
def swallow():
    while True:
        try:
            while True: pass
        except BaseException:
            pass
def ignore():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
class Looping(Exception):
    def __str__(self):
        spin()
class Endless(list):
    def __iter__(self):
        spin()
def well():
    return "well"
def f():
    {what}
"""


@pytest.mark.parametrize("what", ENDLESS.values(), ids=list(ENDLESS))
def test_what_never_ends_is_ended(submit: Callable[..., Submission], what: str) -> None:
    submission = submit(HELPERS.format(what=what), call_seconds=0.2)
    assert submission.call(Call("f")).status == "time-limit"
    assert submission.call(Call("well")).value == "well"


def test_an_endless_import_is_ended(submit: Callable[..., Submission]) -> None:
    submission = submit(
        "def f(): pass\nwhile True:\n    try:\n        pass\n    except BaseException:\n        pass", load_seconds=0.5
    )
    inspection = submission.inspect()
    assert inspection.status == "time-limit"
    assert [function.name for function in inspection.functions] == ["f"]
    assert submission.call(Call("f")).status == "time-limit"


def test_a_submission_has_so_much_time_in_all(submit: Callable[..., Submission]) -> None:
    submission = submit("import time\ndef f():\n    time.sleep(0.3)", submission_seconds=1.0)
    replies = [submission.call(Call("f")).status for _ in range(5)]
    assert replies[0] == "ok"
    assert replies[-1] == "time-limit"


MEMORY = {
    "8 TiB array": "np.zeros(2 ** 40)",
    "growing list": "kept = []\n    while True: kept.append(bytearray(1 << 20))",
    "growing text": "text = 'x'\n    while True: text += text",
    "huge range": "list(range(10 ** 12))",
    "broadcast": "np.ones((10 ** 5, 1)) * np.ones(10 ** 5)",
    "mapping": "return mmap.mmap(-1, 1 << 40)",
    "exception with 1 GB": "raise ValueError('x' * (1 << 30))",
}


@pytest.mark.parametrize("what", MEMORY.values(), ids=list(MEMORY))
def test_memory_runs_out(submit: Callable[..., Submission], what: str) -> None:
    source = f"import mmap\nimport numpy as np\ndef f():\n    {what}\ndef well():\n    return 'well'"
    submission = submit(source, memory_bytes=256 << 20)
    reply = submission.call(Call("f"))
    if "mmap" in what:
        assert reply.status == "exception"
        assert reply.failure
        assert reply.failure.type_name == "OSError"
    else:
        assert reply.status == "memory-limit"
    assert submission.call(Call("well")).value == "well"


def test_memory_runs_out_at_import(submit: Callable[..., Submission]) -> None:
    inspection = submit("import numpy as np\nTABLE = np.zeros(2 ** 40)\ndef f(): pass").inspect()
    assert inspection.status == "memory-limit"
    assert inspection.functions


def test_a_process_killed_for_its_memory_is_told_from_others(submit: Callable[..., Submission]) -> None:
    source = """
        import os, signal, numpy as np
        def f(much):
            kept = np.ones(much)
            os.kill(os.getpid(), signal.SIGSEGV)
            import ctypes; ctypes.string_at(0)
    """
    submission = submit(source, memory_bytes=256 << 20)
    assert submission.call(Call("f", (28 << 20,))).status == "memory-limit"
    assert submission.call(Call("f", (8,))).status == "died"


RESULTS = {
    "300 MB": "np.zeros(300 << 17)",
    "giant strides": "np.lib.stride_tricks.as_strided(np.zeros(1), (10 ** 6, 10 ** 6), (0, 0))",
    "broadcast": "np.broadcast_to(1.0, (10 ** 9, 10 ** 9))",
    "long list": "[None] * (10 ** 6)",
    "list within itself": "knot()",
    "many texts": "['x' * 60000] * 10000",
    "list of arrays": "[np.zeros(1 << 20)] * 100",
}


@pytest.mark.parametrize("what", RESULTS.values(), ids=list(RESULTS))
def test_results_are_bounded(submit: Callable[..., Submission], what: str) -> None:
    source = f"""
        import numpy as np
        def knot():
            knot = []
            knot.extend([knot] * 10)
            return knot
        def f():
            return {what}
        def well():
            return "well"
    """
    submission = submit(source, memory_bytes=1 << 30)
    assert submission.call(Call("f")).status == "output-limit"
    assert submission.call(Call("well")).value == "well"


def test_arguments_made_giant_do_not_hide_the_result(ask: Callable[..., Reply]) -> None:
    reply = ask("def f(values):\n    values.extend(['x'] * 10 ** 6)\n    return 1", [1.0])
    assert (reply.status, reply.value, reply.arguments_after) == ("ok", 1, ())


def test_prints_are_kept_up_to_a_limit(submit: Callable[..., Submission]) -> None:
    source = """
        import os, sys
        def f():
            for number in range(100_000):
                print("line", number)
            sys.stderr.write("x" * 10_000_000)
            os.write(1, b"raw")
            return 1
        def quiet():
            print("again")
    """
    submission = submit(source, printed_bytes=1000)
    reply = submission.call(Call("f"))
    assert reply.value == 1
    assert reply.printed.startswith("line 0\nline 1\n")
    assert 900 < len(reply.printed) < 1100
    assert submission.call(Call("quiet")).printed == "again\n"


def test_prints_before_death_and_before_the_time_limit_are_kept(submit: Callable[..., Submission]) -> None:
    source = """
        import os
        def f():
            print("last words")
            os._exit(3)
        def g():
            print("waiting")
            while True: pass
    """
    submission = submit(source, call_seconds=0.25)
    assert submission.call(Call("f")).printed == "last words\n"
    assert submission.call(Call("g")).printed == "waiting\n"


DEATHS = {
    "os._exit(0)": Failure("exit", "0"),
    "os._exit(7)": Failure("exit", "7"),
    "ctypes.string_at(0)": Failure("SIGSEGV", ""),
    "os.closerange(0, 100)": Failure("exit", "1"),
}


@pytest.mark.parametrize("what", DEATHS)
def test_death_is_no_answer(submit: Callable[..., Submission], what: str) -> None:
    submission = submit(f"import ctypes, os\ndef f():\n    {what}\ndef well():\n    return 'well'")
    reply = submission.call(Call("f"))
    assert (reply.status, reply.value, reply.failure) == ("died", None, DEATHS[what])
    assert submission.call(Call("well")).value == "well"


def test_death_at_import(submit: Callable[..., Submission]) -> None:
    submission = submit("import os\ndef f():\n    return 1\nos._exit(0)")
    assert submission.inspect().status == "died"
    assert submission.call(Call("f")).status == "died"


def test_recursion_without_end_is_an_exception(ask: Callable[..., Reply]) -> None:
    reply = ask("def f(n):\n    return f(n + 1) + 1", 0)
    assert reply.failure
    assert (reply.status, reply.failure.type_name, reply.failure.line) == ("exception", "RecursionError", 2)


def test_the_stack_runs_over(submit: Callable[..., Submission]) -> None:
    source = """
        import sys
        def f():
            sys.setrecursionlimit(10 ** 9)
            class Calling:
                pass
            Calling.__call__ = Calling()
            return Calling()()
        def well():
            return "well"
    """
    submission = submit(source)
    assert submission.call(Call("f")).status in {"died", "exception"}  # Python 3.12 guards its stack
    assert submission.call(Call("well")).value == "well"


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("sys.exit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("input('number? ')", "EOFError"),
        ("sys.stdin.readline().strip()[0]", "IndexError"),
        ("np.float(3)", "AttributeError"),
        ("np.zeros(3, dtype=np.int)", "AttributeError"),
        ("np.bool(1); np.object", "AttributeError"),
        ("raise Strange", "Strange"),
    ],
)
def test_exceptions_are_told_with_their_line(ask: Callable[..., Reply], what: str, kind: str) -> None:
    source = f"""
        import sys, numpy as np
        class Strange(BaseException):
            def __str__(self):
                raise self
        def f():
            {what}
    """
    reply = ask(source)
    assert reply.status == "exception"
    assert reply.failure
    assert (reply.failure.type_name, reply.failure.line) == (kind, 7)


def test_the_line_is_in_their_file_even_if_a_library_raised(ask: Callable[..., Reply]) -> None:
    reply = ask("import numpy as np\ndef f():\n    x = 1\n    return np.linalg.inv(np.zeros((2, 2)))")
    assert reply.failure
    assert (reply.failure.type_name, reply.failure.line) == ("LinAlgError", 4)


def test_exception_texts_are_capped_and_clean(ask: Callable[..., Reply]) -> None:
    reply = ask("def f():\n    raise ValueError('\\x1b[31mred\\x1b[0m\\x00\\x07 ]]> \\u202eevil\\n' + 'x' * 10 ** 8)")
    assert reply.failure
    assert reply.failure.message.startswith("red ]]> evil\nxxx")
    assert len(reply.failure.message) < 2100


def test_names_of_exceptions_are_capped_and_clean(ask: Callable[..., Reply]) -> None:
    reply = ask("def f():\n    raise type('\\x1b[2J' + 'Bad' * 10 ** 6, (Exception,), {})('text')")
    assert reply.failure
    assert reply.failure.type_name.startswith("BadBad")
    assert len(reply.failure.type_name) < 250


def test_prints_are_clean(ask: Callable[..., Reply]) -> None:
    reply = ask("def f():\n    print('a\\x1b]0;title\\x07b\\x1b[2Jc\\x00d\\ud800e', end='')")
    assert reply.printed == "abcd?e"


def test_printing_at_the_end_of_the_process_is_not_seen(submit: Callable[..., Submission]) -> None:
    submission = submit("import atexit\natexit.register(print, 'PASS')\ndef f():\n    return 1")
    assert submission.call(Call("f")).printed == ""
    submission.restart()
    assert submission.call(Call("f")).printed == ""
