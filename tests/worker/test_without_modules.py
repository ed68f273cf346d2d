"""Modules that are not installed: what runs without them does, what really uses them fails plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cv_quiz.grading.exchange import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.host import Submission


def plainly_missing(submission: Submission, name: str, module: str) -> None:
    failure = submission.call(Call(name)).failure
    assert failure
    assert (failure.type_name, module in failure.message) == ("ModuleNotFoundError", True)


@pytest.mark.parametrize(
    ("imports", "decorator"),
    [
        ("from nowhere import njit", "@njit"),
        ("from nowhere import njit as fast", "@fast(cache=True)"),
        ("import nowhere", "@nowhere.jit(nopython=True)"),
        ("import nowhere as nb", "@nb.jit(nb.float64[:, :](nb.float64[:]), nopython=True)"),
        ("import nowhere.cuda", "@nowhere.cuda.jit"),
        ("import nowhere", "@nowhere.no_grad()"),
        ("from functools import partial\nimport nowhere", "@partial(nowhere.jit, static_argnums=(1,))"),
        ("import matplotlib", "@matplotlib.style.context('dark')"),
    ],
)
def test_a_decorated_function_runs_without_its_decorator(
    submit: Callable[..., Submission], imports: str, decorator: str
) -> None:
    submission = submit(f"{imports}\n{decorator}\ndef f(x):\n    return x + 1\n")
    assert submission.call(Call("f", (1,))).value == 2
    assert submission.inspect().missing_modules == ("matplotlib" if "matplotlib" in imports else "nowhere",)
    assert submission.inspect().skipped == ()


def test_decorators_of_ones_own_stay(submit: Callable[..., Submission]) -> None:
    source = """
        import functools
        try:
            from nowhere import njit
        except ImportError:
            def njit(function):
                return lambda x: function(x) * 10
        from elsewhere import Tensor
        def twice(kind):
            return lambda function: lambda x: function(x) * 2
        @njit
        def f(x):
            return x
        @twice(Tensor)
        def g(x):
            return x
        class Box:
            @staticmethod
            def area(x):
                return x
            @functools.lru_cache(maxsize=None)
            def kept(self, x):
                return x
    """
    submission = submit(source)
    assert [submission.call(Call(name, (1,))).value for name in ("f", "g")] == [10, 2]
    assert [submission.call(Call(name, (1,), owner="Box")).value for name in ("area", "kept")] == [1, 1]


def test_decorators_in_a_module_beside_and_inside_a_function(submit: Callable[..., Submission]) -> None:
    beside = {"fast.py": "from nowhere import njit\n@njit(fastmath=True)\ndef area(x):\n    return x * 2"}
    source = """
        from fast import area
        def f(x):
            import elsewhere
            @elsewhere.compiled
            def inner():
                return area(x)
            return inner()
    """
    assert submit(source, beside=beside).call(Call("f", (2,))).value == 4


@pytest.mark.parametrize(
    ("imports", "body"),
    [
        ("from tqdm import tqdm", "sum(x for x in tqdm(range(n), desc='boxes'))"),
        ("from tqdm import trange", "sum(x for x in trange(n, leave=False))"),
        ("import tqdm", "sum(tqdm.tqdm(range(n))) + 0 * len(tqdm.tqdm([1]))"),
        ("from tqdm.auto import tqdm", "sum(tqdm(range(n)))"),
        ("from tqdm.notebook import tqdm as bar", "sum(bar(range(n)))"),
        ("from numba import prange", "sum(x for x in prange(n))"),
        ("import numba as nb", "sum(nb.prange(0, n))"),
        ("from numba import njit", "njit(lambda x: sum(range(x)))(n)"),
        ("import numba", "numba.jit(nopython=True)(lambda x: sum(range(x)))(n)"),
        ("import numba", "numba.njit('int64(int64)', cache=True)(lambda x: sum(range(x)))(n)"),
    ],
)
def test_what_does_not_change_a_result_is_stood_in_for(
    submit: Callable[..., Submission], imports: str, body: str
) -> None:
    submission = submit(f"{imports}\ndef f(n):\n    return {body}\n")
    module = imports.split()[1].partition(".")[0]
    if module not in submission.inspect().missing_modules:
        pytest.skip(f"{module} is installed")
    assert submission.call(Call("f", (4,))).value == 6


def test_a_progress_bar_takes_its_messages(submit: Callable[..., Submission]) -> None:
    source = """
        from tqdm import tqdm
        def f():
            with tqdm(total=3) as bar:
                for n in range(3):
                    bar.update(1)
                    bar.set_postfix(n=n)
            tqdm.write("done")
            return n
    """
    reply = submit(source).call(Call("f"))
    assert (reply.value, reply.printed) == (2, "done\n")


def test_what_is_really_used_fails_and_says_so(submit: Callable[..., Submission]) -> None:
    source = """
        import nowhere
        from elsewhere import grad
        def resize():
            return nowhere.resize([1], (2, 2))
        def slope():
            return grad(resize)(1.0)
        def loop():
            return [one for one in nowhere.boxes]
        def total():
            return nowhere.eps + 1
        def whether():
            return 1 if nowhere.available else 2
        def inside():
            with nowhere.device("cpu"):
                return 1
        def at():
            return nowhere.table[0] * 2
    """
    submission = submit(source)
    for name in ("resize", "loop", "total", "whether", "inside", "at"):
        plainly_missing(submission, name, "nowhere")
    plainly_missing(submission, "slope", "elsewhere")


def test_annotations_may_name_anything(submit: Callable[..., Submission]) -> None:
    source = """
        from nowhere import Float, Tensor
        def f(boxes: Float[Tensor, "n 4"], scores: Tensor | None = None) -> "Tensor":
            return 1
    """
    assert submit(source).call(Call("f", (0,))).value == 1


def test_a_file_that_bears_the_name_of_the_library_it_imports(submit: Callable[..., Submission]) -> None:
    submission = submit("from nowhere import njit\n@njit\ndef f():\n    return 1", name="nowhere.py")
    assert submission.inspect().missing_modules == ("nowhere",)
    assert submission.call(Call("f")).value == 1


def test_seeds_and_arrays_do_without_torch(submit: Callable[..., Submission]) -> None:
    submission = submit("import torch\n@torch.no_grad()\ndef f(x):\n    return x\n")
    if "torch" not in submission.inspect().missing_modules:
        pytest.skip("torch is installed")
    assert submission.call(Call("f", (1,), seed=3)).value == 1
    assert submission.call(Call("f", (1,), tensors=True)).status == "exception"
