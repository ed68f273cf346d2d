"""Submissions of one run: no answer of a classmate's can be used; modules of one's own and of the teacher's can."""

from __future__ import annotations

import json
import marshal
import textwrap
from typing import TYPE_CHECKING

import pytest

from cv_quiz.grading.many import Options, grade_many

if TYPE_CHECKING:
    from pathlib import Path

    from cv_quiz.grading.findings import SubmissionReport

RIGHT = """
def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union > 0 else 0.0
"""
UNNAMED = RIGHT.replace("iou", "intersect_and_divide")
PARTS = """
def overlap(a, b):
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
def area(box):
    return (box[2] - box[0]) * (box[3] - box[1])
"""
WITH_PARTS = """
from {where} import area, overlap
def iou(a, b):
    union = area(a) + area(b) - overlap(a, b)
    return overlap(a, b) / union if union > 0 else 0.0
"""
NMS = """
{imports}
import numpy as np
def nms(boxes, scores, iou_threshold):
    keep = []
    for i in np.argsort(-np.asarray(scores), kind="stable"):
        if all(iou(boxes[i], boxes[j]) <= iou_threshold for j in keep):
            keep.append(int(i))
    return keep
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that whoever the fork runs as could read, were it shown."""
    folder = tmp_path / "class"
    folder.mkdir(mode=0o755)
    return folder


def verdicts(folder: Path, files: dict[str, str], drill: str | None = None, jobs: int = 1) -> dict[str, str]:
    """What becomes of each file of a folder, by its name there."""
    return {
        str(report.path.relative_to(folder)): report.results[0].verdict
        for report in reports(folder, files, drill, jobs)
    }


def reports(folder: Path, files: dict[str, str], drill: str | None = None, jobs: int = 1) -> list[SubmissionReport]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    paths = sorted(folder / name for name in files if not name.endswith("__init__.py"))
    with grade_many(paths, Options(drill=drill), jobs) as grading:
        return list(grading)


def alone(path: Path) -> bool:
    """Whether a file is accepted that is graded by itself, as one's own."""
    with grade_many([path], Options()) as grading:
        return next(iter(grading)).accepted


TAKING = {
    "from": "from alice import iou as theirs\ndef iou(a, b):\n    return theirs(a, b)",
    "import": "import alice\ndef iou(a, b):\n    return alice.iou(a, b)",
    "relative": "from .alice import iou as theirs\ndef iou(a, b):\n    return theirs(a, b)",
    "bound": "import alice\niou = alice.iou\ndef iou(a, b, theirs=iou):\n    return theirs(a, b)",
    "importlib": "import importlib\ndef iou(a, b):\n    return importlib.import_module('alice').iou(a, b)",
    "import in the call": "def iou(a, b):\n    from alice import iou\n    return iou(a, b)",
    "exec": "exec(open('alice.py').read())\ntheirs = iou\ndef iou(a, b):\n    return theirs(a, b)",
    "exec beside": """
        import os
        def iou(a, b):
            found = {}
            exec(open(os.path.join(os.path.dirname(__file__), "alice.py")).read(), found)
            return found["iou"](a, b)
    """,
    "runpy": "import runpy\ndef iou(a, b):\n    return runpy.run_path('alice.py')['iou'](a, b)",
    "a path of one's own": "import sys\nsys.path[:0] = ['.', '/submission/files']\ndef iou(a, b):\n    import alice\n    return alice.iou(a, b)",
    "a loader of one's own": """
        from importlib.machinery import SourceFileLoader
        def iou(a, b):
            return SourceFileLoader("alice", "alice.py").load_module().iou(a, b)
    """,
    "bytecode": """
        import glob, marshal
        def iou(a, b):
            found = {}
            exec(marshal.loads(open(glob.glob("__pycache__/alice*")[0], "rb").read()[16:]), found)
            return found["iou"](a, b)
    """,
    "through a helper": "from helper import iou as theirs\ndef iou(a, b):\n    return theirs(a, b)",
    "the listing": """
        import os
        def iou(a, b):
            found = {}
            for name in os.listdir("."):
                if name.startswith("al"):
                    exec(open(name).read(), found)
            return found["iou"](a, b)
    """,
}


@pytest.mark.parametrize("how", TAKING)
def test_a_classmates_answer_cannot_be_used(folder: Path, how: str) -> None:
    files = {"alice.py": RIGHT, "bob.py": TAKING[how], "helper.py": "from alice import *\nx = 1"}
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "alice.pyc").write_bytes(bytes(16) + marshal.dumps(compile(RIGHT, "alice.py", "exec")))
    found = verdicts(folder, files)
    assert found["alice.py"] == "accepted"
    assert found["bob.py"] == "runtime-error"
    assert alone(folder / "bob.py")


def test_why_it_cannot_is_said(folder: Path) -> None:
    bob = reports(folder, {"alice.py": RIGHT, "bob.py": TAKING["from"]})[1]
    assert bob.skipped[0].reason.startswith("HiddenSubmissionError: alice.py is another submission")
    message = bob.results[0].diagnosis[0].message
    assert "another submission" in message.en
    assert "别人的作业" in message.zh


def test_an_answer_that_is_not_graded_is_hidden_too(folder: Path) -> None:
    (folder / "carol.py").write_text(RIGHT)
    files = {"alice.py": RIGHT, "bob.py": TAKING["from"].replace("alice", "carol")}
    assert verdicts(folder, files)["bob.py"] == "runtime-error"


