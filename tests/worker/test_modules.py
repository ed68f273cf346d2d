"""Modules of one's own: relative imports, packages, what lies above; and whatever is read on the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cv_quiz.grading.exchange import Call
from cv_quiz.grading.worker.files import read_submitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.host import Submission, Worker


@pytest.fixture
def ask_file(worker: Worker, tmp_path: Path) -> Callable[..., Reply]:
    """The reply of `f` in one of several files."""

    def ask_file(files: dict[str, str], name: str) -> Reply:
        write(tmp_path, files)
        with worker.open(tmp_path / name) as submission:
            return submission.call(Call("f"))

    return ask_file


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


RETURN = "\ndef f():\n    return x\n"
TREES = {
    "beside": {"p/main.py": "from .boxes import x", "p/boxes.py": "x = 1"},
    "beside, by name": {"p/main.py": "from . import boxes\nx = boxes.x", "p/boxes.py": "x = 1"},
    "above": {"p/deep/main.py": "from ..utils import x", "p/utils.py": "x = 1"},
    "above, by name": {"p/deep/main.py": "from .. import utils\nx = utils.x", "p/utils.py": "x = 1"},
    "two above": {"p/deep/er/main.py": "from ...utils import x", "p/utils.py": "x = 1"},
    "above and down": {"p/deep/main.py": "from ..core.ops import x", "p/core/ops.py": "x = 1"},
    "through a neighbour": {
        "p/deep/main.py": "from .near import x",
        "p/deep/near.py": "from ..utils import x",
        "p/utils.py": "x = 1",
    },
    "below": {"p/main.py": "from .core.ops import x", "p/core/ops.py": "from ..low import x", "p/low.py": "x = 1"},
    "a package within a package": {
        "p/main.py": "from one.two.three import x",
        "p/one/__init__.py": "",
        "p/one/two/__init__.py": "from .three import x",
        "p/one/two/three.py": "x = 1",
    },
    "a package that gives its modules' names": {
        "p/main.py": "from one import *",
        "p/one/__init__.py": "from .two import x\n__all__ = ['x']",
        "p/one/two.py": "x = 1",
    },
    "the folder's own package": {
        "p/main.py": "from . import x",
        "p/__init__.py": "from .boxes import x",
        "p/boxes.py": "x = 1",
    },
    "a package that imports the submission": {
        "p/main.py": "from .boxes import x",
        "p/__init__.py": "from .main import f",
        "p/boxes.py": "x = 1",
    },
    "folders with odd names": {"v1.0 (2)/hw-3/main.py": "from ..utils import x", "v1.0 (2)/utils.py": "x = 1"},
    "a folder called like a library": {"random/main.py": "from .numpy import x", "random/numpy.py": "x = 1"},
    "a module in Chinese": {"p/main.py": "from 工具 import x", "p/工具.py": "x = 1"},
    "a module before a folder without __init__": {
        "p/main.py": "from data import x",
        "p/data.py": "x = 1",
        "p/data/x.txt": "",
    },
    "a package before a module": {"p/main.py": "from one import x", "p/one.py": "x = 2", "p/one/__init__.py": "x = 1"},
    "by a name made up": {
        "p/main.py": "import importlib\nx = importlib.import_module('boxes').x",
        "p/boxes.py": "x = 1",
    },
}


@pytest.mark.parametrize("tree", TREES)
def test_modules_are_found(ask_file: Callable[..., Reply], tree: str) -> None:
    files = dict(TREES[tree])
    main = next(name for name in files if name.endswith("main.py"))
    files[main] += RETURN
    assert ask_file(files, main).value == 1


def test_a_module_that_is_not_there_is_named(submit: Callable[..., Submission]) -> None:
    submission = submit(
        "from .boxes import iou\nfrom . import areas\nfrom .... import far\ndef f():\n    return iou(1)"
    )
    reasons = [one.reason for one in submission.inspect().skipped]
    assert reasons[0] == "ModuleNotFoundError: there is no module 'boxes' in the submission's folder"
    assert all(one.startswith(("ImportError", "ModuleNotFoundError")) for one in reasons)
    failure = submission.call(Call("f")).failure
    assert failure
    assert failure.cause
    assert (failure.type_name, failure.cause.line) == ("NameError", 1)


def test_nothing_is_read_from_private_folders_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"home/secret.py": "x = 1", "home/work/open.py": "x = 1", "home/work/hw/main.py": ""}
    files["home/work/hw/main.py"] = "from ..open import x\nfrom ...secret import x\nfrom ....home.secret import x"
    write(tmp_path, files)
    main = tmp_path / "home/work/hw/main.py"
    assert {module.path.name for module in read_submitted(main).siblings} >= {"open.py", "secret.py"}
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert [module.path.name for module in read_submitted(main).siblings] == ["open.py"]


def test_only_what_is_named_is_sent(tmp_path: Path) -> None:
    files = {"main.py": "import one, data", "one.py": "import two", "two.py": "", "three.py": "", "data/four.py": ""}
    write(tmp_path, files)
    assert {module.path.name for module in read_submitted(tmp_path / "main.py").siblings} == {"one.py", "two.py"}


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    write(
        tmp_path, {"p/main.py": "import linked, folder.inner\nfrom ..above import x", "secret.py": "", "f/inner.py": ""}
    )
    (tmp_path / "p" / "linked.py").symlink_to(tmp_path / "secret.py")
    (tmp_path / "p" / "folder").symlink_to(tmp_path / "f")
    (tmp_path / "above.py").symlink_to(tmp_path / "secret.py")
    assert read_submitted(tmp_path / "p/main.py").siblings == ()


def test_many_modules_and_large_ones_are_bounded(tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(200)]
    write(tmp_path, {"main.py": f"import {', '.join(names)}, big", **{f"{name}.py": "" for name in names}})
    (tmp_path / "big.py").write_bytes(b"#" * (2 << 20))
    found = read_submitted(tmp_path / "main.py").siblings
    assert len(found) == 64
    assert "big.py" not in {module.path.name for module in found}


def test_messages_name_files_as_the_learner_does(submit: Callable[..., Submission]) -> None:
    source = """
        import warnings
        from pack.inner import missing
        def f(what):
            if what == "open":
                import os
                open(os.path.join(os.path.dirname(__file__), "boxes.txt"))
            if what == "warn":
                warnings.warn("careful")
            print(__file__)
    """
    submission = submit(source, beside={"pack/__init__.py": "", "pack/inner.py": "x = 1"})
    assert submission.inspect().skipped[0].reason.endswith("(pack/inner.py)")
    failure = submission.call(Call("f", ("open",))).failure
    assert failure
    assert failure.message.endswith("'boxes.txt'")
    assert submission.call(Call("f", ("print",))).printed == "solution.py\n"
    assert submission.call(Call("f", ("warn",))).printed.startswith("UserWarning: careful\n")
