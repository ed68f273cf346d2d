"""Fill the READMEs' screens and tables from real runs, between <!-- name --> and <!-- end -->.

usage: readme.py [--check]
With --check nothing is written; exits with 1 where a README differs from what a run shows.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
# Lines that tell how long something took.
TIME = r"n\^|times as long as|倍$|用时是参考答案"
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
SOLUTION = """import numpy as np


def py_nms(dets, thresh):
    x1, y1, x2, y2, scores = dets.T
    areas = (x2 - x1 + 1) * (y2 - y1 + 1)
    order = scores.argsort()[::-1]
    keep = []
    while order.size:
        i, rest = order[0], order[1:]
        keep.append(i)
        w = np.maximum(0, np.minimum(x2[i], x2[rest]) - np.maximum(x1[i], x1[rest]) + 1)
        h = np.maximum(0, np.minimum(y2[i], y2[rest]) - np.maximum(y1[i], y1[rest]) + 1)
        overlap = w * h / (areas[i] + areas[rest] - w * h)
        order = rest[overlap <= thresh]
    return keep


def iou(a, b):
    x1, y1 = max(a[0], b[0]), max(a[1], b[1])
    x2, y2 = min(a[2], b[2]), min(a[3], b[3])
    inter = (x2 - x1) * (y2 - y1)
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    union = area(a) + area(b) - inter
    return inter / union if union > 0 else 0.0
"""


def run(language: str, folder: str, *words: str, stdin: str = "") -> str:
    """What a command prints, at 80 columns, in an empty home."""
    environment = {
        **os.environ, "CVQUIZ_HOME": str(Path(folder) / "home"), "CVQUIZ_LANG": language, "COLUMNS": "80",
        "CVQUIZ_NOW": "2026-03-01T09:00:00+08:00", "PYTHONUTF8": "1", "CVQUIZ_AMBIGUOUS_WIDTH": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "cv_quiz", *words]
    done = subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, cwd=folder, check=False
    )
    return done.stdout


def study_screen(language: str) -> str:
    """A question and its answer, as a person sees them."""
    from tests.terminal.person import Person  # noqa: PLC0415  behind the path that makes it found

    with tempfile.TemporaryDirectory() as folder:
        words = {
            "CVQUIZ_LANG": language,
            "NO_COLOR": "1",
            "CVQUIZ_NOW": "2026-03-01T09:00:00+08:00",
            "CVQUIZ_AMBIGUOUS_WIDTH": "1",
        }
        with Person(Path(folder), "study", "--search", "smooth-l1-against-l1-l2", rows=60, **words) as person:
            person.sees("[q]")
            person.types(" ")
            person.sees("[?]\n" if language == "en" else "[?]")
            shown = person.waits()
    start = next(number for number, line in enumerate(shown.split("\n")) if " · " in line)
    text = "\n".join(shown.split("\n")[start:])
    text = re.sub(r"─+ \d+ s ─+", "─" * 35 + " 14 s " + "─" * 35, text)
    return f"```text\n$ cvquiz study\n{text}\n```"


def grade_screen(language: str) -> str:
    """A file with a right function under another convention and a wrong one."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "my_solution.py").write_text(SOLUTION, encoding="utf-8")
        shown = run(language, folder, "grade", "my_solution.py").rstrip()
    # How long it took differs from machine to machine, and from run to run.
    shown = "\n".join(line for line in shown.split("\n") if not re.search(TIME, line))
    return f"```text\n$ cvquiz grade my_solution.py\n{shown}\n```"


def drills_table(language: str) -> str:
    """The drills with how many mistakes and conventions they know."""
    with tempfile.TemporaryDirectory() as folder:
        drills = json.loads(run(language, folder, "drill", "--list", "--json"))["drills"]
    head = (
        "| drill | difficulty | named mistakes | conventions |"
        if language == "en"
        else "| 练习 | 难度 | 认得的错误 | 约定 |"
    )
    rows = [
        f"| `{drill['name']}` | {'★' * drill['difficulty']} | {len(drill['mutants'])} | {len(drill['conventions'])} |"
        for drill in drills
    ]
    return "\n".join([head, "|---|---|---|---|", *rows])


PARTS = {"screen: study": study_screen, "screen: grade": grade_screen, "table: drills": drills_table}


def filled(language: str) -> str:
    """A README with its parts as a run shows them now."""
    text = READMES[language].read_text(encoding="utf-8")
    for name, make in PARTS.items():
        pattern = re.compile(rf"<!-- {name} -->\n(?:.*?\n<!-- end -->\n)?", re.DOTALL)
        block = f"<!-- {name} -->\n{make(language)}\n<!-- end -->\n"
        text = pattern.sub(lambda _, block=block: block, text)
    return text


def main() -> int:
    """Write, or check."""
    stale = [path for language, path in READMES.items() if filled(language) != path.read_text(encoding="utf-8")]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is not what a run shows: python tools/readme.py")
        return 1 if stale else 0
    for language, path in READMES.items():
        path.write_text(filled(language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
