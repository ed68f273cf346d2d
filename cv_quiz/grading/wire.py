"""How judge and worker put values on a pipe: frames, and values as JSON plus raw array buffers.

A frame is a fixed prefix (magic, length of the head, length of the body), a JSON head and a body. Arrays lie
in the body as plain buffers in C order; the head names their dtype and shape. Nothing is pickled or
evaluated, and every length, dtype and shape is checked before memory is taken. The reader trusts nothing:
whatever is not a complete valid frame raises `WireError`.
"""

from __future__ import annotations

import json
import struct
from array import array
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cv_quiz.grading.exchange import Opaque
from cv_quiz.grading.worker.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MAGIC: Final = b"cvq1"
PREFIX: Final = struct.Struct("<4sIQ")
MAX_HEAD_BYTES: Final = 8 << 20
MAX_NODES: Final = 400_000
MAX_DEPTH: Final = 24
MAX_DIMENSIONS: Final = 32
MAX_SET: Final = 1000  # integers can be chosen to share one hash: a set takes the square of its size
MAX_TEXT: Final = 64 << 10
MAX_INTEGER_BITS: Final = 4096
EXACT_BITS: Final = 53  # an integer of fewer bits is a number in JSON
PACKED_FROM: Final = 16  # a list of this many floats or ints of one kind travels as a buffer

Tree = Any  # what json.loads gives
_JSON: Final = json.JSONEncoder(separators=(",", ":"))
_NUMBERS: Final = frozenset({bool, int, float})


class WireError(Exception):
    """Bytes that are no valid frame, or a tree that is no valid value."""


class TooLargeError(WireError):
    """A value that does not fit into the limit it was given."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: the JSON head and the buffers its arrays lie in."""

    head: dict[str, Any]
    body: bytes | bytearray


def frame_bytes(head: Mapping[str, Any], body: Iterable[bytes] = ()) -> bytes:
    """One frame, ready to be written."""
    raw = _JSON.encode(head).encode("ascii")
    joined = b"".join(body)
    return PREFIX.pack(MAGIC, len(raw), len(joined)) + raw + joined


def frame_lengths(prefix: bytes, limit: int) -> tuple[int, int]:
    """Lengths of head and body, checked against the limit (bytes) before anything is read."""
    magic, head, body = PREFIX.unpack(prefix)
    if magic != MAGIC or head > MAX_HEAD_BYTES or body > limit:
        raise WireError("no frame, or one beyond its limit")
    return head, body


