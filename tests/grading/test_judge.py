"""Whole files, judged through the worker as the commands do it."""

import json
import textwrap

import jsonschema
import pytest

from cv_quiz.errors import UsageError
from cv_quiz.grading.exchange import Limits
from cv_quiz.grading.host import Worker
from cv_quiz.grading.judge import grade_file
from cv_quiz.grading.report import to_json, to_text

RIGHT_IOU = """
def iou(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)
"""
RIGHT_NMS = """
def nms(boxes, scores, iou_threshold):
    keep = []
    for i in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        if all(iou(boxes[i], boxes[j]) <= iou_threshold for j in keep):
            keep.append(i)
    return keep
"""


@pytest.fixture(scope="module")
def worker():
    with Worker() as running:
        yield running


class Hasty:
    """The worker, with limits that a test can wait for."""

    def __init__(self, worker):
        self.worker = worker

    def open(self, path):
        return self.worker.open(path, limits=Limits(call_seconds=0.5, load_seconds=1.0))


@pytest.fixture
def grade(worker, tmp_path):
    def grade_text(text, *, hasty=False, name="solution.py", **options):
        path = tmp_path / name
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return grade_file(Hasty(worker) if hasty else worker, path, **options)

    return grade_text


def only(report):
    (result,) = report.results
    return result


def ids(result):
    return [item.id for item in result.diagnosis]


def test_a_right_file_is_accepted_with_its_time(grade):
    result = only(grade(RIGHT_IOU + RIGHT_NMS))
    assert (result.drill, result.function, result.verdict) == ("nms", "nms", "accepted")
    assert result.cases_passed == result.cases_total >= 20
    assert result.time_ratio > 0
    assert result.counterexample is None


def test_a_helper_is_graded_on_its_own_only_when_asked_for(grade):
    assert only(grade(RIGHT_IOU + RIGHT_NMS, drill="iou")).drill == "iou"
    assert [result.drill for result in grade(RIGHT_IOU).results] == ["iou"]


def test_several_drills_in_one_file(grade):
    text = RIGHT_IOU + "def kmeans(points, k, init=None):\n    return init, [0] * len(points)\n"
    verdicts = {result.drill: result.verdict for result in grade(text).results}
    assert verdicts == {"iou": "accepted", "kmeans": "wrong-answer"}


def test_any_name_will_do_where_the_drill_is_asked_for(grade):
    assert only(grade(RIGHT_IOU.replace("def iou", "def f"), drill="iou")).verdict == "accepted"


def test_a_near_miss_is_named(grade):
    result = only(grade("def nmz(boxes, scores, t):\n    return []\n"))
    assert result.verdict == "missing"
    assert "nmz" in result.diagnosis[0].message.en
    assert only(grade("x = 1\n", drill="nms")).verdict == "missing"


def test_a_name_of_two_drills_goes_to_the_one_that_suits(grade):
    matrix = """
    import numpy as np
    def bbox_iou(a, b):
        wh = np.clip(np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2]), 0, None)
        area = lambda x: (x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1])
        union = area(a)[:, None] + area(b)[None] - wh.prod(2)
        return wh.prod(2) / np.where(union > 0, union, 1)
    """
    assert only(grade(matrix)).drill == "iou_matrix"
    assert only(grade(RIGHT_IOU.replace("def iou", "def bbox_iou"))).drill == "iou"


@pytest.mark.parametrize(
    ("text", "verdict", "diagnosis"),
    [
        ("def nms(boxes, scores:\n    pass\n", "runtime-error", "syntax-error"),
        ('def nms(boxes, scores, t):\n    print "x"\n', "runtime-error", "python-2"),
        ("def nms(boxes, scores, t):\n    raise NotImplementedError\n", "runtime-error", "not-written-yet"),
        ("import os\ndef nms(boxes, scores, t):\n    os._exit(0)\n", "runtime-error", "died"),
        ("def nms():\n    return []\n", "runtime-error", "wrong-arguments"),
        ("def nms(boxes, scores, t):\n    yield 1\n", "wrong-answer", "cannot-be-sent"),
        ("def nms(boxes, scores, t):\n    return []\n", "wrong-answer", "constant-answer"),
        ("import torch\ndef nms(boxes, scores, t):\n    return torch.zeros(1, 2, 3, 4, 5)\n", None, None),
        ("def nms(boxes, scores, t):\n    return numpy.zeros(3)\n", "runtime-error", "undefined-name"),
    ],
)
def test_verdicts(grade, text, verdict, diagnosis):
    result = only(grade(text, drill="nms"))
    assert result.verdict in ({verdict} if verdict else {"runtime-error", "wrong-answer"})
    assert diagnosis is None or diagnosis in ids(result)


