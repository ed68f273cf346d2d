"""What a learner sees: each file in reports/ is graded, its report is the text beside it; --update-screens writes it anew."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from cv_quiz.grading.host import Worker
from cv_quiz.grading.judge import grade_file
from cv_quiz.terminal.reporting import show_report
from cv_quiz.terminal.screen import Screen

REPORTS = Path(__file__).parent / "reports"
FILES = sorted(path.name for path in REPORTS.glob("*.py"))
MODES = {
    "80": {"width": 80},
    "60": {"width": 60},
    "ascii": {"width": 80, "ascii_only": True},
    "colour": {"width": 80, "colour": True},
    "wide": {"width": 80, "ambiguous": 2},
}
SHOWN = [(name, "80", language) for name in FILES for language in ("en", "zh")]
SHOWN += [("nms_neighbours.py", mode, language) for mode in list(MODES)[1:] for language in ("en", "zh")]


@pytest.fixture(scope="module")
def worker():
    with Worker() as started:
        yield started


def shown(worker, name, mode, language, monkeypatch):
    """A file's report as the screen gets it, without how long it took."""
    monkeypatch.chdir(REPORTS)
    out = io.StringIO()
    screen = Screen(out, **MODES[mode])
    show_report(grade_file(worker, Path(name)), screen, language)
    lines = out.getvalue().replace("\x1b", "␛").splitlines()
    kept = [
        line for line in lines if not re.search("takes .* times as long|用时是参考答案的|^    slow: |^    慢：", line)
    ]
    return screen, "\n".join(kept) + "\n"


@pytest.mark.parametrize(("name", "mode", "language"), SHOWN)
def test_a_report_looks_as_it_did(worker, name, mode, language, request, monkeypatch):
    screen, text = shown(worker, name, mode, language, monkeypatch)
    stored = REPORTS / f"{Path(name).stem}.{language}-{mode}.txt"
    if request.config.getoption("--update-screens"):
        stored.write_text(text, encoding="utf-8")
    assert text == stored.read_text(encoding="utf-8")
    plain = [re.sub("␛\\[[0-9;]*m", "", line) for line in text.splitlines()]
    assert all(screen.cells(line) <= screen.width for line in plain if "cvquiz grade" not in line)