def parse_head(raw: bytes) -> dict[str, Any]:
    """The JSON head; its size in nodes is bounded before it is parsed."""
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > 2 * MAX_NODES:
        raise WireError("a head with too many nodes")
    try:
        head = json.loads(raw.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise WireError("a head that is not JSON") from error
    if not isinstance(head, dict):
        raise WireError("a head that is no object")
    return head


def dtype_code(dtype: np.dtype[Any]) -> str | None:
    """The name under which a dtype travels (`<f8`), None where it does not."""
    code = dtype.newbyteorder("<").str
    return code if code in DTYPES else None


DTYPES: Final[dict[str, np.dtype[Any]]] = {
    code: np.dtype(code)
    for code in ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16")
}


class Packer:
    """Turns values into a tree and buffers, never taking more than `limit` bytes for them."""

    def __init__(self, limit: int, adapt: Callable[[Any], Any] = lambda value: value) -> None:
        self.buffers: list[bytes] = []
        self._left = limit
        self._nodes = MAX_NODES
        self._adapt = adapt

    def tree(self, value: Any, depth: int = 0) -> Tree:
        """The tree of one value; what cannot travel becomes `Opaque`.

        Raises TooLargeError where the value exceeds the limit.
        """
        self._nodes -= 1
        if self._nodes < 0:
            raise TooLargeError("too many elements")
        if value is None or value is True or value is False:
            return value
        value = self._adapt(value)
        pack = _OF_TYPE.get(type(value)) or _pack_for(value)
        return pack(self, value, depth) if pack else _opaque(type(value).__name__, "")

    def take(self, size: int) -> None:
        """Account for bytes before they are made."""
        self._left -= size
        if self._left < 0:
            raise TooLargeError("too many bytes")

    def many(self, values: Iterable[Any], depth: int) -> list[Tree]:
        """The trees of a container's elements."""
        return [self.tree(value, depth + 1) for value in values]


def _opaque(type_name: str, reason: str) -> Tree:
    return ["o", type_name[:200], reason[:200]]


def _pack_opaque(_packer: Packer, value: Opaque, _depth: int) -> Tree:
    return _opaque(value.type_name, value.reason)


def _pack_array(packer: Packer, value: np.ndarray[Any, Any], _depth: int) -> Tree:
    code = dtype_code(value.dtype)
    if code is None and value.dtype.kind in "fc":  # long double: no two machines agree on it
        return _pack_array(packer, value.astype("<c16" if value.dtype.kind == "c" else "<f8"), _depth)
    if code is None:
        return _opaque(type(value).__name__, f"an array of {_no_numbers(value.dtype)}, shape {value.shape}")
    packer.take(value.nbytes)  # nbytes of a strided view counts what a copy would need
    packer.buffers.append(np.asarray(value, dtype=code).tobytes())
    return ["a", code, list(value.shape)]


def _no_numbers(dtype: np.dtype[Any]) -> str:
    kinds = {"O": "objects", "U": "text", "S": "bytes", "M": "dates", "m": "time spans", "V": "records"}
    return kinds.get(dtype.kind, f"dtype {dtype.kind}")


def _pack_scalar(_packer: Packer, value: np.generic, _depth: int) -> Tree:
    code = dtype_code(value.dtype)
    if code is None:
        return _opaque(type(value).__name__, f"a NumPy scalar: {_no_numbers(value.dtype)}")
    return ["n", code, np.asarray(value, dtype=code).tobytes().hex()]


def _pack_int(_packer: Packer, value: int, _depth: int) -> Tree:
    if value.bit_length() > MAX_INTEGER_BITS:
        return _opaque("int", "more than 4096 bits")
    return int(value) if value.bit_length() < EXACT_BITS else ["i", format(int(value), "x")]


def _pack_float(_packer: Packer, value: float, _depth: int) -> Tree:
    return float(value)


def _pack_complex(_packer: Packer, value: complex, _depth: int) -> Tree:
    return ["c", value.real, value.imag]


def _pack_text(packer: Packer, value: str, _depth: int) -> Tree:
    packer.take(len(value[:MAX_TEXT]))
    return value[:MAX_TEXT]


def _pack_list(packer: Packer, value: list[Any], depth: int) -> Tree:
    if depth >= MAX_DEPTH:
        return _opaque("list", "nested too deeply")
    packed = _packed(packer, value) if len(value) >= PACKED_FROM else None
    return packed or ["l", *packer.many(value, depth)]


def _packed(packer: Packer, value: list[Any]) -> Tree | None:
    kinds = set(map(type, value))
    code = {float: "d", int: "q"}.get(kinds.pop()) if len(kinds) == 1 else None
    if code is None:
        return None
    packer.take(8 * len(value))
    try:
        packer.buffers.append(array(code, value).tobytes())
    except OverflowError:
        return None
    return ["p", code, len(value)]


def _pack_tuple(packer: Packer, value: tuple[Any, ...], depth: int) -> Tree:
    if depth >= MAX_DEPTH:
        return _opaque("tuple", "nested too deeply")
    return ["t", *packer.many(value, depth)]


def _pack_set(packer: Packer, value: set[Any], depth: int) -> Tree:
    if depth >= MAX_DEPTH or len(value) > MAX_SET:
        return _opaque("set", "too large, or nested too deeply")
    return ["s", *packer.many(value, depth)]


def _pack_dict(packer: Packer, value: dict[Any, Any], depth: int) -> Tree:
    if depth >= MAX_DEPTH:
        return _opaque("dict", "nested too deeply")
    keys = [key.item() if isinstance(key, np.generic) else key for key in value]
    if not all(map(_is_key, keys)):
        return _opaque("dict", "keys that are neither text nor plain numbers")
    if sum(not isinstance(key, str) for key in keys) > MAX_SET:
        return _opaque("dict", "too many keys that are no text")
    return ["d", *packer.many([part for pair in zip(keys, value.values(), strict=True) for part in pair], depth)]


def _is_key(key: Any) -> bool:
    """Whether something is a key in JSON as it stands. (A NumPy scalar equals its number, and so does its hash.)"""
    if isinstance(key, int):
        return key.bit_length() < EXACT_BITS
    return key is None or isinstance(key, str | float)


_PACKERS: Final[tuple[tuple[Any, Callable[[Packer, Any, int], Tree]], ...]] = (
    (np.ndarray, _pack_array),
    (np.generic, _pack_scalar),  # before float: np.float64 is one
    (bool, _pack_int),
    (int, _pack_int),
    (float, _pack_float),
    (list, _pack_list),
    (tuple, _pack_tuple),
    (str, _pack_text),
    (dict, _pack_dict),
    ((set, frozenset), _pack_set),
    (complex, _pack_complex),
    (Opaque, _pack_opaque),
)


_OF_TYPE: Final = {kind: pack for kind, pack in _PACKERS if isinstance(kind, type)}


def _pack_for(value: Any) -> Callable[[Packer, Any, int], Tree] | None:
    """What packs a value of a derived class."""
    return next((pack for kinds, pack in _PACKERS if isinstance(value, kinds)), None)


class Unpacker:
    """Turns trees back into values, taking the buffers from the body one after another."""

    def __init__(self, body: bytes | bytearray) -> None:
        self._body = body
        self._at = 0

    def value(self, tree: Tree, depth: int = 0) -> Any:
        """The value of one tree. Raises WireError for a tree that `Packer` cannot have made."""
        if tree is None or type(tree) in _NUMBERS:
            return tree
        if isinstance(tree, str):
            return clean(tree, MAX_TEXT)
        if not isinstance(tree, list) or not tree or depth > MAX_DEPTH + 1:
            raise WireError("no value")
        unpack = _UNPACKERS.get(tree[0]) if isinstance(tree[0], str) else None
        if unpack is None:
            raise WireError("a value of unknown kind")
        return unpack(self, tree[1:], depth)

    def many(self, trees: Sequence[Tree], depth: int) -> list[Any]:
        """The values of a container's elements."""
        return [self.value(tree, depth + 1) for tree in trees]

    def take(self, size: int) -> bytes | bytearray:
        """The next bytes of the body."""
        start, self._at = self._at, self._at + size
        if self._at > len(self._body):
            raise WireError("a buffer longer than the body")
        return self._body[start : self._at]

    def rest(self) -> bytes | bytearray:
        """What of the body was not taken yet."""
        return self._body[self._at :]


def _unpack_array(unpacker: Unpacker, rest: list[Tree], _depth: int) -> np.ndarray[Any, Any]:
    code, shape = _fields(rest, str, list)
    dtype = DTYPES.get(code)
    if dtype is None or len(shape) > MAX_DIMENSIONS or not all(type(size) is int and size >= 0 for size in shape):
        raise WireError("an array of unknown dtype or shape")
    raw = unpacker.take(prod(shape) * dtype.itemsize)
    try:
        values = np.frombuffer(raw, dtype=dtype) if raw else np.empty(0, dtype=dtype)
        return values.reshape(shape).copy()
    except (ValueError, OverflowError, MemoryError) as error:
        raise WireError("an array that cannot be made") from error


def _unpack_scalar(_unpacker: Unpacker, rest: list[Tree], _depth: int) -> Any:
    code, raw = _fields(rest, str, str)
    dtype = DTYPES.get(code)
    if dtype is None or len(raw) != 2 * dtype.itemsize:
        raise WireError("a scalar of unknown dtype")
    return np.frombuffer(_from_hex(raw), dtype=dtype)[0]


def _unpack_packed(unpacker: Unpacker, rest: list[Tree], _depth: int) -> list[Any]:
    code, length = _fields(rest, str, int)
    if code not in {"d", "q"} or length < 0:
        raise WireError("a packed list of unknown kind")
    numbers: array[Any] = array(code)
    numbers.frombytes(unpacker.take(8 * length))
    return numbers.tolist()


def _unpack_int(_unpacker: Unpacker, rest: list[Tree], _depth: int) -> int:
    (digits,) = _fields(rest, str)
    if len(digits) > MAX_INTEGER_BITS // 4 + 1:
        raise WireError("an integer with too many digits")
    try:
        return int(digits, 16)
    except ValueError as error:
        raise WireError("an integer that is none") from error


def _unpack_complex(_unpacker: Unpacker, rest: list[Tree], _depth: int) -> complex:
    real, imaginary = _fields(rest, float, float)
    return complex(real, imaginary)


def _unpack_opaque(_unpacker: Unpacker, rest: list[Tree], _depth: int) -> Opaque:
    type_name, reason = _fields(rest, str, str)
    return Opaque(clean(type_name, 200), clean(reason, 200))


def _unpack_list(unpacker: Unpacker, rest: list[Tree], depth: int) -> list[Any]:
    return unpacker.many(rest, depth)


def _unpack_tuple(unpacker: Unpacker, rest: list[Tree], depth: int) -> tuple[Any, ...]:
    return tuple(unpacker.many(rest, depth))


def _unpack_set(unpacker: Unpacker, rest: list[Tree], depth: int) -> set[Any]:
    if len(rest) > MAX_SET:
        raise WireError("a set that is too large")
    try:
        return set(unpacker.many(rest, depth))
    except TypeError as error:
        raise WireError("a set of what cannot be in one") from error


def _unpack_dict(unpacker: Unpacker, rest: list[Tree], depth: int) -> dict[Any, Any]:
    keys = rest[::2]
    if len(rest) % 2 or not all(map(_is_key, keys)) or sum(not isinstance(key, str) for key in keys) > MAX_SET:
        raise WireError("a dict with keys that are neither text nor plain numbers, or with too many of them")
    values = unpacker.many(rest, depth)
    return dict(zip(values[::2], values[1::2], strict=True))


_UNPACKERS: Final[dict[str, Callable[[Unpacker, list[Tree], int], Any]]] = {
    "a": _unpack_array,
    "n": _unpack_scalar,
    "p": _unpack_packed,
    "i": _unpack_int,
    "c": _unpack_complex,
    "o": _unpack_opaque,
    "l": _unpack_list,
    "t": _unpack_tuple,
    "s": _unpack_set,
    "d": _unpack_dict,
}


def _fields(rest: list[Tree], *kinds: type) -> list[Any]:
    if len(rest) != len(kinds) or not all(type(part) is kind for part, kind in zip(rest, kinds, strict=True)):
        raise WireError("a value with wrong parts")
    return rest


def _from_hex(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError as error:
        raise WireError("bytes that are no hex digits") from error
