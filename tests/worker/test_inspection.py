"""What is found in a file, and how files are taken as people leave them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cv_quiz.errors import InputError
from cv_quiz.grading.exchange import Call, Parameter, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.exchange import Inspection
    from cv_quiz.grading.host import Submission, Worker


@pytest.fixture
def inspect(submit: Callable[..., Submission]) -> Callable[..., Inspection]:
    def inspect(source: str | bytes, **more: Any) -> Inspection:
        return submit(source, **more).inspect()

    return inspect


def test_functions_are_found_as_written(inspect: Callable[..., Inspection]) -> None:
    source = '''
        def nms(boxes, /, scores: list = None, *rest, iou_threshold=0.5, **more) -> list:
            """Suppress.

            Greedily."""
            def inner(): pass
            return iou(boxes, scores)
        def iou(a, b):
            return area(a)
        async def later(): pass
        area = lambda box: 1
        class KMeans:
            def __init__(self, k): pass
            def fit(self, points): return self.step(points)
            def step(self, points): pass
        if True:
            def branch(): pass
        else:
            def other(): pass
        try:
            def tried(): pass
        except ValueError:
            def caught(): pass
        if __name__ == "__main__":
            def hidden(): pass
    '''
    found = inspect(source).functions
    names = ["nms", "iou", "later", "area", "__init__", "fit", "step", "branch", "other", "tried", "caught"]
    assert [function.name for function in found] == names
    nms = found[0]
    assert nms.parameters == (
        Parameter("boxes"),
        Parameter("scores", default="None"),
        Parameter("rest", "varargs"),
        Parameter("iou_threshold", "keyword", "0.5"),
        Parameter("more", "varkw"),
    )
    assert (nms.line, nms.docstring, nms.calls) == (2, "Suppress.\n\nGreedily.", ("iou",))
    assert found[1].calls == ("area",)
    assert [function.owner for function in found[3:8]] == ["", "KMeans", "KMeans", "KMeans", ""]
    assert found[5].calls == ("step",)


@pytest.mark.parametrize(
    ("source", "kind", "line", "words"),
    [
        ("def f(:\n    pass", "SyntaxError", 1, "invalid syntax"),
        ("x = 1\nprint 'a'\n", "SyntaxError", 2, "Missing parentheses in call to 'print'"),
        ("try:\n    pass\nexcept ValueError, e:\n    pass", "SyntaxError", 3, "parenthesized"),
        ("def f():\n        x = 1\n\ty = 2\n", "TabError", 3, "tabs"),
        ("def f():\nreturn 1", "IndentationError", 2, "indented"),
        ("return 1", "SyntaxError", 1, "outside function"),
        ("x = 1\ny = '\0'", "SyntaxError", 2, "NUL"),
        (b"\xff\xfed\x00e\x00f\x00", "SyntaxError", 1, "UTF-16"),
        (b"x = 1\n# \xff\xff", "SyntaxError", 2, "UTF-8"),
        ("# coding: ascii\nx = '中文'".encode(), "SyntaxError", 2, "ASCII"),
        (b"# coding: nonsense\n", "SyntaxError", 1, "nonsense"),
        ("x = " + "(" * 200_000, "SyntaxError", 1, "nested"),
        ("x = " + "-" * 200_000 + "1", None, None, ""),
        ("x" + ".a" * 200_000, None, None, ""),
    ],
)
def test_files_that_are_no_python(
    inspect: Callable[..., Inspection], source: str | bytes, kind: str | None, line: int | None, words: str
) -> None:
    found = inspect(source)
    assert found.status in {"exception", "died", "memory-limit"}
    if kind is not None:
        assert found.failure
        assert (found.failure.type_name, found.failure.line) == (kind, line)
        assert words in found.failure.message


@pytest.mark.parametrize(
    "source",
    [
        "\ufeffdef f():\n    return '中文'".encode(),
        "# -*- coding: gbk -*-\ndef f():\n    return '中文'".encode("gbk"),
        "def f():\r\n    return '中文'\r\n".encode(),
        "def f():\r    return '中文'\r".encode(),
    ],
)
def test_encodings_and_line_ends(submit: Callable[..., Submission], source: bytes) -> None:
    assert submit(source).call(Call("f")).value == "中文"


@pytest.mark.parametrize("source", ["", "\n\n", "# nothing", "pass", "'''Only words.'''"])
def test_files_with_nothing_in_them(inspect: Callable[..., Inspection], source: str) -> None:
    found = inspect(source)
    assert (found.status, found.functions, found.skipped) == ("ok", (), ())


@pytest.mark.parametrize(
    "source", ["x = 9 ** 9 ** 9 ** 9", "x = 'a' * 10 ** 12", "x = (1,) * 10 ** 12", "x = 1 << 10 ** 12"]
)
def test_folding_bombs(inspect: Callable[..., Inspection], source: str) -> None:
    found = inspect(source + "\ndef f(): pass", load_seconds=0.6, memory_bytes=256 << 20)
    assert found.status in {"time-limit", "memory-limit", "ok"}
    assert [function.name for function in found.functions] == ["f"]


def test_the_main_guard_does_not_run(submit: Callable[..., Submission]) -> None:
    source = "NAME = __name__\nif '__main__' == __name__:\n    NAME = 1 / 0\ndef f():\n    return NAME"
    submission = submit(source)
    assert submission.inspect().skipped == ()
    assert submission.call(Call("f")).value == "submission"


def test_missing_modules_fail_when_used(submit: Callable[..., Submission]) -> None:
    source = """
        import numpy as np
        import nowhere, nowhere.deep as deep
        from elsewhere.inner import thing, Base
        from nowhere import *
        def f(x: thing.Type | None = None, mode=nowhere.MODE, *, other: "nowhere.Type" = deep.A):
            if isinstance(x, nowhere.Tensor):
                return "tensor"
            return "fine"
        def g():
            return thing(1)
        def h():
            return [one for one in nowhere.list]
        class Net(Base, nowhere.nn.Module):
            def run(self):
                return "runs"
    """
    submission = submit(source)
    found = submission.inspect()
    assert (found.status, found.missing_modules, found.skipped) == ("ok", ("nowhere", "elsewhere"), ())
    assert submission.call(Call("f", (np.ones(1),))).value == "fine"
    assert submission.call(Call("run", owner="Net")).value == "runs"
    for name, module in (("g", "elsewhere"), ("h", "nowhere")):
        failure = submission.call(Call(name)).failure
        assert failure
        assert (failure.type_name, module in failure.message) == ("ModuleNotFoundError", True)


def test_a_guarded_import_fails_as_it_would(submit: Callable[..., Submission]) -> None:
    source = """
        try:
            import nowhere
        except ImportError:
            nowhere = None
        try:
            from nowhere import thing
        except:
            thing = "own"
        try:
            import elsewhere
        except ValueError:
            pass
        def f():
            return nowhere, thing, elsewhere is None
    """
    submission = submit(source)
    assert submission.call(Call("f")).value == (None, "own", False)
    assert submission.inspect().missing_modules == ("elsewhere",)


def test_plotting_is_never_there(submit: Callable[..., Submission]) -> None:
    source = "import matplotlib.pyplot as plt\nfrom mpl_toolkits.mplot3d import Axes3D\ndef f():\n    plt.show()"
    submission = submit(source)
    assert submission.inspect().missing_modules == ("matplotlib", "mpl_toolkits")
    failure = submission.call(Call("f")).failure
    assert failure
    assert "no screen" in failure.message


TOP_LEVELS = {
    "img = cv2.imread('a.png')": "ModuleNotFoundError",
    "plt.figure(); plt.show()": "ModuleNotFoundError",
    "n = int(input('n: '))": "EOFError",
    "data = np.load('missing.npy')": "FileNotFoundError",
    "with open('missing.txt') as file: data = file.read()": "FileNotFoundError",
    "for box in range(1 // 0): print(box)": "ZeroDivisionError",
    "sys.exit(main())": "NameError",
    "sys.exit(0)": "SystemExit",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "assert LIMIT == 1": "AssertionError",
    "os.makedirs('out')": "PermissionError",
    "argparse.ArgumentParser().parse_args(['--no'])": "SystemExit",
    "subprocess.run(['ls'])": "PermissionError",
}


@pytest.mark.parametrize("statement", TOP_LEVELS)
def test_a_top_level_that_fails_is_skipped_and_named(submit: Callable[..., Submission], statement: str) -> None:
    source = f"""
        import argparse, os, subprocess, sys
        import cv2
        import numpy as np
        import matplotlib.pyplot as plt
        LIMIT = 0.5
        print("before")
        {statement}
        AFTER = LIMIT * 2
        def nms(boxes):
            return [AFTER]
        print("after")
    """
    submission = submit(source)
    found = submission.inspect()
    assert found.status == "ok"
    assert found.failure is None
    named = {skipped.source: skipped.reason for skipped in found.skipped}
    assert named.pop('print("before")') == ""
    assert named.pop('print("after")') == ""
    assert all(one.startswith(TOP_LEVELS[statement]) or not one for one in named.values())
    assert any(one.startswith(TOP_LEVELS[statement]) for one in named.values())
    assert set(named) == {statement}
    assert submission.call(Call("nms", ([],))).value == [1.0]
    assert "before" not in found.printed
    assert "after" not in found.printed


def test_decorators_of_missing_modules_are_taken_off(submit: Callable[..., Submission]) -> None:
    source = """
        from numba import njit, jit
        import nowhere as torch
        def count(function):
            return lambda: function() + 1
        @jit(nopython=True)
        def f():
            return 1
        @njit
        @count
        def g():
            return 1
        class Net(torch.Module):
            @torch.no_grad()
            def run(self):
                return 3
    """
    submission = submit(source)
    assert submission.inspect().missing_modules == ("numba", "nowhere")
    assert [submission.call(Call(name)).value for name in ("f", "g")] == [1, 2]
    assert submission.call(Call("run", owner="Net")).value == 3


def test_a_definition_that_fails_is_named_and_the_others_stay(submit: Callable[..., Submission]) -> None:
    source = """
        from __future__ import annotations
        import nowhere
        def f(x: NotThere = 1):
            return x
        def g(device=nowhere.device("cpu")):
            return 2
        if f() > 0:
            SIGN = 1
        else:
            SIGN = -1
    """
    submission = submit(source)
    found = submission.inspect()
    assert [(one.line, one.source) for one in found.skipped] == [(6, 'def g(device=nowhere.device("cpu")):')]
    assert found.skipped[0].reason.startswith("ModuleNotFoundError")
    assert submission.call(Call("f")).value == 1
    assert submission.call(Call("g")).status == "exception"


def test_a_broken_file_answers_every_call_the_same(submit: Callable[..., Submission]) -> None:
    submission = submit("def f(:\n    pass")
    first, second = submission.call(Call("f")), submission.call(Call("f"))
    assert first == second
    assert first.status == "exception"
    assert first.failure == submission.inspect().failure


def test_many_functions_are_bounded(inspect: Callable[..., Inspection]) -> None:
    found = inspect("\n".join(f"def f{number}(): pass" for number in range(3000)))
    assert len(found.functions) == 500


@pytest.mark.parametrize("kind", ["folder", "fifo", "missing", "device", "large", "forbidden"])
def test_what_cannot_be_read_is_an_error_of_input(worker: Worker, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "solution.py"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "large":
        path.write_bytes(b"#" * (9 << 20))
    elif kind == "forbidden":
        path.write_text("")
        path.chmod(0)
        if os.geteuid() == 0:
            pytest.skip("nothing is forbidden to root")
    with pytest.raises(InputError) as caught:
        worker.open(path)
    assert str(path) in caught.value.text.zh
    assert str(path) in caught.value.text.en


def test_skipped_statements_are_plain_text(inspect: Callable[..., Inspection]) -> None:
    found = inspect("'''Words.'''\nprint('a')\nraise ValueError('\\x1b[31mred')")
    assert found.skipped == (
        Skipped(2, "print('a')", ""),
        Skipped(3, "raise ValueError('\\x1b[31mred')", "ValueError: red"),
    )
