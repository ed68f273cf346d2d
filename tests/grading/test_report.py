"""Reports in words: nothing in them can pass for something else, and the command can be copied."""

import inspect
import json
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cv_quiz import drills
from cv_quiz.comparison import Clusters
from cv_quiz.drills.contract import Case
from cv_quiz.grading.exchange import Failure, Opaque, Reply, Skipped
from cv_quiz.grading.failures import diagnose_failure
from cv_quiz.grading.findings import Counterexample, Diagnosis, Helper, Result, SubmissionReport
from cv_quiz.grading.fit import NoAnswer, Reading, Run
from cv_quiz.grading.generic import _manner, kind_of_output, output_fault
from cv_quiz.grading.quoting import source_line
from cv_quiz.grading.repeating import quoted, repeat_command
from cv_quiz.grading.report import to_text
from cv_quiz.grading.stub import solution
from cv_quiz.grading.submissions import helper_modules
from cv_quiz.grading.unwritten import has_no_body, is_blank
from cv_quiz.grading.visible import visible
from cv_quiz.grading.words import in_words
from cv_quiz.grading.worker import values
from cv_quiz.language import Text

EVIL = "a\n  ✓  nms  accepted\x1b[2J\u202e\r\x85\u2028b"


def same(text):
    return Text(text, text)


FOUND = Counterexample(
    "chain", 3, {"boxes": np.zeros((12, 4)), "k": 2}, same("[0]"), same("[1]"), step=same("so it is")
)
RESULT = Result("nms", "nms", "wrong-answer", cases_passed=1, cases_total=2, counterexample=FOUND)
REPORT = SubmissionReport(Path("my.py"), (RESULT,))


def text_of(report, width=80, **more):
    return to_text(report, "en", width, len, False, **more)


def test_what_has_no_shape_is_written_out():
    assert visible(EVIL) == "a\\n  ✓  nms  accepted\\x1b[2J\\u202e\\r\\x85\\u2028b"
    assert visible("深度 学习.py") == "深度 学习.py"
    assert visible("\udcff\ud800\ufeff\U000e0041") == "\\xff\\ud800\\ufeff\\U000e0041"


@pytest.mark.parametrize(
    "report",
    [
        replace(REPORT, path=Path(EVIL)),
        replace(REPORT, results=(replace(RESULT, function=EVIL),)),
        replace(REPORT, results=(replace(RESULT, diagnosis=(Diagnosis("raises", same(EVIL), same(EVIL)),)),)),
        replace(REPORT, results=(replace(RESULT, counterexample=replace(FOUND, got=same(EVIL), case=EVIL)),)),
        replace(REPORT, missing_modules=(EVIL,), skipped=(Skipped(1, EVIL, EVIL),)),
        replace(REPORT, printed=EVIL.replace("\n", "")),
    ],
)
def test_nothing_imitates_a_line_of_the_report(report):
    text = text_of(report)
    assert not any(line.startswith("  ✓") for line in text.splitlines())
    assert not any(letter in text for letter in "\x1b\u202e\r\x85\u2028")


def test_a_line_of_the_file_is_shown_cut_and_clean(tmp_path):
    diagnosis = Diagnosis("raises", same("raises KeyError"), line=2)
    report = replace(REPORT, results=(replace(RESULT, diagnosis=(diagnosis,)),))
    text = text_of(report, quote=lambda path, line: f"  {path}:{line} = {'x' * 200}\x1b")
    line = next(line for line in text.splitlines() if " | " in line)
    assert line.startswith("      2 | my.py:2 = xxx")
    assert len(line) == 80
    assert line.endswith("...")


