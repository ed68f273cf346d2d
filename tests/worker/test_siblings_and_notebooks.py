"""What lies beside a submission, what it is called, and notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cv_quiz.grading.exchange import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.host import Submission


def test_siblings_are_found(submit: Callable[..., Submission]) -> None:
    beside = {
        "helper.py": "import numpy as np\nfrom deeper import TWO\nimport nowhere\ndef area():\n    return np.float64(TWO)",
        "deeper.py": "TWO = 2\nfrom pack.inner import THREE",
        "pack/__init__.py": "",
        "pack/inner.py": "from .other import THREE",
        "pack/other.py": "THREE = 3\ndef late():\n    import solution\n    return solution.f",
        "unnamed.py": "1 / 0",
    }
    source = "import helper\nfrom deeper import THREE\nfrom pack.other import late\ndef f():\n    return helper.area(), THREE, late().__name__"
    submission = submit(source, beside=beside)
    assert submission.call(Call("f")).value == (2.0, 3, "f")
    assert submission.inspect().missing_modules == ("nowhere",)


def test_a_sibling_that_is_no_python(submit: Callable[..., Submission]) -> None:
    found = submit("import helper\ndef f(): pass", beside={"helper.py": "def ("}).inspect()
    assert [(one.source, one.reason.partition(":")[0]) for one in found.skipped] == [("import helper", "ImportError")]


SHADOWS = ("random", "numpy", "json", "os", "struct", "typing", "ast", "queue", "code", "collections", "io", "sys")


def test_siblings_do_not_shadow_libraries(submit: Callable[..., Submission]) -> None:
    beside = {f"{name}.py": "raise RuntimeError('shadow')" for name in SHADOWS}
    source = f"import {', '.join(SHADOWS)}\nimport numpy as np\ndef f(x):\n    return np.random.rand() < 2 and queue.Queue and x"
    assert submit(source, beside=beside).call(Call("f", (3,))).value == 3


@pytest.mark.parametrize(
    "name", ["random.py", "numpy.py", "json.py", "my solution (1).py", "名字.py", "class.py", "a.b.py", "noext"]
)
def test_any_name_of_the_file_will_do(submit: Callable[..., Submission], name: str) -> None:
    source = "import random\nimport numpy as np\ndef f():\n    return random.randint(1, 1), np.ones(1)[0], __file__"
    value = submit(source, name=name).call(Call("f")).value
    assert value[:2] == (1, 1.0)
    assert Path(value[2]).name == name


def notebook(*cells: str | list[str], kind: str = "code") -> str:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": kind, "source": cell} for cell in cells]})


def test_notebooks(submit: Callable[..., Submission]) -> None:
    text = json.loads(notebook("# Words", kind="markdown"))
    cells = json.loads(
        notebook(
            ["%matplotlib inline\n", "import numpy as np\n", "!pip install torch"],
            "%%time\ndef f(x):\n    %timeit x\n    return np.sum(x)",
            "%%bash\nrm -rf /",
            "def broken(:\n    pass",
            "f?",
            "def g():\n    return f([1, 2])",
            "1 % 2; g() // (1 // 0)",
        )
    )
    text["cells"] += cells["cells"]
    submission = submit(json.dumps(text), name="work.ipynb")
    found = submission.inspect()
    assert [function.name for function in found.functions] == ["f", "g"]
    assert found.status == "ok"
    assert [one.source for one in found.skipped] == [
        "%matplotlib inline",
        "!pip install torch",
        "%%time",
        "%timeit x",
        "%%bash",
        "def broken(:",
        "f?",
        "1 % 2; g() // (1 // 0)",
        "1 % 2; g() // (1 // 0)",
    ]
    assert submission.call(Call("g")).value == 3
    assert found.functions[1].calls == ("f",)


@pytest.mark.parametrize(
    "source",
    ["", "{}", "[]", "not json", '{"cells": 3}', '{"cells": [1]}', '{"cells": [{"cell_type": "code", "source": [1]}]}'],
)
def test_notebooks_that_are_none(submit: Callable[..., Submission], source: str) -> None:
    found = submit(source, name="work.ipynb").inspect()
    assert found.failure
    assert (found.status, found.failure.type_name) == ("exception", "SyntaxError")


def test_an_old_notebook(submit: Callable[..., Submission]) -> None:
    source = json.dumps(
        {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "def f():\n    return 1"}]}]}
    )
    assert submit(source, name="old.ipynb").call(Call("f")).value == 1