def test_an_endless_loop_ends(grade):
    result = only(grade("def nms(boxes, scores, t):\n    while True:\n        pass\n", hasty=True))
    assert (result.verdict, ids(result)) == ("time-limit", ["time-limit"])


def test_too_slow_on_the_large_case_alone(grade):
    text = RIGHT_IOU + RIGHT_NMS.replace(
        "keep = []", "import time\n    time.sleep(3 if len(boxes) > 300 else 0)\n    keep = []"
    )
    result = only(grade(text, hasty=True))
    assert (result.verdict, ids(result)) == ("time-limit", ["too-slow"])
    assert "500-separate-boxes" in result.diagnosis[0].message.en


def test_an_endless_loop_at_the_top_level(grade):
    result = only(grade("while True:\n    pass\ndef nms(boxes, scores, t):\n    return []\n", hasty=True, drill="nms"))
    assert result.verdict == "time-limit"


def test_strict_turns_differences_into_diagnoses(grade):
    text = """
    def nms(dets, thresh):
        keep = []
        for i in sorted(range(len(dets)), key=lambda i: -dets[i][4]):
            if all(overlap(dets[i], dets[j]) <= thresh for j in keep):
                keep.append(i)
        return keep

    def overlap(a, b):
        w, h = min(a[2], b[2]) - max(a[0], b[0]) + 1, min(a[3], b[3]) - max(a[1], b[1]) + 1
        if w <= 0 or h <= 0:
            return 0
        return w * h / ((a[2] - a[0] + 1) * (a[3] - a[1] + 1) + (b[2] - b[0] + 1) * (b[3] - b[1] + 1) - w * h)
    """
    lenient, strict = only(grade(text)), only(grade(text, strict=True))
    assert (lenient.verdict, lenient.conventions, lenient.calling) == ("accepted", ("plus-one",), ("dets",))
    assert (strict.verdict, set(ids(strict))) == ("wrong-answer", {"plus-one", "dets"})
    assert strict.cases_passed < strict.cases_total
    assert strict.counterexample is not None


def test_a_case_alone_is_run_with_what_it_prints(grade):
    text = RIGHT_IOU.replace("def iou(a, b):", "print('loaded')\n\ndef iou(a, b):\n    print('asked', *map(float, a))")
    report = grade(text, drill="iou", case="nested")
    result = only(report)
    assert (result.cases_passed, result.cases_total, result.verdict) == (1, 1, "accepted")
    assert report.printed == "asked 0.0 0.0 8.0 6.0\n"
    assert (result.counterexample.case, list(result.counterexample.inputs["box_a"])) == ("nested", [0, 0, 8, 6])
    assert result.counterexample.expected.en == result.counterexample.got.en
    with pytest.raises(UsageError):
        grade(text, drill="iou", case="no-such-case")


def test_everything_that_a_case_prints_is_told(grade):
    text = RIGHT_IOU.replace("def iou(a, b):", "def iou(a, b):\n    for i in range(300): print('line', i)")
    assert grade(text, drill="iou", case="nested").printed.splitlines() == [f"line {i}" for i in range(300)]


def test_a_case_alone_is_judged_by_the_conventions_of_all(grade):
    """One case alone could not tell a convention from a mistake."""
    text = RIGHT_IOU.replace("return 0.0", "return float('nan')")
    assert only(grade(text, drill="iou", case="apart-in-x")).verdict == "wrong-answer"
    pixels = RIGHT_IOU.replace("return 0.0", "return 0.0  #").replace("min(a[2], b[2])", "1 + min(a[2], b[2])")
    result = only(grade(pixels, drill="iou", case="crossing"))
    assert (result.verdict, ids(result)) == ("wrong-answer", ["one-in-some-places-only"])
    assert result.counterexample.case == "crossing"
    assert result.counterexample.step is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("min(a[2], b[2])", "max(a[2], b[2])"),
        ("return 0.0", "return 0.5"),
        ("def iou(a, b):", "def iou(a, b):\n    a = [int(x) for x in a]"),
    ],
)
def test_the_command_that_repeats_shows_the_same_once_more(grade, old, new):
    whole = grade(RIGHT_IOU.replace(old, new), drill="iou")
    shown = only(whole).counterexample
    again = only(grade(RIGHT_IOU.replace(old, new), drill="iou", case=shown.case))
    assert (again.verdict, ids(again)) == (only(whole).verdict, ids(only(whole)))
    assert repr(again.counterexample.inputs) == repr(shown.inputs)
    assert again.counterexample.got == shown.got
    assert (again.cases_passed, again.cases_total) == (0, 1)


def test_a_case_that_is_wrong_only_after_others_comes_out_right_alone(grade):
    text = RIGHT_IOU.replace(
        "def iou(a, b):", "calls = []\ndef iou(a, b):\n    calls.append(1)\n    if len(calls) > 9: return 0.5"
    )
    whole = only(grade(text, drill="iou"))
    alone = only(grade(text, drill="iou", case=whole.counterexample.case))
    assert (alone.verdict, ids(alone)) == ("accepted", ["state-kept"])


