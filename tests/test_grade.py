"""`cvquiz grade` and `cvquiz drill` as they are run: folders, helpers, tables, names that would steer a terminal, JSON."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

REPORTS = Path(__file__).parent / "terminal" / "reports"
RIGHT = """
def iou(box_a, box_b):
    w = min(box_a[2], box_b[2]) - max(box_a[0], box_b[0])
    h = min(box_a[3], box_b[3]) - max(box_a[1], box_b[1])
    inter = max(0, w) * max(0, h)
    union = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1]) + (box_b[2] - box_b[0]) * (box_b[3] - box_b[1]) - inter
    return inter / union if union > 0 else 0.0
"""
WRONG = RIGHT.replace("max(0, w) * max(0, h)", "w * h")


def cvquiz(*words, cwd, language="en", **environment):
    settings = {
        "CVQUIZ_HOME": str(cwd / "home"),
        "CVQUIZ_LANG": language,
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "cv_quiz", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**settings, **environment}, check=False
    )


@pytest.fixture
def folder(tmp_path):
    files = {
        "zhang/iou.py": RIGHT,
        "li/iou.py": WRONG,
        "wang/iou.py": WRONG.replace("iou(", "bb_intersection_over_union("),
        "chen/main.py": "from geometry import area\n" + RIGHT,
        "chen/geometry.py": "def area(b):\n    return (b[2] - b[0]) * (b[3] - b[1])\n",
        "zhao/iou.py": "def iou(:\n",
        "sun/notes.py": "x = 1\n",
    }
    for name, text in files.items():
        path = tmp_path / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_a_folder_ends_in_a_table_and_sums(folder):
    done = cvquiz("grade", "class", "--allow-partial-isolation", cwd=folder)
    assert done.returncode == 1
    rows = [line.split() for line in done.stdout.splitlines() if re.match("[✓✗] ", line)]
    assert [row[:3] for row in rows] == [
        ["✓", "chen/main.py", "iou"],
        ["✗", "li/iou.py", "iou"],
        ["✗", "sun/notes.py", "-"],
        ["✗", "wang/iou.py", "iou"],
        ["✓", "zhang/iou.py", "iou"],
        ["✗", "zhao/iou.py", rows[5][2]],
    ]
    assert "wrong answer 2" in done.stdout
    assert "2 x  iou: the sides of the intersection are not clamped" in done.stdout
    assert "2 of 6 files accepted." in done.stdout
    assert "geometry.py: has no function of a drill" in done.stderr
    assert "geometry" not in done.stdout


def widths_and_languages():
    """The narrowest and the widest in both languages; with `--slow` those between too."""
    for language in ("zh", "en"):
        for columns in ("40", "60", "80", "120"):
            marks = [pytest.mark.slow] if columns in ("60", "80") else []
            yield pytest.param(language, columns, marks=marks, id=f"{language}-{columns}")


@pytest.mark.parametrize(("language", "columns"), list(widths_and_languages()))
def test_the_table_fits_the_width(folder, columns, language):
    done = cvquiz("grade", "class", "--allow-partial-isolation", cwd=folder, language=language, COLUMNS=columns)
    rows = [line for line in done.stdout.splitlines() if re.match("[✓✗] ", line)]
    widths = [sum(1 + (letter > "\u2e80") for letter in row) for row in rows]
    assert len(rows) == 6
    assert max(widths) <= int(columns)


def test_a_helper_module_is_no_submission(folder):
    done = cvquiz("grade", "class", "--json", "--allow-partial-isolation", cwd=folder)
    data = json.loads(done.stdout)
    assert [Path(item["path"]).parts[1] for item in data["submissions"]] == [
        "chen",
        "li",
        "sun",
        "wang",
        "zhang",
        "zhao",
    ]
    assert set(data) == {"version", "isolation", "seed", "submissions"}
    assert "geometry.py" in done.stderr


def test_the_command_that_is_printed_repeats_the_case(folder):
    done = cvquiz("grade", "class/wang/iou.py", cwd=folder)
    command = next(line.strip() for line in done.stdout.splitlines() if "cvquiz grade" in line)
    again = cvquiz(*shlex.split(command)[1:], cwd=folder)
    assert again.returncode == 1
    assert "wrong answer" in again.stdout


def test_a_helper_has_no_result_of_its_own_and_the_report_says_so(tmp_path):
    text = """
