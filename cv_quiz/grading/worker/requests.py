"""What the judge sends to a fork: the submission's text, then calls."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cv_quiz.grading.wire import Packer, frame_bytes

if TYPE_CHECKING:
    from cv_quiz.grading.exchange import Call
    from cv_quiz.grading.wire import Tree
    from cv_quiz.grading.worker.files import Submitted

ARGUMENT_BYTES: Final = 1 << 30
REMEMBERED: Final = 512  # calls: those of a few drills, each in a few ways
# Libraries so heavy that they are loaded once, in the zygote, when the first file names them.
HEAVY: Final = ("torch", "torchvision", "scipy", "cv2", "sklearn", "skimage", "pandas")


def load_bytes(submitted: Submitted, shown_at: str | None, seed: int, *, again: bool) -> bytes:
    """The first frame: the file and its siblings. `shown_at` is where the worker sees their folder, if elsewhere.

    `again` says that the file's functions are known.
    """
    folder = submitted.path.parent

    def shown(path: Path) -> str:
        return str(Path(shown_at, os.path.relpath(path, folder)) if shown_at else path)

    head = {
        "path": shown(submitted.path),
        "notebook": submitted.notebook,
        "package": submitted.package,
        "size": len(submitted.source),
        "siblings": [(module.name, shown(module.path), len(module.source)) for module in submitted.siblings],
        "hidden": submitted.hidden,
        "seed": seed,
        "again": again,
    }
    return frame_bytes(head, [submitted.source, *(module.source for module in submitted.siblings)])


@dataclass(frozen=True, slots=True)
class Request:
    """One call as it is sent: the frame, and of it the tree and the buffers of the positional arguments."""

    call: Call
    frame: bytes
    arguments: Tree
    buffers: bytes


@lru_cache(maxsize=REMEMBERED)
def request_for(call: Call) -> Request:
    """The frame of one call, made once: many files are asked the same. Raises TooLargeError for arguments beyond 1 GiB."""
    packer = Packer(ARGUMENT_BYTES)
    head: dict[str, Any] = {"function": call.function, "seed": call.seed, "args": packer.tree(call.args)}
    buffers = b"".join(packer.buffers)
    head |= {
        name: packer.tree(getattr(call, name)) for name in ("kwargs", "init_args", "init_kwargs") if getattr(call, name)
    }
    head |= {name: getattr(call, name) for name in ("owner", "tensors", "attributes") if getattr(call, name)}
    return Request(call, frame_bytes(head, packer.buffers), head["args"], buffers)


def heavy_libraries(submitted: Submitted) -> list[str]:
    """Which heavy libraries the submission names and this machine has."""
    sources = [submitted.source, *(module.source for module in submitted.siblings)]
    named = [name for name in HEAVY if any(re.search(rb"\b%b\b" % name.encode(), raw) for raw in sources)]
    return [name for name in named if find_spec(name)]
