"""What a function returned, as the values that can be sent: the nearest that loses nothing a caller would see.

Runs in the fork, before anything is packed; the judge sees plain values only. Where something is not sent,
`Opaque.reason` says why.
"""

from __future__ import annotations

import sys
import types
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cv_quiz.grading.exchange import Opaque
from cv_quiz.grading.wire import MAX_NODES, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable

# Why something is not sent. `wire` has reasons of its own: depth, size, keys, dtypes.
ONCE: Final = "it can be read only once: return list(...) of it"
CALLABLE: Final = "a function, class or module, not what it gives: is a call missing?"
INSTANCE: Final = "an object of a class: return its numbers, lists or arrays"
BYTES: Final = "bytes, not numbers"
MISSING: Final = "it comes out of a module that is not installed"
MIXED: Final = "an array of objects that are not all numbers"
TENSOR: Final = "a tensor that is no array of numbers: "

_PLAIN: Final = frozenset({bool, int, float, complex, str, list, tuple, dict, set, np.float64, np.int64, np.bool_})
_NUMBERS: Final = (bool, int, float, np.bool_, np.integer, np.floating)


def as_value(value: Any) -> Any:
    """A value as it is, what is nearly one as the nearest, everything else as `Opaque`. Containers stay unopened.

    Raises TooLargeError for a sequence that is too long to be made a list.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if convert := _CONVERTED.get(kind):
        return convert(value)
    if isinstance(value, np.ndarray | np.generic | int | float | complex | str | list | tuple | dict | set | frozenset):
        return value
    if kind.__module__.partition(".")[0] == "torch" and hasattr(value, "detach"):
        return _from_tensor(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value if kind is Opaque else Opaque(kind.__name__, _why(value))


def _why(value: Any) -> str:
    if hasattr(value, "_missing_module"):
        return MISSING
    if isinstance(value, Iterator):
        return ONCE
    if isinstance(value, bytes | bytearray | memoryview):
        return BYTES
    code = types.FunctionType | types.BuiltinFunctionType | types.MethodType | types.ModuleType | type | np.ufunc
    return CALLABLE if isinstance(value, code) else INSTANCE


def _listed(value: Any) -> list[Any]:
    if len(value) > 8 * MAX_NODES:
        raise TooLargeError("too many elements")
    return list(value)


def _from_numbers(value: Any) -> Any:
    return float(value) if abs(value) < sys.float_info.max else Opaque(type(value).__name__, "too large for a float")


def _from_decimal(value: Decimal) -> Any:
    return float("nan") if value.is_nan() else float(value)


def _from_array(value: np.ndarray[Any, Any]) -> Any:
    """An array of objects as an array of numbers, where they all are; every other array as it is."""
    if value.dtype != object:
        return value
    items = value.ravel().tolist()
    if all(isinstance(item, _NUMBERS) for item in items):
        numbers = np.array(items) if items else np.empty(0)
        if numbers.dtype != object:  # as integers are that no dtype holds
            return numbers.reshape(value.shape)
    return Opaque("ndarray", f"{MIXED}, shape {value.shape}")


def _from_tensor(value: Any) -> Any:
    try:
        return value.detach().cpu().resolve_conj().resolve_neg().numpy()
    except (TypeError, RuntimeError) as error:  # bfloat16, sparse
        return Opaque(type(value).__name__, TENSOR + str(error))


_CONVERTED: Final[dict[type, Callable[[Any], Any]]] = {
    np.ndarray: _from_array,
    array: np.asarray,
    deque: _listed,
    range: _listed,
    type({}.keys()): _listed,
    type({}.values()): _listed,
    type({}.items()): _listed,
    Fraction: _from_numbers,
    Decimal: _from_decimal,
    types.SimpleNamespace: vars,
    types.MappingProxyType: dict,
}
