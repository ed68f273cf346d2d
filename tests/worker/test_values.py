"""What goes through the worker and back, and how calls are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cv_quiz.grading.exchange import Call, Opaque
from cv_quiz.grading.worker.values import BYTES, CALLABLE, INSTANCE, MIXED, ONCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.host import Submission


@pytest.mark.parametrize(
    "value",
    [None, True, 3, 2.5, float("inf"), 1j, "text", [0, 2], (0, 2), [[1, 2], [3]], {"a": [1]}, {1, 2}, [], (), {}],
)
def test_plain_values_come_back_as_they_were(ask: Callable[..., Reply], value: Any) -> None:
    reply = ask("def f(x):\n    return x", value)
    assert reply.value == value
    assert type(reply.value) is type(value)


@pytest.mark.parametrize(
    "dtype", ["bool", "int8", "uint8", "int32", "int64", "float16", "float32", "float64", "complex128"]
)
def test_arrays_come_back_as_they_were(ask: Callable[..., Reply], dtype: str) -> None:
    sent = np.arange(6).reshape(2, 3).astype(dtype)
    value = ask("def f(x):\n    return x", sent).value
    assert (value.dtype, value.shape) == (sent.dtype, sent.shape)
    assert np.array_equal(value, sent)


def test_numpy_scalars_come_back_as_such(ask: Callable[..., Reply]) -> None:
    value = ask("import numpy as np\ndef f():\n    return np.float32(0.1), np.int64(3), np.bool_(True)").value
    assert [type(one) for one in value] == [np.float32, np.int64, np.bool_]
    assert value == (np.float32(0.1), 3, True)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("(x for x in [1])", Opaque("generator", ONCE)),
        ("zip([1], [2])", Opaque("zip", ONCE)),
        ("map(int, [1.0])", Opaque("map", ONCE)),
        ("filter(None, [1])", Opaque("filter", ONCE)),
        ("iter([1])", Opaque("list_iterator", ONCE)),
        ("reversed([1])", Opaque("list_reverseiterator", ONCE)),
        ("range(3)", [0, 1, 2]),
        ("range(10 ** 12)", None),
        ("collections.deque([3, 1])", [3, 1]),
        ("dict.fromkeys([3, 1]).keys()", [3, 1]),
        ("{'a': [1]}.values()", [[1]]),
        ("{'a': 1}.items()", [("a", 1)]),
        ("collections.Counter([7, 7])", {7: 2}),
        ("{0: 1, np.int64(2): 3}", {0: 1, 2: 3}),
        ("{(0, 1): 0.5}", Opaque("dict", "keys that are neither text nor plain numbers")),
        ("fractions.Fraction(1, 3)", 1 / 3),
        ("decimal.Decimal('0.25')", 0.25),
        ("fractions.Fraction(10 ** 400)", Opaque("Fraction", "too large for a float")),
        ("types.SimpleNamespace(keep=[0])", {"keep": [0]}),
        ("types.MappingProxyType({'keep': [0]})", {"keep": [0]}),
        ("Kept([0, 2], 0.5)", {"keep": [0, 2], "score": 0.5}),
        ("Kept", Opaque("type", CALLABLE)),
        ("f", Opaque("function", CALLABLE)),
        ("np.add", Opaque("ufunc", CALLABLE)),
        ("np", Opaque("module", CALLABLE)),
        ("b'12'", Opaque("bytes", BYTES)),
        ("np.array([[1], [2, 3]], dtype=object)", Opaque("ndarray", f"{MIXED}, shape (2,)")),
        ("np.array([None, 1])", Opaque("ndarray", f"{MIXED}, shape (2,)")),
        ("np.array(['a'])", Opaque("ndarray", "an array of text, shape (1,)")),
        ("[[1.0], [2.0, 3.0]]", [[1.0], [2.0, 3.0]]),
        ("Fair()", Opaque("Fair", INSTANCE)),
        ("[Fair()]", [Opaque("Fair", INSTANCE)]),
        ("Shade.DARK", Opaque("Shade", INSTANCE)),
        ("Point(1, 2)", (1, 2)),
        ("collections.OrderedDict(a=1)", {"a": 1}),
        ("Colour.RED", 1),
        ("Spoofed()", None),
        ("Many()", None),
        ("None", None),
    ],
)
def test_odd_results(ask: Callable[..., Reply], what: str, value: Any) -> None:
    source = f"""
        import collections, dataclasses, decimal, enum, fractions, types
        import numpy as np
        @dataclasses.dataclass
        class Kept:
            keep: list
            score: float
        Shade = enum.Enum("Shade", "DARK")
        Point = collections.namedtuple("Point", "x y")
        Colour = enum.IntEnum("Colour", "RED GREEN")
        class Fair:
            def __eq__(self, other):
                return True
        class Spoofed:
            __class__ = np.ndarray
        class Many:
            def __getattribute__(self, name):
                raise RuntimeError(name)
        def f():
            return {what}
    """
    reply = ask(source)
    assert reply.status in {"ok", "exception", "output-limit"}
    assert reply.value == value
    assert type(reply.value) is type(value)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("np.array([0, 2], dtype=object)", np.array([0, 2])),
        ("np.array([[0.5, 1], [True, np.float32(2)]], dtype=object)", np.array([[0.5, 1.0], [1.0, 2.0]])),
        ("np.empty((0, 4), dtype=object)", np.empty((0, 4))),
        ("array.array('i', [0, 2])", np.array([0, 2], dtype=np.int32)),
        ("array.array('d', [0.5])", np.array([0.5])),
    ],
)
def test_what_is_nearly_an_array_of_numbers_arrives_as_one(ask: Callable[..., Reply], what: str, value: Any) -> None:
    arrived = ask(f"import array\nimport numpy as np\ndef f():\n    return {what}").value
    assert (arrived.dtype, arrived.shape) == (value.dtype, value.shape)
    assert np.array_equal(arrived, value)


def test_a_result_that_runs_code_while_it_is_read_runs_it_in_the_fork(submit: Callable[..., Submission]) -> None:
    source = """
        import collections, dataclasses, os
        class Loud(collections.OrderedDict):
            def items(self):
                os._exit(9)
            def values(self):
                os._exit(9)
        class Deep(collections.deque):
            def __iter__(self):
                while True: pass
        @dataclasses.dataclass
        class Sly:
            keep: list
            def __getattribute__(self, name):
                raise SystemExit(name)
        def f(which):
            return [Loud(a=1), Deep([1]), Sly([0])][which]
    """
    submission = submit(source, call_seconds=0.5)
    assert submission.call(Call("f", (0,))).status == "died"
    assert submission.call(Call("f", (1,))).value == Opaque("Deep", INSTANCE)
    assert submission.call(Call("f", (2,))).status == "exception"


def test_subclasses_of_arrays_arrive_as_arrays(ask: Callable[..., Reply]) -> None:
    source = """
        import numpy as np
        class Winning(np.ndarray):
            def __array_function__(self, *args, **kwargs):
                return True
            def __array_ufunc__(self, *args, **kwargs):
                return True
            def __eq__(self, other):
                return True
            nbytes = 0
        def f():
            return np.arange(3.0).view(Winning), np.matrix([[1.0]]), np.ma.masked_array([1.0], [True])
    """
    value = ask(source).value
    assert [type(one) for one in value] == [np.ndarray] * 3
    assert np.array_equal(value[0], [0, 1, 2])


def test_arguments_come_in_fresh_writable_memory_each_time(submit: Callable[..., Submission]) -> None:
    source = """
        kept = []
        def f(boxes, values):
            fine = boxes.flags.writeable and boxes.flags.owndata and boxes.dtype == float
            boxes[0] = 7.0
            values.append(7)
            kept.append((boxes, values))
            return fine, [bool((one == boxes).all()) for one, _ in kept], boxes
    """
    submission = submit(source)
    boxes, values = np.zeros((2, 2)), [1, 2]
    for number in (1, 2):
        reply = submission.call(Call("f", (boxes, values)))
        assert reply.value[:2] == (True, [True] * number)
        assert np.array_equal(reply.arguments_after[0], [[7, 7], [0, 0]])
        assert reply.arguments_after[1] == [1, 2, 7]
    assert not boxes.any()
    assert values == [1, 2]


def test_keyword_arguments(ask: Callable[..., Reply], submit: Callable[..., Submission]) -> None:
    submission = submit("def f(a, *, b=2, **more):\n    return a, b, more")
    reply = submission.call(Call("f", (1,), {"b": 3, "c": np.ones(1)}))
    assert reply.value == (1, 3, {"c": np.ones(1)})
    failure = submission.call(Call("f", (1, 2, 3))).failure
    assert failure
    assert failure.type_name == "TypeError"


def test_classes(submit: Callable[..., Submission]) -> None:
    source = """
        import numpy as np
        class KMeans:
            def __init__(self, k, seed=0):
                self.k = k
                self.seed = seed
            def fit(self, points):
                self.labels_ = np.arange(len(points)) % self.k
                return self
            def predict(self, points):
                return self.labels_
            @staticmethod
            def version():
                return 1
    """
    submission = submit(source)
    call = Call(
        "fit,predict",
        (np.zeros((4, 2)),),
        owner="KMeans",
        init_args=(2,),
        init_kwargs={"seed": 5},
        attributes=("labels_", "seed", "nowhere"),
    )
    reply = submission.call(call)
    assert np.array_equal(reply.value, [0, 1, 0, 1])
    assert set(reply.attributes) == {"labels_", "seed"}
    assert reply.attributes["seed"] == 5
    assert submission.call(Call("fit", (np.zeros((1, 2)),), owner="KMeans", init_args=(1,))).value == Opaque(
        "KMeans", INSTANCE
    )
    assert submission.call(Call("version", (), owner="KMeans", init_args=(1,))).value == 1
    missing = submission.call(Call("gone", (), owner="KMeans", init_args=(1,))).failure
    assert missing
    assert missing.type_name == "AttributeError"


def test_random_numbers_follow_the_seed(submit: Callable[..., Submission]) -> None:
    submission = submit("import random\nimport numpy as np\ndef f():\n    return random.random(), np.random.rand()")
    first, second, third = (submission.call(Call("f", seed=seed)).value for seed in (1, 2, 1))
    assert first == third != second
    other = submit("import random\nLUCK = random.random()\ndef f():\n    return LUCK", name="other.py", order_seed=3)
    same = submit("import random\nLUCK = random.random()\ndef f():\n    return LUCK", name="same.py", order_seed=3)
    assert other.call(Call("f", seed=1)).value == same.call(Call("f", seed=2)).value


def test_the_order_of_sets_is_the_same_in_every_run(submit: Callable[..., Submission]) -> None:
    submission = submit("def f():\n    return list({'b', 'a', 'd', 'c', 'e'})")
    first = submission.call(Call("f")).value
    submission.restart()
    assert submission.call(Call("f")).value == first


def test_a_name_that_is_not_there(ask: Callable[..., Reply]) -> None:
    reply = ask("def g():\n    return 1")
    assert reply.failure
    assert (reply.status, reply.failure.type_name) == ("exception", "NameError")


def test_large_inputs_and_outputs(ask: Callable[..., Reply]) -> None:
    sent = np.random.default_rng(0).random((1000, 1000))
    reply = ask("def f(x, y):\n    return x * 2, y", sent, sent.ravel()[:50_000].tolist())
    assert np.array_equal(reply.value[0], sent * 2)
    assert reply.value[1] == sent.ravel()[:50_000].tolist()


TORCH = """
import torch
def f(boxes, values):
    assert isinstance(boxes, torch.Tensor) and isinstance(values[0], torch.Tensor)
    boxes += 1
    return boxes, torch.tensor(3), (torch.ones(2, dtype=torch.float16), torch.ones(1, requires_grad=True))
def g(boxes):
    return torch.from_numpy(boxes).sum()
def odd():
    return torch.ones(2, dtype=torch.bfloat16), torch.nn.Linear(1, 1)
"""


def test_tensors_go_in_and_come_out_as_arrays(submit: Callable[..., Submission]) -> None:
    pytest.importorskip("torch")
    submission = submit(TORCH, memory_bytes=1 << 30)
    reply = submission.call(Call("f", (np.zeros((1, 4)), [np.zeros(1)]), tensors=True))
    assert reply.status == "ok", reply
    boxes, count, (half, grad) = reply.value
    assert np.array_equal(boxes, np.ones((1, 4)))
    assert np.array_equal(reply.arguments_after[0], np.ones((1, 4)))
    assert (int(count), half.dtype, float(grad[0])) == (3, np.float16, 1.0)
    assert float(submission.call(Call("g", (np.ones((2, 2)),))).value) == 4.0
    odd = submission.call(Call("odd")).value
    assert [one.type_name for one in odd] == ["Tensor", "Linear"]
