"""Files as editors and notebooks leave them: encodings, line ends, magics; and names that a skipped line leaves open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cv_quiz.grading.exchange import Call, Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.host import Submission

CHINESE = "# 非极大值抑制\ndef 非极大值抑制(框, 阈值=0.5):\n    return '中文'\n"
COOKIE = "# -*- coding: {} -*-\n"


@pytest.mark.parametrize(
    ("raw", "guessed"),
    [
        (CHINESE.encode(), ""),
        (CHINESE.encode("utf-8-sig"), ""),
        (CHINESE.replace("\n", "\r\n").encode("utf-8-sig"), ""),
        (CHINESE.replace("\n", "\r").encode(), ""),
        (CHINESE.encode("gbk"), "gb18030"),
        (CHINESE.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
        ((COOKIE.format("gbk") + CHINESE).encode("gbk"), ""),
        (("#!/usr/bin/python\n" + COOKIE.format("gb2312") + CHINESE).encode("gb2312"), ""),
        ((COOKIE.format("utf-8") + CHINESE).encode("gbk"), "gb18030"),
        ((COOKIE.format("UTF8") + CHINESE).encode(), ""),
        (("\f\n" + CHINESE + "\f\n").encode(), ""),
    ],
)
def test_a_function_is_found_whatever_the_encoding(submit: Callable[..., Submission], raw: bytes, guessed: str) -> None:
    submission = submit(raw)
    found = submission.inspect()
    (function,) = found.functions
    assert (function.name, [parameter.name for parameter in function.parameters]) == ("非极大值抑制", ["框", "阈值"])
    assert submission.call(Call("非极大值抑制", (1,))).value == "中文"
    assert found.encoding == guessed


def test_a_module_beside_in_another_encoding(submit: Callable[..., Submission], tmp_path: Any) -> None:
    submit("", name="placeholder.py")
    (tmp_path / "submitted" / "工具.py").write_bytes("# 面积\n面积 = 3\n".encode("gbk"))
    submission = submit("# 交并比\nfrom 工具 import 面积\ndef f():\n    return 面积\n".encode("gbk"))
    assert submission.call(Call("f")).value == 3


@pytest.mark.parametrize("odd", ["\f", "x = '\x0b\x1c\x1d\u2028\u2029\x85'", "x = 'a\\\n\\\nb'"])
def test_line_numbers_are_pythons_own(submit: Callable[..., Submission], odd: str) -> None:
    found = submit(f"{odd}\nstop = open('nowhere.txt')\ndef f():\n    return 1\n").inspect()
    (skipped,) = found.skipped
    assert skipped.source == "stop = open('nowhere.txt')"
    assert skipped.line == odd.count("\n") + 2
    assert found.functions[0].line == odd.count("\n") + 3


def notebook(*cells: str | list[str]) -> str:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": cell} for cell in cells]})


MAGICS = {
    "%%time\ndef f():\n    return 1": ["%%time"],
    "\n%%time\ndef f():\n    return 1": ["%%time"],
    "# first\n%%timeit -n 10\ndef f():\n    return 1": ["%%timeit -n 10"],
    "%load_ext autoreload\n%autoreload 2\ndef f():\n    return 1": ["%load_ext autoreload", "%autoreload 2"],
    "!pip install -q numba\ndef f():\n    return 1": ["!pip install -q numba"],
    "files = !ls\nn = %timeit -o x\ndef f():\n    return 1": ["files = !ls", "n = %timeit -o x"],
    "if True:\n    !pip install x\ndef f():\n    return 1": ["!pip install x"],
    "np.dot?\nf??\n?f\ndef f():\n    return 1": ["np.dot?", "f??", "?f"],
    "def f():\n    return (7\n%4)-2": [],
    "TEXT = '''\n%matplotlib\n!x\n'''\ndef f():\n    return TEXT.count('%')": [],
    "def f():\n    return '\x0b\x1c'.count('\x1c')": [],
}


@pytest.mark.parametrize("cell", MAGICS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_magics_are_left_out_and_named(submit: Callable[..., Submission], cell: str, encoding: str) -> None:
    submission = submit(notebook(cell).encode(encoding), name="work.ipynb")
    assert [one.source for one in submission.inspect().skipped] == MAGICS[cell]
    assert submission.call(Call("f")).value == 1


@pytest.mark.parametrize("first", ["%%bash", "%%writefile a.py", "%%javascript", "%%cython -a", "\n\n%%sh"])
def test_cells_in_other_languages_are_left_out(submit: Callable[..., Submission], first: str) -> None:
    found = submit(notebook(f"{first}\ndef g(): pass", "def f(): pass"), name="work.ipynb").inspect()
    assert [function.name for function in found.functions] == ["f"]
    assert [one.source for one in found.skipped] == [first.splitlines()[-1]]


LOST = {
    "n = int(input('n: '))": Failure("EOFError", "input() has nobody to ask here", 3),
    "n, m = map(int, input().split())": Failure("EOFError", "input() has nobody to ask here", 3),
    "with open('missing.txt') as n: pass": Failure(
        "FileNotFoundError", "[Errno 2] No such file or directory: 'missing.txt'", 3
    ),
    "for n in range(1 // 0): pass": Failure("ZeroDivisionError", "integer division or modulo by zero", 3),
    "import cv_quiz as n": Failure("ModuleNotFoundError", "No module named 'cv_quiz'", 3),
    "class n(1 // 0): pass": Failure("ZeroDivisionError", "integer division or modulo by zero", 3),
}


@pytest.mark.parametrize("line", LOST)
def test_a_name_that_is_not_defined_is_traced_to_the_line_that_was_skipped(
    submit: Callable[..., Submission], line: str
) -> None:
    submission = submit(
        f"x = 1\n\n{line}\ntwice = n\n\ndef f():\n    return n\ndef g():\n    return twice\ndef h():\n    return other\n"
    )
    for function, expected_line, name in (("f", 3, "n"), ("g", 4, "twice")):
        failure = submission.call(Call(function)).failure
        assert failure
        assert (failure.type_name, failure.message) == ("NameError", f"name '{name}' is not defined")
        assert failure.cause
        assert (failure.cause.type_name, failure.cause.message) == (LOST[line].type_name, LOST[line].message)
        assert failure.cause.line == expected_line
    other = submission.call(Call("h")).failure
    assert other
    assert other.cause is None


def test_a_function_that_was_skipped_says_why(submit: Callable[..., Submission]) -> None:
    submission = submit("import nowhere\ndef f(device=nowhere.device('cpu')):\n    return 1\n")
    failure = submission.call(Call("f")).failure
    assert failure
    assert failure.cause
    assert (failure.type_name, failure.cause.type_name, failure.cause.line) == ("NameError", "ModuleNotFoundError", 2)


def test_a_line_skipped_for_anothers_sake_is_told_with_that_ones_reason(submit: Callable[..., Submission]) -> None:
    source = "table = []\nfor n in range(3):\n    table.append(n); last = n\nimage = open('a.png')\ndef f():\n    return last\n"
    failure = submit(source).call(Call("f")).failure
    assert failure
    assert failure.cause
    assert (failure.cause.type_name, failure.cause.line) == ("FileNotFoundError", 2)


def test_a_long_chain_of_lost_names(submit: Callable[..., Submission]) -> None:
    lines = ["x0 = input()", *(f"x{number} = x{number - 1}" for number in range(1, 400)), "def f():\n    return x399"]
    failure = submit("\n".join(lines)).call(Call("f")).failure
    assert failure
    assert failure.cause
    assert (failure.cause.type_name, failure.cause.line, failure.cause.cause) == ("EOFError", 400, None)


def test_what_input_asks_is_printed(submit: Callable[..., Submission]) -> None:
    reply = submit("def f():\n    return input('How many? ')").call(Call("f"))
    assert (reply.status, reply.printed) == ("exception", "How many? ")