def test_lines_are_found_in_files_and_notebooks(tmp_path):
    file, notebook = tmp_path / "a.py", tmp_path / "a.ipynb"
    file.write_bytes("一\r\n二\r\n".encode("gb18030"))
    cells = [{"cell_type": "markdown", "source": ["no"]}, {"cell_type": "code", "source": ["x = 1\n", "y = 2"]}]
    notebook.write_text(json.dumps({"cells": [*cells, {"cell_type": "code", "source": "z = 3\nq = 4"}]}))
    assert [source_line(file, at) for at in (0, 1, 2, 3)] == ["", "一", "二", ""]
    assert [source_line(notebook, at) for at in (1, 2, 3, 4, 5)] == ["x = 1", "y = 2", "z = 3", "q = 4", ""]
    notebook.write_text("{]")
    assert source_line(notebook, 1) == ""
    assert source_line(tmp_path / "none.py", 1) == ""


def test_the_command_stands_on_one_line_whatever_the_width():
    report = replace(REPORT, path=Path("a folder/" + "long-" * 20 + "name.py"), drill="nms", strict=True)
    command = repeat_command(report, RESULT, FOUND)
    assert f"      {command}" in text_of(report, width=40).splitlines()
    assert shlex.split(command)[2:] == [
        str(report.path),
        "--drill",
        "nms",
        "--case",
        "chain",
        "--seed",
        "3",
        "--strict",
    ]


def test_the_command_names_the_drill_only_where_it_is_needed():
    assert "--drill" not in repeat_command(REPORT, RESULT, FOUND)
    assert "--strict" not in repeat_command(REPORT, RESULT, FOUND)
    assert "--drill nms" in repeat_command(replace(REPORT, drill="nms"), RESULT, FOUND)
    assert "--drill nms" in repeat_command(replace(REPORT, results=(RESULT, RESULT)), RESULT, FOUND)
    assert "--drill nms" in repeat_command(REPORT, replace(RESULT, function="my_own"), FOUND)


@pytest.mark.parametrize(
    "name",
    ["a.py", "深度 学习.py", "it's.py", "-rf.py", "$(id).py", "a\nb.py", "a\x1b[2J'\\b.py", "~.py", "\udcff.py", ""],
)
def test_a_path_is_one_word_of_a_shell(name):
    done = subprocess.run(["bash", "-c", f"printf %s {quoted(name)}"], capture_output=True, check=True)
    assert done.stdout.decode("utf-8", "surrogateescape").removeprefix("./") == name
    assert visible(quoted(name)) == quoted(name)
    assert not quoted(name).startswith("-")


def test_prints_are_cut_unless_one_case_is_run_alone():
    printed = "".join(f"print {at}\n" for at in range(25))
    text = text_of(replace(REPORT, printed=printed))
    assert "print 9\n" in text
    assert "print 10" not in text
    assert "15 more lines" in text
    alone = text_of(replace(REPORT, printed=printed, case="chain"))
    assert "print 24" in alone
    assert "from case chain, seed 3" in alone
    assert "repeat:" not in alone


def test_a_function_that_was_left_to_its_caller_is_named():
    text = text_of(replace(REPORT, helpers=(Helper("iou", "get_iou", "nms"),)))
    assert "get_iou is called by nms and not judged on its own (--drill iou does)" in text.replace("\n    ", " ")


def test_one_accepted_case_is_shown_with_its_input():
    result = replace(RESULT, verdict="accepted", counterexample=replace(FOUND, got=same("[0]"), step=None))
    text = text_of(replace(REPORT, results=(result,), case="chain"))
    assert "✓  nms  accepted" in text
    assert "expected: [0]" in text
    assert "k = 2" in text


def test_how_a_function_was_called_is_no_news_where_nothing_is_right():
    result = replace(RESULT, cases_passed=0, calling=("dets",))
    assert "calling" not in text_of(replace(REPORT, results=(result,)))
    assert "calling" in text_of(replace(REPORT, results=(replace(result, cases_passed=1),)))


