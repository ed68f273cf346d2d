"""What the parser tells of a file: names bound to functions by assignment, and who really uses whom."""

from __future__ import annotations

import ast
import textwrap

import pytest

from cv_quiz.grading.exchange import Function, Parameter
from cv_quiz.grading.worker.functions import find_functions

FILE = """
    import functools
    import numpy as np
    from functools import partial
    def _nms(boxes, scores, thr=0.3, *, kind="hard"):
        '''Suppress.'''
    def each(value, rest): pass
    def many(a, b, *rest, **more): pass
    class Box:
        @staticmethod
        def iou(a, b): pass
        @classmethod
        def union(cls, a, b): pass
        def area(self, box): pass
        other = area
        cut = staticmethod(lambda box, size: box)
        __call__ = area
    {line}
"""


def bound(line: str) -> Function | None:
    functions = find_functions(ast.parse(textwrap.dedent(FILE).replace("{line}", line)))
    return next((function for function in functions if function.name == "f"), None)


def words(function: Function | None) -> str | None:
    if function is None:
        return None
    return " ".join(_word(parameter) for parameter in function.parameters)


def _word(parameter: Parameter) -> str:
    sign = {"positional": "", "keyword": "!", "varargs": "*", "varkw": "**"}[parameter.kind]
    return f"{sign}{parameter.name}" + (f"={parameter.default}" if parameter.default else "")


@pytest.mark.parametrize(
    ("line", "parameters"),
    [
        ("f = lambda a, b=1: a", "a b=1"),
        ("f: object = lambda a: a", "a"),
        ("f = g = lambda a: a", "a"),
        ("f = _nms", "boxes scores thr=0.3 !kind='hard'"),
        ("one = _nms; f = one", "boxes scores thr=0.3 !kind='hard'"),
        ("f = Box.iou", "a b"),
        ("f = Box.union", "a b"),
        ("f = Box.area", "self box"),
        ("f = Box().area", "box"),
        ("f = Box().other", "box"),
        ("f = Box.cut", "box size"),
        ("f = Box(1, 2)", "box"),
        ("f = partial(_nms, thr=0.5)", "boxes scores !thr=0.5 !kind='hard'"),
        ("f = functools.partial(_nms, None)", "scores thr=0.3 !kind='hard'"),
        ("f = partial(_nms, boxes=None)", "!boxes=None !scores !thr=0.3 !kind='hard'"),
        ("f = partial(many, 1)", "b *rest **more"),
        ("f = partial(many, a=1)", "!a=1 !b **more"),
        ("f = partial(partial(_nms, None), None)", "thr=0.3 !kind='hard'"),
        ("f = np.vectorize(each)", "value rest"),
        ("f = np.vectorize(each, otypes=[float])", "value rest"),
        ("f = njit(_nms)", "boxes scores thr=0.3 !kind='hard'"),
        ("f = numba.jit(nopython=True)(each)", "value rest"),
        ("f = functools.lru_cache(maxsize=None)(each)", "value rest"),
        ("if True:\n    f = each\nelse:\n    f = None", "value rest"),
        ("f = max", None),
        ("f = 3", None),
        ("f = measure(each)", None),
        ("f = np.zeros(3)", None),
        ("f = partial(unknown, 1)", None),
        ("f = Unknown.iou", None),
        ("f.g = each", None),
    ],
)
def test_a_name_bound_to_a_function_is_listed_with_its_parameters(line: str, parameters: str | None) -> None:
    assert words(bound(line)) == parameters


def test_a_bound_name_has_its_own_line_and_the_words_of_the_function() -> None:
    function = bound("f = _nms")
    assert function
    assert (function.line, function.docstring, function.calls) == (18, "Suppress.", ("_nms",))


def test_a_name_bound_anew_is_what_it_was_bound_to_last() -> None:
    functions = find_functions(ast.parse("def f(a): pass\ndef g(b): pass\nf = g\nh = f\n"))
    assert [words(function) for function in functions] == ["a", "b", "b", "b"]


USES = {
    "return iou(a, b)": ("iou",),
    "return list(map(iou, a, b))": ("iou",),
    "return sorted(a, key=area)": ("area",),
    "return {'iou': iou, 'area': area}[kind](a)": ("iou", "area"),
    "return [f(a) for f in (iou, area)]": ("iou", "area"),
    "f = iou; return f(a, b)": ("iou",),
    "return apply(Box.iou, a)": ("iou",),
    "return self.iou(a) + Box().iou(b)": ("iou", "Box"),
    "return Box(a)": ("Box",),
    "return (lambda x: area(x))(a)": ("area",),
    "iou": (),
    "'iou(a, b)'": (),
    "'''iou(a, b)'''": (),
    "return iou is None": (),
    "return iou.__name__": (),
    "iou = a / b; return max(iou, 0)": (),
    "global iou; iou = 1; return iou(a)": ("iou",),
    "def iou(x): return x\n    return iou(a)": (),
    "return np.where(a > area)": (),
    "return utils.area(a)": (),
    "return main(a)": (),
}


@pytest.mark.parametrize("body", USES)
def test_only_what_is_called_or_handed_on_is_used(body: str) -> None:
    source = (
        f"def iou(a, b): pass\ndef area(a): pass\nclass Box:\n    def iou(self): pass\ndef main(a, b):\n    {body}\n"
    )
    assert set(find_functions(ast.parse(source))[-1].calls) == set(USES[body])


def test_a_parameter_of_the_same_name_is_no_use() -> None:
    source = "def iou(a, b): pass\ndef nms(boxes, iou=0.5):\n    return list(filter(iou, boxes))\n"
    assert find_functions(ast.parse(source))[1].calls == ()