@pytest.mark.parametrize(
    "files",
    [
        {  # a helper given out to all
            "utils.py": PARTS,
            "alice.py": WITH_PARTS.format(where="utils"),
            "bob.py": WITH_PARTS.format(where="utils"),
        },
        {  # in a folder of its own
            "common/__init__.py": "",
            "common/boxes.py": PARTS,
            "alice.py": WITH_PARTS.format(where="common.boxes"),
            "bob.py": WITH_PARTS.format(where="common.boxes"),
        },
        {  # a folder for each
            "alice/answer.py": WITH_PARTS.format(where="utils"),
            "alice/utils.py": PARTS,
            "bob/answer.py": WITH_PARTS.format(where=".utils"),
            "bob/utils.py": PARTS,
        },
        {  # a folder for each, and a helper above
            "alice/answer.py": WITH_PARTS.format(where="..utils"),
            "bob/answer.py": WITH_PARTS.format(where="..utils"),
            "utils.py": PARTS,
        },
        {  # sections of a class
            "one/alice/answer.py": RIGHT,
            "one/bob/answer.py": WITH_PARTS.format(where="parts"),
            "one/bob/parts.py": PARTS,
            "two/carol/answer.py": RIGHT,
        },
    ],
)
def test_helpers_can_be_used(folder: Path, files: dict[str, str]) -> None:
    found = verdicts(folder, files)
    answers = [name for name in found if "utils" not in name and "boxes" not in name and "parts" not in name]
    assert {found[name] for name in answers} == {"accepted"}


def test_ones_own_answers_to_other_drills_can_be_used(folder: Path) -> None:
    imported, written = NMS.format(imports="from iou import iou"), NMS.format(imports=RIGHT)
    found = verdicts(folder / "flat", {"iou.py": RIGHT, "nms.py": imported})
    assert found == {"iou.py": "accepted", "nms.py": "accepted"}
    files = {"alice/iou.py": RIGHT, "alice/nms.py": imported, "bob/iou.py": RIGHT, "bob/nms.py": written}
    assert set(verdicts(folder / "each", files).values()) == {"accepted"}


@pytest.mark.parametrize(
    "files",
    [
        {
            "alice/answer.py": RIGHT,
            "bob/answer.py": "from ..alice.answer import iou as x\ndef iou(a, b):\n    return x(a, b)",
        },
        {  # not the answer itself, but what it is made of
            "alice/answer.py": WITH_PARTS.format(where="parts"),
            "alice/parts.py": PARTS,
            "bob/answer.py": WITH_PARTS.format(where="..alice.parts"),
        },
        {
            "alice/answer.py": WITH_PARTS.format(where="parts"),
            "alice/parts.py": PARTS,
            "bob.py": WITH_PARTS.format(where="alice.parts"),
        },
        {
            "one/alice/answer.py": RIGHT,
            "one/bob/answer.py": "from ..alice.answer import iou as x\ndef iou(a, b):\n    return x(a, b)",
        },
        {
            "alice/answer.py": RIGHT,
            "bob.py": "exec(open('alice/answer.py').read())\nx = iou\ndef iou(a, b):\n    return x(a, b)",
        },
    ],
)
def test_folders_of_others_are_closed(folder: Path, files: dict[str, str]) -> None:
    found = verdicts(folder, files)
    taker = next(name for name in files if name.startswith(("bob", "one/bob")))
    assert found.pop(taker) == "runtime-error"
    assert set(found.values()) <= {"accepted", "missing"}


def test_a_notebook_beside_cannot_be_read(folder: Path) -> None:
    lines = [f"{line}\n" for line in RIGHT.splitlines()]
    files = {
        "alice.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": lines}]}, indent=1),
        "bob.py": """
            import json
            exec("".join(json.load(open("alice.ipynb"))["cells"][0]["source"]))
            theirs = iou
            def iou(a, b):
                return theirs(a, b)
        """,
    }
    assert verdicts(folder, files) == {"alice.ipynb": "accepted", "bob.py": "runtime-error"}
    assert alone(folder / "bob.py")


def test_answers_under_any_name_are_hidden_where_one_drill_is_asked_for(folder: Path) -> None:
    taking = "from alice import intersect_and_divide as x\ndef mine(a, b):\n    return x(a, b)"
    found = verdicts(folder, {"alice.py": UNNAMED, "bob.py": taking}, drill="iou")
    assert found == {"alice.py": "accepted", "bob.py": "runtime-error"}


def test_the_same_file_twice_makes_no_class(folder: Path) -> None:
    (folder / "nms.py").write_text(NMS.format(imports="from iou import iou"))
    (folder / "latest.py").symlink_to(folder / "nms.py")
    (folder / "iou.py").write_text(RIGHT)
    with grade_many([folder / name for name in ("iou.py", "latest.py", "nms.py")], Options()) as grading:
        assert [report.accepted for report in grading] == [True] * 3


def test_two_jobs_see_no_more(folder: Path) -> None:
    found = verdicts(folder, {"alice.py": RIGHT, "bob.py": TAKING["exec beside"], "carl.py": RIGHT}, jobs=2)
    assert found == {"alice.py": "accepted", "bob.py": "runtime-error", "carl.py": "accepted"}
