"""Files in `tests/solutions/<drill>/`: adding a file adds a test.

`right/` is accepted; `--strict` accepts it too or names every difference. `wrong/` is rejected in both modes, with a
diagnosis. `convention/` differs from the contract in what the first line names: accepted with that said, and
rejected by `--strict` for that.
"""

from pathlib import Path

import pytest

from cv_quiz.grading.calling.catalogue import is_strict
from cv_quiz.grading.exchange import Limits
from cv_quiz.grading.host import Worker
from cv_quiz.grading.judge import grade_file

ROOT = Path(__file__).parents[1] / "solutions"
# All of them take minutes: without `--slow` it is one file of so many, by name.
ONE_OF = 10


def solutions(label):
    """Every file with a label, drill by drill."""
    return [
        pytest.param(path, marks=[pytest.mark.slow] if number % ONE_OF else [], id=f"{folder.parent.name}-{path.stem}")
        for folder in sorted(ROOT.glob(f"*/{label}"))
        for number, path in enumerate(sorted(folder.glob("*.py")))
    ]


@pytest.fixture(scope="module")
def worker():
    with Worker() as running:
        yield running


class Hasty:
    """The worker, with a limit that a test can wait for."""

    def __init__(self, worker):
        self.worker = worker

    def open(self, path):
        return self.worker.open(path, limits=Limits(call_seconds=1.0))


@pytest.fixture
def judge(worker):
    def judged(path, *, strict=False, hasty=False):
        running = Hasty(worker) if hasty else worker
        report = grade_file(running, path, drill=path.parts[-3], strict=strict, counterexample=False)
        (result,) = report.results
        return result

    return judged


def ids(result):
    return [item.id for item in result.diagnosis]


@pytest.mark.parametrize("path", solutions("right"))
def test_right(judge, path):
    """What strict mode accepts, the default does too: there is nothing more to see."""
    strict = judge(path, strict=True)
    result = strict if strict.verdict == "accepted" else judge(path)
    assert (result.verdict, ids(result)) == ("accepted", [])
    assert result.cases_passed == result.cases_total
    assert set(ids(strict)) == {*result.conventions, *filter(is_strict, result.calling)}


@pytest.mark.parametrize("strict", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["default", "strict"])
@pytest.mark.parametrize("path", solutions("wrong"))
def test_wrong(judge, path, strict):
    result = judge(path, strict=strict, hasty=True)
    assert result.verdict in {"wrong-answer", "runtime-error", "time-limit", "memory-limit"}
    assert ids(result)


@pytest.mark.parametrize("path", solutions("convention"))
def test_convention(judge, path):
    named = set(path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# convention: ").split(", "))
    result, strict = judge(path), judge(path, strict=True)
    assert result.verdict == "accepted"
    assert named <= {*result.conventions, *result.calling}
    assert strict.verdict == "wrong-answer"
    assert named <= set(ids(strict))


def test_every_drill_has_its_files():
    for label, least in (("right", 10), ("wrong", 30)):
        counts = {folder.parent.name: len(list(folder.glob("*.py"))) for folder in ROOT.glob(f"*/{label}")}
        assert set(counts) == {"iou", "iou_matrix", "kmeans", "nms", "soft_nms"}
        assert min(counts.values()) >= least
