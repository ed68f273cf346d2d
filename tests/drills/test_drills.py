"""Every drill keeps its promises; adding a drill adds its tests."""

import subprocess
import sys

import numpy as np
import pytest

from cv_quiz import drills
from cv_quiz.errors import UsageError
from cv_quiz.grading.check import _as_written, check_drill, judge_one
from cv_quiz.grading.stub import solution, stub
from cv_quiz.grading.variants import EditError, build

# Without `--slow` it is one of so many mistakes.
ONE_OF = 6


def test_a_drill_keeps_its_promises():
    """All that takes no judgement of every mistake; of every drill it is looked at with `--slow`."""
    assert [problem.en for problem in check_drill("iou", seeds=())] == []


def some_mistakes():
    return [
        pytest.param(drill, mutant, id=f"{drill.name}-{mutant.id}")
        for drill in drills.every()
        for mutant in drill.mutants[::ONE_OF]
    ]


@pytest.mark.parametrize(("drill", "mutant"), some_mistakes())
def test_a_mistake_has_its_own_diagnosis(drill, mutant):
    result = judge_one(drill, _as_written(drill, build(drill, mutant.edits)), 0)
    assert result.verdict != "accepted"
    assert [item.id for item in result.diagnosis][:1] == [mutant.id]


@pytest.mark.parametrize("name", drills.names())
def test_the_reference_is_accepted_with_nothing_to_remark(name):
    drill = drills.load(name)
    result = judge_one(drill, _as_written(drill, drill.reference), 0, strict=True)
    assert (result.verdict, result.conventions, result.calling) == ("accepted", (), ())


@pytest.mark.slow
@pytest.mark.parametrize("name", drills.names())
def test_every_drill_keeps_its_promises_at_another_seed(name):
    """Beside 0, 1 and 7, which `cvquiz drill --check` tries."""
    assert [problem.en for problem in check_drill(name, seeds=(12345,))] == []


@pytest.mark.parametrize("name", drills.names())
def test_there_are_enough_mistakes(name):
    assert len(drills.load(name).mutants) >= (12 if name == "nms" else 8)


@pytest.mark.parametrize("name", drills.names())
def test_cases_of_another_seed_differ(name):
    drill = drills.load(name)
    first, other = (drill.cases(np.random.default_rng(seed)) for seed in (0, 1))
    assert [case.name for case in first] == [case.name for case in other]
    assert any(
        not np.array_equal(a.inputs[key], b.inputs[key]) for a, b in zip(first, other, strict=True) for key in a.inputs
    )


@pytest.mark.parametrize("name", drills.names())
def test_no_two_drills_share_a_class_or_mistake_id_twice(name):
    drill = drills.load(name)
    ids = [mutant.id for mutant in drill.mutants]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", drills.names())
def test_solution_and_stub_are_python(name, language):
    drill = drills.load(name)
    compile(stub(drill, language), "stub", "exec")
    namespace = {}
    exec(compile(solution(drill), "solution", "exec"), namespace)
    case = next(case for case in drill.cases(np.random.default_rng(0)) if not case.raises and "large" not in case.tags)
    result = namespace[name](**case.inputs)
    assert str(result) == str(drill.reference(**case.inputs))


def test_drills_are_listed_without_numpy():
    code = """
import sys
from cv_quiz import drills
rows = [(d.name, d.title.zh, d.topic, [m.id for m in d.mutants], [o.id for o in d.options]) for d in drills.every()]
assert len(rows) >= 5, rows
print("numpy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_find_takes_names_aliases_and_hyphens():
    assert drills.find("nms").name == "nms"
    assert drills.find("py_cpu_nms").name == "nms"
    assert drills.find("soft-nms").name == "soft_nms"
    assert drills.find("K_Means").name == "kmeans"


def test_unknown_drill_names_the_nearest():
    with pytest.raises(UsageError) as error:
        drills.find("nsm")
    assert "nms" in error.value.text.en
    assert "nms" in error.value.text.zh


def test_an_edit_that_does_not_fit_is_told():
    with pytest.raises(EditError):
        build(drills.load("nms"), (("no such text", ""),))
