"""What little of a missing module can be done without: the parts that change how code runs, not what it gives.

A progress bar that shows nothing, a compiler that compiles nothing, a parallel range that runs in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Progress:
    """`tqdm`: passes the elements on, and takes every message."""

    def __init__(self, iterable: Iterable[Any] = (), *_args: Any, **_options: Any) -> None:
        self._iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)  # type: ignore[arg-type]  # as tqdm itself: what has no length raises TypeError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing to put away."""

    def _take(self, *_args: Any, **_options: Any) -> None:
        """Whatever shall be shown."""

    update = close = refresh = set_description = set_postfix = set_postfix_str = _take
    write = staticmethod(print)


def progress_range(*bounds: int, **_options: Any) -> Progress:
    """`tqdm.trange`."""
    return Progress(range(*bounds))


def uncompiled(function: Any = None, *_args: Any, **_options: Any) -> Any:
    """`numba.njit`, as `njit(f)` and as `njit(fastmath=True)(f)`."""
    return function if callable(function) else _same


def _same(function: Any) -> Any:
    return function


STAND_INS: Final[dict[tuple[str, str], Any]] = {
    ("numba", "jit"): uncompiled,
    ("numba", "njit"): uncompiled,
    ("numba", "prange"): range,
    ("tqdm", "tqdm"): Progress,
    ("tqdm", "trange"): progress_range,
    ("tqdm", "tqdm_notebook"): Progress,
    ("jax", "jit"): uncompiled,
}
