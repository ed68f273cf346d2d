"""Functions as people write them: each gets the judgement it deserves, and what was adapted is said."""

import importlib

import pytest

from cv_quiz.grading.calling.catalogue import is_strict
from tests.grading.judging import fresh, judge

MODULES = ("nms_right", "nms_wrong", "iou", "iou_matrix", "kmeans", "soft_nms", "more", "ways", "doors")
STYLES = [
    pytest.param(module, item, id=f"{module}-{item.function.__name__}")
    for module in (f"tests.grading.styles.{name}" for name in MODULES)
    for item in importlib.import_module(module).STYLES.collected
]
# Without `--slow` it is one style of so many, and fewer in strict mode.
ONE_OF = 6
ONE_OF_STRICT = 9


def thinned(styles, one_of):
    return [
        pytest.param(*style.values, marks=[pytest.mark.slow] if number % one_of else [], id=style.id)
        for number, style in enumerate(styles)
    ]


def in_strict_mode():
    return thinned([style for style in STYLES if style.values[1].verdict == "accepted"], ONE_OF_STRICT)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("module", "item"), thinned(STYLES, ONE_OF))
def test_style(module, item):
    make = fresh(module, item.function.__name__, item.name)
    result = judge(item.drill, item.function, name=item.name, make=make)
    diagnosis = [found.id for found in result.diagnosis]
    assert result.verdict == item.verdict, diagnosis
    if item.verdict == "accepted":
        assert {*result.conventions, *result.calling} == item.conventions
        assert result.cases_passed == result.cases_total
        assert diagnosis == []
    else:
        assert diagnosis
        assert item.diagnosis == "" or item.diagnosis in diagnosis


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("module", "item"), in_strict_mode())
def test_strict_mode_accepts_the_contract_alone(module, item):
    result = judge(item.drill, item.function, name=item.name, strict=True)
    differing = {name for name in item.conventions if name not in {"lists", "tuples"}}
    assert all(is_strict(name) for name in result.calling if name in differing)
    if differing:
        assert result.verdict == "wrong-answer"
        assert differing <= {found.id for found in result.diagnosis}
    else:
        assert result.verdict == "accepted"