def nms(boxes, scores, t):
    kept = []
    for i in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        if all(iou(boxes[i], boxes[j]) <= t for j in kept):
            kept.append(i)
    return kept
"""
    (tmp_path / "a.py").write_text(RIGHT + text)
    (submission,) = json.loads(cvquiz("grade", "a.py", "--json", cwd=tmp_path).stdout)["submissions"]
    assert [result["drill"] for result in submission["results"]] == ["nms"]
    assert "iou" in cvquiz("grade", "a.py", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("raw", "words", "said"),
    [
        (b"\n \n", (), ["the file is empty"]),
        (b"", ("--drill", "nms"), ["the file is empty"]),
        (b"def _x(): 1\n" + b"".join(b"def q%d(): 1\n" % at for at in range(7)), (), ["there: q0, q1, q2, q3, q4, ...", "--drill NAME"]),
        (b"def aa(): 1\ndef bb(): 1\n", ("--drill", "nms"), ["there: aa, bb", "Call the function nms."]),
        (b"def iou(a, b):\n    pass\n", (), ["the function is not written yet", "Fill in"]),
        (b"def iou(a, b):\n    \"\"\"Overlap.\"\"\"\n    ...\n", (), ["the function is not written yet"]),
        (b"def iou(a, b):\n    return a.x1\n", (), ["attributes such as .x1; the judge passes arrays"]),
        ("# 交并\nplt.show()\n".encode("gbk") + RIGHT.encode(), (), ["read as GBK; save it as UTF-8", "because: it uses a name that is not defined"]),
    ],
)  # fmt: skip
def test_what_a_learner_is_told(tmp_path, raw, words, said):
    (tmp_path / "a.py").write_bytes(raw)
    done = cvquiz("grade", "a.py", *words, cwd=tmp_path)
    text = " ".join(done.stdout.split())
    assert [part for part in said if part not in text] == []
    assert "returns None" not in text


def test_help_tells_teachers_about_secret_seeds(tmp_path):
    assert "secret" in cvquiz("grade", "--help", cwd=tmp_path, COLUMNS="200").stdout


EVIL = "a\n  ✓  iou  accepted\x1b[2J\u202e.py"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
@pytest.mark.parametrize(
    "words",
    [(EVIL,), (EVIL, "b.py"), (EVIL, "--json"), ("none" + EVIL,), ("b.py", "--case", EVIL), ("b.py", "--drill", EVIL)],
)
def test_names_do_not_steer_the_terminal(tmp_path, words):
    for name in (EVIL, "b.py"):
        (tmp_path / name).write_text(WRONG)
    done = cvquiz("grade", *words, cwd=tmp_path)
    assert done.returncode in (1, 2, 3)
    for text in (done.stdout, done.stderr):
        assert not re.search("[\x1b\u202e]", text)
        assert not any(line.startswith("  ✓") for line in text.splitlines())
    if "--json" in words:
        assert json.loads(done.stdout)["submissions"][0]["path"] == EVIL


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_nor_does_the_name_of_a_file_that_cannot_be_read(tmp_path):
    with (tmp_path / EVIL).open("wb") as file:
        file.truncate(9 << 20)
    done = cvquiz("grade", EVIL, cwd=tmp_path)
    assert done.returncode == 3
    assert "\\x1b[2J\\u202e.py" in done.stderr
    assert not any(line.startswith("  ✓") for line in done.stderr.splitlines())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_name_that_looks_like_an_option_is_repeated_as_a_file(tmp_path):
    (tmp_path / "-rf.py").write_text(WRONG)
    done = cvquiz("grade", "--", "-rf.py", cwd=tmp_path)
    assert "cvquiz grade ./-rf.py --case" in done.stdout


def test_a_drill_begins_in_an_empty_home(tmp_path):
    done = cvquiz("drill", "iou", "--plain", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert "Write" in done.stdout + done.stderr or "iou.py" in done.stdout + done.stderr
    assert (tmp_path / "iou.py").exists()