def test_chinese_marks_do_not_begin_a_line():
    message = same("交集的宽和高没有在零处截断，" * 12)
    report = replace(REPORT, results=(replace(RESULT, diagnosis=(Diagnosis("x", message),)),))
    lines = to_text(report, "zh", 41, lambda text: sum(1 + (letter > "\u2e80") for letter in text), False).splitlines()
    assert not any(line.strip().startswith("，") for line in lines)


def test_a_missing_function_names_the_drills():
    report = SubmissionReport(
        Path("x.py"), (Result("", "", "missing", diagnosis=(Diagnosis("missing", same("none")),)),)
    )
    assert "iou, iou_matrix" in text_of(report)


def test_a_guessed_encoding_is_told():
    assert "the file was read as GBK; save it as UTF-8" in text_of(replace(REPORT, encoding="gb18030"))
    assert "文件按 GBK 读取" in to_text(replace(REPORT, encoding="gb18030"), "zh", 80, len, False)
    assert "UTF-8" not in text_of(REPORT)


def test_a_skipped_line_is_shown_with_its_reason():
    reason = "NameError: name 'plt' is not defined"
    skipped = (Skipped(2, "plt.show()", reason), Skipped(3, "plt.clf()", reason), Skipped(5, "%matplotlib", ""))
    lines = [line.strip() for line in text_of(replace(REPORT, skipped=skipped)).splitlines()]
    at = lines.index("line 2 was skipped: plt.show()")
    assert lines[at + 1 : at + 4] == [
        "because: it uses a name that is not defined: name 'plt' is not defined",
        "line 3 was skipped: plt.clf()",
        "line 5 was skipped: %matplotlib",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "reason", [values.ONCE, values.CALLABLE, values.INSTANCE, values.BYTES, values.MISSING, values.MIXED, values.TENSOR]
)
def test_every_reason_of_the_worker_has_words(reason, language):
    outcome = Reading(None, (NoAnswer("no-numbers"),))
    found = kind_of_output(Run(None, (), (Reply("ok", value=Opaque("thing", reason)),)), outcome)
    assert found.id == "cannot-be-sent"
    assert len(found.message.say(language)) > len(output_fault("cannot-be-sent", "thing").message.say(language))
    assert language == "en" or reason not in found.message.zh


def test_a_generator_is_to_be_made_a_list():
    reply = Reply("ok", value=[Opaque("generator", values.ONCE)])
    found = kind_of_output(Run(None, (), (reply,)), Reading(None, (NoAnswer("no-numbers"),)))
    assert "list(...)" in found.hint.zh
    assert "list(...)" in found.hint.en
    assert in_words(NoAnswer("no-numbers"), reply).en == "list (1: generator): [<generator>]"


def test_a_reason_of_the_learners_own_is_not_repeated():
    reply = Reply("ok", value=Opaque("thing", "accepted, well done"))
    found = kind_of_output(Run(None, (), (reply,)), Reading(None, (NoAnswer("no-numbers"),)))
    assert found == output_fault("cannot-be-sent", "thing")


@pytest.mark.parametrize(
    ("kind", "name"), [("numpy.ndarray", "x1"), ("numpy.ndarray", "xmin"), ("list", "left"), ("numpy.float64", "score")]
)
def test_an_attribute_of_an_array_is_explained(kind, name):
    found = diagnose_failure(Failure("AttributeError", f"'{kind}' object has no attribute '{name}'", 2))
    assert (found.id, found.line) == ("attributes-of-an-array", 2)
    assert f".{name}" in found.message.en
    assert f".{name}" in found.message.zh
    assert found.hint is not None


