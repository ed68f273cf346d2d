"""Frames and values: what goes in comes out; what cannot have been put in is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cv_quiz.grading.exchange import Call, Opaque
from cv_quiz.grading.wire import (
    PREFIX,
    Frame,
    Packer,
    TooLargeError,
    Unpacker,
    WireError,
    frame_bytes,
    frame_lengths,
    parse_head,
)
from cv_quiz.grading.worker.replies import read_functions, read_inspection, read_reply
from cv_quiz.grading.worker.requests import request_for
from cv_quiz.grading.worker.text import clean

FIRST = request_for(Call("f", ([1.0],)))
NUMBERS = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="="),
    hnp.unsigned_integer_dtypes(endianness="="),
    hnp.floating_dtypes(endianness="=", sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(endianness="="),
)
ARRAYS = hnp.arrays(NUMBERS, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5))
TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cn"])
)
ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), TEXTS, ARRAYS,
    ARRAYS.filter(lambda array: array.size > 0).map(lambda array: array.flat[0]),
    st.just(Opaque("Thing", "reason")), st.sets(st.integers()),
)  # fmt: skip
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(TEXTS, inner), st.lists(st.floats(), min_size=16)
    ),
    max_leaves=20,
)


def travelled(value: Any, limit: int = 1 << 24) -> Any:
    packer = Packer(limit)
    raw = frame_bytes({"value": packer.tree(value)}, packer.buffers)
    head, body = frame_lengths(raw[: PREFIX.size], limit)
    assert len(raw) == PREFIX.size + head + body
    return Unpacker(raw[PREFIX.size + head :]).value(parse_head(raw[PREFIX.size : PREFIX.size + head])["value"])


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return repr(one) == repr(other) if isinstance(one, float | complex) else one == other


@given(VALUES)
@settings(max_examples=100)
def test_values_arrive_as_they_were(value: Any) -> None:
    assert same(travelled(value), value)


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        (np.arange(6, dtype=">i4").reshape(2, 3), np.arange(6, dtype="<i4").reshape(2, 3)),
        (np.arange(6.0).reshape(2, 3).T, np.ascontiguousarray(np.arange(6.0).reshape(2, 3).T)),
        (np.arange(6)[::-2], np.array([5, 3, 1])),
        (np.longdouble(1.5) * np.ones(2), np.array([1.5, 1.5])),
        (np.ones((0, 10**9)), np.ones((0, 10**9))),
        (np.array([None]), Opaque("ndarray", "an array of objects, shape (1,)")),
        (np.array(["a"]), Opaque("ndarray", "an array of text, shape (1,)")),
        (np.datetime64("2020-01-01"), Opaque("datetime64", "a NumPy scalar: dates")),
        (np.zeros(1, dtype=[("a", "f8")]), Opaque("ndarray", "an array of records, shape (1,)")),
        (1 << 5000, Opaque("int", "more than 4096 bits")),
        (range(3), Opaque("range")),
        (object(), Opaque("object")),
        ({1: 2, 2.5: 3, None: 4, False: 5}, {1: 2, 2.5: 3, None: 4, False: 5}),
        ({np.int64(3): 1, np.float32(0.5): 2, np.str_("a"): 3}, {3: 1, 0.5: 2, "a": 3}),
        ({(0, 1): 2}, Opaque("dict", "keys that are neither text nor plain numbers")),
        ({1 << 60: 2}, Opaque("dict", "keys that are neither text nor plain numbers")),
        (dict.fromkeys(range(2000)), Opaque("dict", "too many keys that are no text")),
        (set(range(2000)), Opaque("set", "too large, or nested too deeply")),
        (frozenset({1}), {1}),
        ("\x1b[31mred\x00", "red"),
        (b"bytes", Opaque("bytes")),
    ],
)
def test_what_cannot_travel_arrives_as_something_plain(sent: Any, arrives: Any) -> None:
    assert same(travelled(sent), arrives)


def test_arrays_arrive_in_memory_of_their_own() -> None:
    array = travelled(np.zeros((2, 2)))
    assert array.flags.writeable
    assert array.flags.owndata
    assert array.flags.c_contiguous


def test_a_limit_holds_before_memory_is_taken() -> None:
    for value in (np.zeros(1000), [0.5] * 1000, ["x" * 100] * 100, np.broadcast_to(0.0, (10**9, 10**9))):
        with pytest.raises(TooLargeError):
            Packer(4000).tree(value)


def test_nesting_is_cut() -> None:
    nested: list[Any] = []
    for _ in range(100):
        nested = [nested]
    arrived, depth = travelled(nested), 0
    while isinstance(arrived, list):
        arrived, depth = arrived[0], depth + 1
    assert arrived == Opaque("list", "nested too deeply")
    assert depth == 24


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.sampled_from([*"anpicolstd", "<f8", "|O"]),
    ),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@given(JSON, st.binary())
@settings(max_examples=100)
def test_any_tree_gives_a_value_or_a_wire_error(tree: Any, body: bytes) -> None:
    try:
        Unpacker(body).value(json.loads(json.dumps(tree)))
    except WireError:
        return


KEYS = ("kind", "number", "status", "value", "attributes", "arguments", "failure", "seconds", "functions", "missing",
        "skipped", "name", "parameters", "line", "owner", "docstring", "calls", "type_name", "message")  # fmt: skip
HEADS = st.dictionaries(st.sampled_from(KEYS), JSON | st.sampled_from(["reply", "ok", "exception", 1, []]))


@given(HEADS)
@settings(max_examples=60)
def test_any_head_gives_something_plain_or_a_wire_error(head: dict[str, Any]) -> None:
    frame = Frame(head, b"")
    for read in (
        read_functions,
        lambda frame: read_inspection(frame, ()),
        lambda frame: read_reply(frame, FIRST, 1, 0.5, 0.5),
    ):
        try:
            read(frame)
        except WireError:
            continue


@given(st.binary(min_size=PREFIX.size, max_size=PREFIX.size), st.binary())
def test_any_bytes_are_a_frame_or_a_wire_error(prefix: bytes, head: bytes) -> None:
    for read in (lambda: frame_lengths(prefix, 1000), lambda: parse_head(head)):
        try:
            read()
        except WireError:
            continue


def test_a_claimed_time_counts_only_if_the_clock_bears_it_out() -> None:
    def seconds(claim: Any, wall: float, most: float = 1.0) -> float:
        head = {"kind": "reply", "number": 1, "status": "ok", "attributes": ["d"], "arguments": None, "seconds": claim}
        return read_reply(Frame(head, b""), FIRST, 1, wall, most).seconds

    assert seconds(0.95, 1.0) == 0.95
    assert seconds(0.0001, 0.0009) == 0.0001
    assert seconds(0.9, 0.0001) == 0.9  # it ran while nobody waited for it yet
    for lie in (0.0, -1.0, 2.0, float("nan"), float("-inf"), "0.95", None, True, 0):
        assert seconds(lie, 1.0) == 1.0


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_clean_text_holds_nothing_a_terminal_obeys(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit + 2
    assert all(char in "\n\t" or (char.isprintable() or ord(char) >= 0xA0) for char in cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x07", "link"),
        ("\x1bP1;2|payload\x1b\\after", "after"),
        ("bell\x07 back\x08 nul\x00 \x9b31m", "bell back nul 31m"),
        ("line\r\nline\rover\tTab", "line\nlineover\tTab"),
        ("\u202edetrever\u2066", "detrever"),
        ("中文，é\ufeff\ud800", "中文，é"),
        ("]]> <b> &amp;", "]]> <b> &amp;"),
    ],
)
def test_clean_text_keeps_the_words(text: str, cleaned: str) -> None:
    assert clean(text, 100) == cleaned
