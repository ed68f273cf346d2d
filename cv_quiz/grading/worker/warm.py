"""What is loaded before any submission, so that none pays for it."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import os
import sys
from typing import Final

USUAL: Final = (
    "abc", "bisect", "collections", "copy", "enum", "functools", "heapq", "itertools", "math", "numpy.linalg",
    "numpy.random", "operator", "queue", "statistics", "string", "typing", "warnings",
)  # fmt: skip


def warm_up(folders: list[str]) -> None:
    """Import what submissions usually do; from then on, import from the standard library and `folders` only.

    Of the environment only the numbers of threads stay, for libraries that are loaded later.
    """
    for name in USUAL:
        importlib.import_module(name)
    sys.dont_write_bytecode = True  # our own is there by now; what comes from here on is for learners
    library = os.path.realpath(os.path.dirname(os.__file__))  # noqa: PTH120
    standard = [entry for entry in sys.path if os.path.realpath(entry).startswith(library) or entry.endswith(".zip")]
    sys.path[:] = list(dict.fromkeys([*standard, *folders]))
    # The search looks into every folder once, and remembers: under Landlock alone they cannot be listed later.
    importlib.util.find_spec("there_is_no_such_module")
    for name in [name for name in os.environ if not name.endswith("_THREADS")]:
        del os.environ[name]
    settle()


def import_library(name: str) -> None:
    """Import a library; one that is broken is left for the submission to stumble over."""
    try:
        importlib.import_module(name)
    except Exception:  # noqa: BLE001 - a library may fail with anything
        sys.modules.pop(name, None)
    settle()


def settle() -> None:
    """Keep what there is out of the collector's way: forks then share its memory."""
    gc.freeze()
    gc.enable()