def test_as_many_cases_are_counted_for_what_is_right_as_for_what_is_wrong(grade):
    right, wrong = (only(grade(text, drill="iou")) for text in (RIGHT_IOU, RIGHT_IOU.replace("min(a[2]", "max(a[2]")))
    assert right.cases_passed == right.cases_total == wrong.cases_total


def test_a_case_alone_in_strict_mode(grade):
    text = RIGHT_NMS.replace("return keep", "return sorted(keep)") + RIGHT_IOU
    assert only(grade(text, case="single", drill="nms", strict=True)).verdict == "accepted"
    assert only(grade(text, case="disjoint", drill="nms")).verdict == "accepted"
    assert only(grade(text, case="disjoint", drill="nms", strict=True)).verdict == "wrong-answer"


@pytest.mark.parametrize(
    ("body", "verdict", "diagnosis"),
    [
        ("while True: pass", "time-limit", "time-limit"),
        ("raise KeyError('x')", "runtime-error", "raises"),
        ("return None", "wrong-answer", "returned-nothing"),
        ("a[0] = 7; return 0.2", "wrong-answer", "input-changed"),
        ("import os; os._exit(3)", "runtime-error", "died"),
    ],
)
def test_a_case_alone_that_fails_in_its_own_way(grade, body, verdict, diagnosis):
    special = f"def iou(a, b):\n    if a[0] == 0 and a[2] == 8 and b[0] == 2:\n        {body}\n"
    result = only(grade(RIGHT_IOU.replace("def iou(a, b):", special), drill="iou", case="nested", hasty=True))
    assert result.verdict == verdict
    assert diagnosis in ids(result)
    assert result.counterexample.case == "nested"


def test_a_case_is_looked_for_in_the_drills_of_the_file(grade):
    kmeans = "def kmeans(points, k, init=None):\n    return init, [0] * len(points)\n"
    assert [result.drill for result in grade(RIGHT_IOU + kmeans, case="two-lines").results] == ["iou"]
    with pytest.raises(UsageError):
        grade(RIGHT_IOU, case="two-groups")


def test_what_nobody_could_foresee_can_be_repeated(grade):
    """Wrong on boxes that lie anywhere but where the known cases have them."""
    text = RIGHT_IOU.replace("def iou(a, b):", "def iou(a, b):\n    if 24 < a[2] < 40: return 0.25")
    result = only(grade(text))
    assert result.verdict == "wrong-answer"
    found = result.counterexample
    again = only(grade(text, case=found.case, seed=found.seed))
    assert (again.verdict, again.counterexample.case, again.counterexample.seed) == (
        "wrong-answer", found.case, found.seed,
    )  # fmt: skip


def test_the_same_text_gets_the_same_cases(grade):
    text = RIGHT_IOU.replace("def iou(a, b):", "def iou(a, b):\n    if 24 < a[2] < 40: return 0.25")
    first, second = only(grade(text)), only(grade(text))
    assert first.cases_passed == second.cases_passed
    assert first.counterexample.seed == second.counterexample.seed


def test_a_helper_is_named_as_not_graded(grade):
    report = grade(RIGHT_IOU + RIGHT_NMS)
    assert [(helper.drill, helper.function, helper.caller) for helper in report.helpers] == [("iou", "iou", "nms")]
    assert grade(RIGHT_IOU).helpers == ()
    assert grade(RIGHT_IOU + RIGHT_NMS, drill="iou").helpers == ()


def test_a_helper_of_the_same_drill_is_named_too(grade):
    text = RIGHT_IOU + RIGHT_NMS + "def my_nms(b, s, t):\n    return nms(b, s, t)\n"
    report = grade(text)
    assert [result.function for result in report.results] == ["my_nms"]
    assert {(helper.function, helper.caller) for helper in report.helpers} == {("nms", "my_nms"), ("iou", "nms")}
    assert [result.function for result in grade(text, drill="nms").results] == ["nms"]


def test_functions_that_call_each_other_are_not_all_helpers(grade):
    text = """
    def nms(boxes, scores, t):
        return my_nms(boxes, scores, t) if t > 2 else []
    def my_nms(boxes, scores, t):
        return nms(boxes, scores, t) if t > 2 else []
    """
    assert [result.verdict for result in grade(text).results] == ["wrong-answer"]


def test_a_submission_ends_at_its_first_limit(grade):
    loop = "def nms(boxes, scores, t):\n    while True: pass\n"
    first, second = grade(loop + loop.replace("nms", "py_nms"), hasty=True).results
    assert (first.verdict, ids(first)) == ("time-limit", ["time-limit"])
    assert (second.verdict, ids(second)) == ("time-limit", ["not-reached"])


