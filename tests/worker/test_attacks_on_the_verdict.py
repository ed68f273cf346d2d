"""Wrong answers in every disguise: none is accepted, all are told, and the next submission is judged as ever."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import cv_quiz
from cv_quiz.grading.exchange import Limits
from cv_quiz.grading.judge import grade_file
from cv_quiz.grading.report import to_json

if TYPE_CHECKING:
    from cv_quiz.grading.findings import SubmissionReport
    from cv_quiz.grading.host import Submission, Worker

PACKAGE = Path(cv_quiz.__file__).parent
RIGHT = """
def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union > 0 else 0.0
"""
# Each may use `right(a, b)`, which is.
DISGUISES = {
    "equal to everything": """
        class Same:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __lt__ = __gt__ = __le__ = __ge__ = __bool__ = lambda *args: True
            def __float__(self): return 0.5
            def __array__(self, *args, **more): return np.array(0.5)
        def iou(a, b): return Same()
    """,
    "a float equal to everything": """
        class Same(float):
            def __eq__(self, other): return True
            def __sub__(self, other): return 0.0
            __rsub__ = __abs__ = __sub__
            __hash__ = float.__hash__
        def iou(a, b): return Same(0.123)
    """,
    "an array that answers for NumPy": """
        class Winning(np.ndarray):
            def __array_function__(self, *args, **more): return True
            def __array_ufunc__(self, *args, **more): return True
            def __eq__(self, other): return True
        def iou(a, b): return np.array(0.123).view(Winning)
    """,
    "not a number": "def iou(a, b): return float('nan')",
    "not a number, masked": "def iou(a, b): return np.ma.masked",
    "infinite": "def iou(a, b): return float('inf')",
    "nothing": "def iou(a, b): right(a, b)",
    "a generator": "def iou(a, b): yield right(a, b)",
    "a function": "def iou(a, b): return lambda: right(a, b)",
    "a coroutine": "async def iou(a, b): return right(a, b)",
    "text": "def iou(a, b): return str(right(a, b))",
    "rows of unequal length": "def iou(a, b): return [[right(a, b)], [right(a, b), 0.0]]",
    "a payload": """
        class Payload:
            def __reduce__(self): return exec, ("raise SystemExit(0)",)
        def iou(a, b): return np.array([Payload()], dtype=object)
    """,
    "patched comparisons": """
        import builtins, math
        np.allclose = np.isclose = np.array_equal = np.all = math.isclose = lambda *a, **k: True
        np.testing.assert_allclose = lambda *a, **k: None
        builtins.abs = builtins.max = lambda *a, **k: 0
        float.__eq__
        def iou(a, b): return 0.123
    """,
    "always the same": "def iou(a, b): return 0.5",
    "the first answer for ever": """
        kept = []
        def iou(a, b):
            kept.append(right(a, b))
            return kept[0]
    """,
    "right for a while": """
        calls = []
        def iou(a, b):
            calls.append(1)
            return right(a, b) if len(calls) <= 30 else 0.123
    """,
    "right on small boxes": "def iou(a, b): return right(a, b) if max(map(abs, a)) < 20 else 0.123",
    "inputs made to fit": """
        def iou(a, b):
            for box in (a, b):
                box[:] = [0, 0, 1, 1] if isinstance(box, list) else np.array([0, 0, 1, 1])
            return 1.0
    """,
    "PASS": "def iou(a, b):\n    print('PASS', 'accepted', '38/38')\n    return 0.123",
    "an end that looks well": "import os\ndef iou(a, b):\n    print('PASS')\n    os._exit(0)",
    "an end at import": "import os\ndef iou(a, b):\n    return right(a, b)\nos._exit(0)",
    "an exit": "import sys\ndef iou(a, b):\n    sys.exit(0)",
    "words at the end": "import atexit\natexit.register(print, 'PASS')\ndef iou(a, b):\n    return 0.123",
    "what callers know": """
        import sys
        def iou(a, b):
            frame = sys._getframe()
            while frame:
                for names in (frame.f_locals, frame.f_globals):
                    for name in ("expected", "reference", "answers", "outputs", "oracle"):
                        if name in names: return names[name]
                frame = frame.f_back
            return 0.123
    """,
    "what lies in memory": """
        import gc
        def iou(a, b):
            for one in gc.get_objects():
                if callable(one) and getattr(one, "__name__", "") in ("iou", "reference") and one is not iou:
                    return one(a, b)
            return 0.123
    """,
    "the reference, imported": """
        def iou(a, b):
            from cv_quiz.drills.iou import iou as reference
            return reference(a, b)
    """,
    "the reference, by name": """
        import importlib, sys
        def iou(a, b):
            for name in list(sys.modules) + ["cv_quiz.drills.iou"]:
                if "drill" in name: return importlib.import_module(name).iou(a, b)
            return 0.123
    """,
    "the reference, by path": f"""
        import importlib.util, runpy
        def iou(a, b):
            return runpy.run_path({str(PACKAGE / "drills" / "iou.py")!r})["iou"](a, b)
    """,
    "the judge's memory": """
        import os
        def iou(a, b):
            with open(f"/proc/{os.getppid()}/mem", "rb") as memory:
                return memory.read(1)
    """,
    "a result that changes later": """
        import threading, time
        def iou(a, b):
            result = [0.123]
            threading.Thread(target=lambda: (time.sleep(0.01), result.__setitem__(0, right(a, b)))).start()
            return result
    """,
    "patched clocks": """
        import time
        time.perf_counter = time.monotonic = time.time = lambda: 0.0
        def iou(a, b): return 0.123
    """,
    "a flood": "import os\ndef iou(a, b):\n    while True: os.write(1, b'x' * 65536)",
    "a flood of words": "def iou(a, b):\n    while True: print('x' * 65536)",
    "a large result": "def iou(a, b): return np.zeros(300 << 17)",
    "all of memory": "def iou(a, b): return np.zeros(1 << 40)",
    "no end": "def iou(a, b):\n    while True: pass",
    "no end of itself": "def iou(a, b): return iou(a, b)",
    "an error that never tells": """
        class Silent(Exception):
            def __str__(self):
                while True: pass
        def iou(a, b): raise Silent
    """,
    "an error in colours": "def iou(a, b): raise type('\\x1b[31mE\\n', (Exception,), {})('\\x1b[2J]]>\\x00\\u202e' + 'x' * 10**7)",
    "many threads": """
        import threading
        def iou(a, b):
            while True: threading.Thread(target=threading.Event().wait, daemon=True).start()
    """,
    "many processes": "import os\ndef iou(a, b):\n    while True: os.fork()",
}


@dataclass
class Hasty:
    """The worker with less patience than usual."""

    worker: Worker

    def open(self, path: Path) -> Submission:
        return self.worker.open(path, limits=Limits(call_seconds=0.5, load_seconds=1.0))


def judged(worker: Worker, folder: Path, source: str) -> SubmissionReport:
    path = folder / "submitted.py"
    path.write_text("import numpy as np\n" + RIGHT.replace("iou", "right") + textwrap.dedent(source), encoding="utf-8")
    return grade_file(Hasty(worker), path, drill="iou", counterexample=False)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_disguise_is_accepted(worker: Worker, tmp_path: Path, disguise: str) -> None:
    report = judged(worker, tmp_path, DISGUISES[disguise])
    verdicts = {result.verdict for result in report.results}
    assert verdicts
    assert not verdicts & {"accepted", "judge-error"}
    told = to_json([report], isolation="full", seed=0, language="en")
    words = json.dumps(told, allow_nan=False, ensure_ascii=False)
    assert len(words) < 100_000
    assert all(letter.isprintable() for letter in words)
    assert judged(worker, tmp_path, "def iou(a, b): return right(a, b)").accepted
    assert not np.array_equal([1], [2])
