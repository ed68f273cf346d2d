"""Loading a second time, leaving, warnings, and files: what learners see of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cv_quiz.grading.exchange import Call, Skipped
from cv_quiz.grading.failures import diagnose_failure
from cv_quiz.grading.wire import frame_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.host import Submission


def test_what_the_first_try_printed_is_taken_back(submit: Callable[..., Submission]) -> None:
    source = """
        import sys
        print("first")
        LIMIT = [print("kept"), 0.5]
        print("pending", end="")
        n = int(input("n = "))
        def f():
            print("called", end="")
            return LIMIT[1]
    """
    submission = submit(source)
    found = submission.inspect()
    assert found.printed == "kept\nn = "
    assert [one.line for one in found.skipped] == [3, 5, 6]
    reply = submission.call(Call("f"))
    assert (reply.value, reply.printed) == (0.5, "called")


def test_a_file_that_loads_keeps_its_prints(submit: Callable[..., Submission]) -> None:
    assert submit("print('a')\nprint('b', end='')\ndef f(): pass").inspect().printed == "a\nb"


def test_the_second_try_has_the_whole_allowance(submit: Callable[..., Submission]) -> None:
    source = "A = print('x' * 90)\nprint('y' * 50)\n1 / 0\ndef f(): pass"
    assert submit(source, printed_bytes=100).inspect().printed == "x" * 90 + "\n"


def test_a_forged_new_beginning_costs_its_own_prints_only(submit: Callable[..., Submission]) -> None:
    source = f"""
        import os
        def f():
            print("gone")
            for fd in range(3, 64):
                try:
                    os.write(fd, {frame_bytes({"kind": "again", "text": 7, "number": 1})!r} * 3)
                except OSError:
                    pass
            print("there")
            return 5
        def g():
            print("well")
            return 6
    """
    submission = submit(source)
    replies = list(submission.calls([Call("f"), Call("g")]))
    assert [(reply.status, reply.value, reply.printed) for reply in replies] == [
        ("ok", 5, "there\n"),
        ("ok", 6, "well\n"),
    ]


@pytest.mark.parametrize("leave", ["exit()", "quit(1)", "import sys; sys.exit('bye')", "raise SystemExit"])
def test_leaving_is_told_as_such(submit: Callable[..., Submission], leave: str) -> None:
    submission = submit(f"def f():\n    {leave}\n{leave}\ndef g():\n    return 1")
    skipped = submission.inspect().skipped[-1]
    assert (skipped.line, skipped.reason.partition(":")[0]) == (3, "SystemExit")
    reply = submission.call(Call("f"))
    assert reply.status == "exception"
    assert reply.failure
    found = diagnose_failure(reply.failure)
    assert (found.id, found.line) == ("calls-exit", 2)
    assert submission.call(Call("g")).value == 1


def test_a_program_reads_no_options(submit: Callable[..., Submission]) -> None:
    source = """
        import argparse
        import sys
        parser = argparse.ArgumentParser()
        parser.add_argument("--threshold", type=float, default=0.5)
        options = parser.parse_args()
        def f():
            return options.threshold, len(sys.argv), sys.argv[0] == __file__
    """
    assert submit(source).call(Call("f")).value == (0.5, 1, True)


def test_warnings_are_short_and_shown_once_in_a_call(submit: Callable[..., Submission]) -> None:
    source = """
        import warnings
        import numpy as np
        warnings.simplefilter("always")
        warnings.warn("mine", UserWarning)
        def f():
            np.mean([])
            np.mean(np.zeros(0))
            for _ in range(3):
                warnings.warn("mine", DeprecationWarning)
    """
    submission = submit(source)
    assert submission.inspect().printed == "UserWarning: mine\n"
    for reply in submission.calls([Call("f"), Call("f")]):
        lines = reply.printed.splitlines()
        assert lines[0].startswith("RuntimeWarning: Mean of empty slice")
        assert lines[-1] == "DeprecationWarning: mine"
        assert len(lines) == len(set(lines))
        assert not any("/" in line for line in lines)


OUTSIDE = {
    "open('out.txt', 'w')": {"writes-a-file", "file-out-of-reach"},
    "np.save('out.npy', [1])": {"writes-a-file", "file-out-of-reach"},
    "os.mkdir('out')": {"writes-a-file"},
    "open('data.csv')": {"no-such-file"},
    "np.loadtxt('data.txt')": {"no-such-file"},
    "tempfile.NamedTemporaryFile()": {"writes-a-file"},
    "socket.create_connection(('127.0.0.1', 9))": {"forbidden-call"},
    "urllib.request.urlopen('http://127.0.0.1:9/')": {"uses-the-network"},
    "subprocess.run(['ls'])": {"forbidden-call"},
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_what_lies_outside_is_named(submit_confined: Callable[..., Submission], what: str) -> None:
    modules = "import os, socket, subprocess, tempfile, urllib.request\nimport numpy as np\n"
    reply: Reply = submit_confined(f"{modules}def f():\n    {what}").call(Call("f"))
    assert reply.failure
    found = diagnose_failure(reply.failure)
    assert found.id in OUTSIDE[what]
    assert found.line == 4
    name = next((name for name in ("out.txt", "out.npy", "data.csv", "data.txt") if name in what), "")
    assert found.message.zh.endswith(name)


def test_reasons_are_not_cut_within_a_word(submit: Callable[..., Submission]) -> None:
    found = submit("raise ValueError('several ' * 60)\ndef f(): pass").inspect()
    assert found.skipped == (Skipped(1, "raise ValueError('several ' * 60)", "ValueError: " + "several " * 60),)


def notebook(*cells: str) -> str:
    code = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "# Title"}, *code]})


def test_places_in_a_notebook(submit: Callable[..., Submission]) -> None:
    cells = (
        "%matplotlib inline\nimport nowhere\n",
        "",
        "A = 1\nB = nowhere.b()",
        "def f():\n    return B\n\ndef g():\n    return 1 // 0",
    )
    submission = submit(notebook(*cells), name="work.ipynb")
    found = submission.inspect()
    assert found.cells == (0, 3, 4, 6)
    assert [(one.source, one.place) for one in found.skipped] == [
        ("%matplotlib inline", (1, 1)),
        ("B = nowhere.b()", (3, 2)),
    ]
    lost, divided = (submission.call(Call(name)).failure for name in "fg")
    assert lost
    assert lost.cause
    assert divided
    assert (lost.line, lost.place, lost.cause.place) == (8, (4, 2), (3, 2))
    assert divided.place == (4, 5)


def test_the_place_of_what_cannot_be_read(submit: Callable[..., Submission]) -> None:
    failure = submit(notebook("# nothing", "\ndef f(:"), name="work.ipynb").inspect().failure
    assert failure
    assert (failure.type_name, failure.place) == ("SyntaxError", (2, 2))
    plain = submit("\ndef f(:").inspect().failure
    assert plain
    assert (plain.line, plain.place) == (2, None)


def test_a_notebook_that_is_none_is_told_as_such(submit: Callable[..., Submission]) -> None:
    failure = submit("not json", name="work.ipynb").inspect().failure
    assert failure
    assert diagnose_failure(failure).id == "no-notebook"


@pytest.mark.parametrize("cells", [[5, 3, 5], [1 << 30], list(range(400))])
def test_forged_cells_are_only_numbers(submit: Callable[..., Submission], cells: list[int]) -> None:
    head = {"kind": "loaded", "status": "ok", "failure": None, "missing": [], "encoding": "", "cells": cells}
    forged = frame_bytes(head | {"skipped": [{"line": 4, "source": "x", "reason": ""}]})
    source = f"import os\nfor fd in range(3, 64):\n    try:\n        os.write(fd, {forged!r})\n    except OSError:\n        pass\n"
    (skipped,) = submit(source).inspect().skipped
    assert skipped.line == 4
    assert skipped.place is None or min(skipped.place) >= 1
