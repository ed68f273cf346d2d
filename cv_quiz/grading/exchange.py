"""What judge and worker say to each other: plain frozen values, no behaviour.

A *value* is None, bool, int, float, complex, str, list, tuple, dict with keys that are str, int, float, bool or
None, set, an ndarray of a bool, integer, float or complex dtype, a NumPy scalar of those, or `Opaque`. Lists,
tuples, arrays and NumPy scalars arrive as what they were, so that the judge can tell `[0, 2]` from
`np.array([0, 2])`. Of what is no value in this sense the worker sends the nearest that loses nothing a caller would
see (`worker.values`): a deque, a range or a dict's keys as a list, a dataclass as a dict, an object array of numbers
as an array of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Status = Literal["ok", "exception", "time-limit", "memory-limit", "output-limit", "died"]
Level = Literal["full", "partial", "none"]


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something that cannot be sent as a value: the judge learns the name of its type, and why it was not sent."""

    type_name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use. Times are seconds of wall clock, sizes are bytes."""

    call_seconds: float = 5.0
    load_seconds: float = 10.0
    submission_seconds: float = 20.0
    memory_bytes: int = 1 << 30
    result_bytes: int = 16 << 20
    printed_bytes: int = 8 << 10


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as written. `default` is its source text, empty where there is none."""

    name: str
    kind: Literal["positional", "varargs", "keyword", "varkw"] = "positional"
    default: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method found by parsing, or a name that is bound to one.

    `calls` are names of this file's functions that it calls, or hands on to be called.
    """

    name: str
    parameters: tuple[Parameter, ...]
    line: int
    owner: str = ""
    docstring: str = ""
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A top-level statement that was left out on the second try, and why: the exception's type and message.

    `place` is, in a notebook, the code cell and the line in it, both counted from 1.
    """

    line: int
    source: str
    reason: str
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception in the learner's code, capped and clean. `line` is in their file.

    In a notebook `line` counts the lines of all code cells; `place` is the cell and the line in it, both from 1.

    Where a name is not defined because the line that defines it was skipped, `cause` is what kept that line from
    running; its `line` is the line that was skipped.
    """

    type_name: str
    message: str
    line: int | None = None
    cause: Failure | None = None
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is in a file. Methods are among the functions, with their class as `owner`.

    `encoding` is named where the file is not UTF-8, does not say what it is, and was read by a guess. `cells` are,
    for each code cell of a notebook, how many lines stand in the cells before it.
    """

    functions: tuple[Function, ...] = ()
    missing_modules: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    failure: Failure | None = None
    status: Status = "ok"
    printed: str = ""
    encoding: str = ""
    cells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One call to make. Its values are never changed: what is made of a call is kept by the call itself.

    With `owner` the class is instantiated with `init_args`/`init_kwargs` first. `function` names the
    function or the method; several methods separated by a comma are called in turn with the same arguments.
    The values of `attributes` (of the instance) are sent back as a dict beside the result where asked for.
    """

    function: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    init_args: tuple[Any, ...] = ()
    init_kwargs: Mapping[str, Any] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    tensors: bool = False  # hand arrays over as torch tensors; only where the file imports torch
    seed: int = 0  # the worker seeds `random` and `numpy.random` with it before the call


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Nothing here is a verdict, and nothing here is to be trusted beyond its type.

    `arguments_after` are the positional arguments as they stood after the call: the judge compares
    them with what it sent (they are the very tuple that was sent where nothing has changed); they are missing where they had grown beyond `result_bytes`. `printed` is capped
    and clean. Where the process died, `failure` tells how: a signal's name, or `exit` and its status.
    `seconds` is the worker's own measure as far as the judge's clock bears it out, else the judge's. `used_up` says
    that it was the submission's time as a whole that ran out, not that of the call.
    """

    status: Status
    value: Any = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    arguments_after: tuple[Any, ...] = ()
    failure: Failure | None = None
    printed: str = ""
    seconds: float = 0.0
    used_up: bool = False