def test_other_attributes_are_explained_as_before():
    of_list = diagnose_failure(Failure("AttributeError", "'numpy.ndarray' object has no attribute 'append'"))
    own = diagnose_failure(Failure("AttributeError", "'Box' object has no attribute 'x1'"))
    assert (of_list.id, own.id) == ("list-method-on-array", "raises")


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("def f(a, b):\n    pass\n", True),
        ("def f(a, b): ...", True),
        ("def f(a: dict[str, int] = {1: 2},\n      b=(3)) -> int:\n    \"\"\"One.\n\n    Two.\"\"\"\n    # to do\n\nx = 1\n", True),
        ("def f(a, b):\n    \"\"\"One.\"\"\"\n    ...\n    pass\n\n\ndef g():\n    return 1\n", True),
        ("def f(a, b):\n    return None\n", False),
        ("def f(a, b):\n    pass\n    a += b\n", False),
        ("def f(a, b): a", False),
        ("def f(a, b:\n", False),
        ("def f(a):\n    \"\"\"never closed\n", False),
        ("", False),
    ],
)  # fmt: skip
def test_a_function_without_a_body_is_known(tmp_path, text, empty):
    file = tmp_path / "a.py"
    file.write_text("import numpy\n" + text)
    assert has_no_body(file, 2) is empty


@pytest.mark.parametrize(
    ("raw", "blank"), [(b"", True), (b"\xef\xbb\xbf\r\n \t\n", True), (b"x", False), (b"# a\n", False)]
)
def test_a_file_without_anything_is_known(tmp_path, raw, blank):
    (tmp_path / "a.py").write_bytes(raw)
    assert is_blank(tmp_path / "a.py") is blank
    assert not is_blank(tmp_path / "none.py")


def test_far_centroids_are_no_trouble_of_the_judge():
    far = Clusters(np.array([[1e200], [np.inf]]), (0, 1))
    case = Case("far", {"points": np.array([[0.0], [1.0]]), "k": 2})
    right = Clusters(np.array([[0.0], [1.0]]), (0, 1))
    assert _manner(case, right, far) == "centroids-not-means"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", drills.names())
def test_a_solution_explains_its_keywords_above_the_reference(name, language):
    drill = drills.load(name)
    code = solution(drill, language)
    above, below = code.split(f"\ndef {drill.reference.__name__}(")
    remarks = [line for line in above.split("\n\n")[-1].splitlines() if line.startswith("# ")]
    own = inspect.signature(drill.reference).parameters.values()
    assert bool(remarks) == any(one.kind is one.KEYWORD_ONLY for one in own)
    assert {"zh": "约定", "en": "conventions the judge knows"}[language] in remarks[0]
    assert all(
        any(f" {axis.keyword}=" in line for line in remarks)
        for axis in drill.conventions
        if f"    {axis.keyword}:" in below.split("*,")[1].split(") ->")[0]
    )


MISSING = Result("", "", "missing")


@pytest.mark.parametrize(
    "line", ["import utils", "from utils import area", "import numpy as np, utils as u", "    from .utils import (a,",
             '"from utils import area\\n",', "from . import utils, other"],
)  # fmt: skip
def test_a_module_that_another_file_imports_is_no_submission(line):
    texts = {Path("c/a.py"): f"# mine\n{line}\n", Path("c/utils.py"): "def area(): ...\n", Path("c/else.py"): "x = 1\n"}
    reports = [SubmissionReport(path, (RESULT if path.stem == "a" else MISSING,)) for path in texts]
    assert helper_modules(reports, texts.__getitem__) == [Path("c/utils.py")]


def test_what_is_judged_is_a_submission_whoever_imports_it():
    texts = {
        Path("a.py"): "import nms, gone\n",
        Path("nms.py"): "",
        Path("far/gone.py"): "",
        Path("gone.py"): "import a",
    }
    reports = [SubmissionReport(path, (RESULT if path.stem == "nms" else MISSING,)) for path in texts]
    assert helper_modules(reports, texts.__getitem__) == [Path("a.py"), Path("far/gone.py"), Path("gone.py")]
    lonely = [replace(REPORT, path=path, results=(MISSING,)) for path in (Path("a.py"), Path("gone.py"))]
    assert helper_modules(lonely, texts.__getitem__) == []