def test_the_counterexample_is_small_and_repeats(grade):
    text = RIGHT_IOU.replace("- w * h)", ")") + RIGHT_NMS
    result = only(grade(text))
    found = result.counterexample
    assert ids(result) == ["union-counts-twice"]
    assert len(found.inputs["boxes"]) == 2
    assert (found.expected, found.got) == ("[0]", "[0, 1]") or found.expected != found.got
    assert found.step is not None
    again = only(grade(text, drill="nms", case=found.case, seed=found.seed))
    assert (again.verdict, again.cases_total) == ("wrong-answer", 1)


def test_cut_coordinates_are_shown_on_boxes_below_one(grade):
    text = RIGHT_IOU.replace("def iou(a, b):", "def iou(a, b):\n    a, b = [int(x) for x in a], [int(x) for x in b]")
    text = text.replace("    if w", "    w, h = w + 1, h + 1\n    if w").replace("a[2] - a[0]", "a[2] - a[0] + 1")
    for old in ("a[3] - a[1]", "b[2] - b[0]", "b[3] - b[1]"):
        text = text.replace(old, f"{old} + 1")
    result = only(grade(text))
    assert (result.verdict, ids(result), result.conventions) == ("wrong-answer", ["cuts-to-integers"], ("plus-one",))
    assert max(result.counterexample.inputs["box_a"]) < 1


def test_the_same_file_gets_the_same_judgement_at_other_seeds(grade):
    for seed in (1, 5):
        assert only(grade(RIGHT_IOU + RIGHT_NMS, seed=seed)).verdict == "accepted"


def test_a_fault_of_the_judge_is_told_as_one(grade, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("inner trouble")

    monkeypatch.setattr("cv_quiz.grading.judge.judge_function", broken)
    result = only(grade(RIGHT_IOU))
    assert result.verdict == "judge-error"
    assert "inner trouble" in result.diagnosis[0].message.en


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "isolation", "seed", "submissions"],
    "properties": {
        "version": {"const": 1},
        "isolation": {"enum": ["full", "partial", "none"]},
        "seed": {"type": "integer"},
        "submissions": {
            "type": "array",
            "items": {
                "additionalProperties": False,
                "required": ["path", "results"],
                "properties": {
                    "path": {"type": "string"},
                    "results": {
                        "items": {
                            "additionalProperties": False,
                            "required": [
                                "drill", "function", "verdict", "conventions", "calling", "cases", "diagnosis",
                                "counterexample", "time_ratio",
                            ],
                            "properties": {
                                "drill": {"type": "string"},
                                "function": {"type": "string"},
                                "verdict": {"enum": ["accepted", "wrong-answer", "runtime-error", "time-limit", "memory-limit", "missing", "judge-error"]},
                                "conventions": {"items": {"type": "string"}},
                                "calling": {"items": {"type": "string"}},
                                "cases": {"required": ["passed", "total"], "additionalProperties": {"type": "integer"}},
                                "diagnosis": {"items": {"required": ["id", "message"], "additionalProperties": {"type": "string"}}},
                                "counterexample": {"type": ["object", "null"]},
                                "time_ratio": {"type": ["number", "null"]},
                            },
                        }
                    },
                },
            },
        },
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        RIGHT_IOU + RIGHT_NMS,
        RIGHT_IOU.replace("return 0.0", "return float('nan')"),
        "def nms(a, b, c):\n    return 1 / 0\n",
        "def nms(:\n",
        "x = 1\n",
        "def kmeans(points, k, init):\n    return init * float('inf'), [0] * len(points)\n",
    ],
)
def test_json_has_exactly_the_keys_of_the_format(grade, text):
    data = to_json([grade(text)], isolation="full", seed=0, language="en")
    jsonschema.validate(json.loads(json.dumps(data, allow_nan=False)), SCHEMA)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_text_fits_the_terminal(grade, language, width, ascii_only):
    def cells(text):
        return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)

    report = grade(RIGHT_IOU.replace("- w * h)", ")") + RIGHT_NMS.replace("keep = []", "keep = []; print('x' * 30)"))
    text = to_text(report, language, width, cells, ascii_only)
    words = [line for line in text.splitlines() if " " in line.strip() and "cvquiz grade" not in line]
    assert all(cells(line) <= width for line in words)
    assert ("并集" in text) == (language == "zh")
    assert not ascii_only or "✗" not in text


def test_control_characters_reach_no_terminal(grade):
    text = RIGHT_IOU.replace("return 0.0", "raise ValueError('\\x1b[31mred\\x07')")
    report = grade(text)
    written = to_text(report, "en", 80, len, False)
    assert "\x1b" not in written
    assert "\x07" not in written
