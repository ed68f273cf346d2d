"""A submission's bytes, read by the judge: the file, and the modules beside it that it names.

The worker is given text, not paths, so that it needs no right to read where learners keep their files.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Final

import platformdirs

from cv_quiz.errors import InputError
from cv_quiz.language import Text

MAX_FILE_BYTES: Final = 8 << 20
MAX_SIBLINGS: Final = 64
MAX_SIBLING_BYTES: Final = 1 << 20
_WORD: Final = re.compile(rb"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission's file and siblings: (module name, path, source)."""

    path: Path
    source: bytes
    siblings: tuple[tuple[str, Path, bytes], ...]

    @property
    def notebook(self) -> bool:
        """Whether the file is a notebook."""
        return self.path.suffix.lower() == ".ipynb"


def read_submitted(path: Path) -> Submitted:
    """Read a submission. Raises InputError where it cannot be read, is no regular file or is too large."""
    try:
        source = _read_regular(path, MAX_FILE_BYTES)
    except OSError as error:
        raise InputError(
            Text(zh="{path} 读不了：{why}", en="{path} cannot be read: {why}").format(path=path, why=error.strerror)
        ) from error
    if source is None:
        raise InputError(
            Text(
                zh="{path} 不是普通文件，或大于 8 MB，无法评测",
                en="{path} is not a regular file, or is larger than 8 MB; it cannot be graded",
            ).format(path=path)
        )
    return Submitted(path.absolute(), source, tuple(_siblings(path.absolute(), source)))


def harmless_folder(path: Path) -> str | None:
    """The real path of the submission's folder, None where it is no business of a submission's.

    That is where it lies above or below the judge, the decks or the user's data, or holds the home folder.
    """
    folder = Path(os.path.realpath(path.parent))
    package = Path(__file__).parent.parent.parent
    private = [package, package.parent / "decks", platformdirs.user_data_path("cvquiz", appauthor=False)]
    if named := os.environ.get("CVQUIZ_HOME"):
        private.append(Path(named))
    private = [Path(os.path.realpath(one)) for one in private]
    around = [*private, *(Path(os.path.realpath(one)) for one in (Path.home(), gettempdir(), os.sep))]
    if any(one.is_relative_to(folder) for one in around) or any(folder.is_relative_to(one) for one in private):
        return None
    return str(folder)


def _read_regular(path: Path, limit: int, extra_flags: int = 0) -> bytes | None:
    """The bytes of a regular file, None where it is something else (a FIFO would block) or too large."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0) | extra_flags)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return None
        raw = file.read(limit + 1)
    return raw if len(raw) <= limit else None


def _siblings(path: Path, source: bytes) -> list[tuple[str, Path, bytes]]:
    """Modules and packages beside the file whose names occur in it, or in one of them."""
    try:
        beside = {entry.name: entry for entry in os.scandir(path.parent)}
    except OSError:
        return []
    found: list[tuple[str, Path, bytes]] = []
    seen, queue = {path.stem}, [source]
    while queue and len(found) < MAX_SIBLINGS:
        words = {word.decode("ascii") for word in _WORD.findall(queue.pop()) if word.isascii()}
        for word in sorted(words - seen):
            new = _sibling(word, beside)
            queue += [raw for _, _, raw in new]
            found += new
        seen |= words
    return found[:MAX_SIBLINGS]


def _sibling(name: str, beside: dict[str, os.DirEntry[str]]) -> list[tuple[str, Path, bytes]]:
    if entry := beside.get(f"{name}.py"):
        return _module(name, Path(entry.path))
    entry = beside.get(name)
    if entry is None or not entry.is_dir(follow_symlinks=False):
        return []
    return _package(name, Path(entry.path))


def _package(name: str, folder: Path) -> list[tuple[str, Path, bytes]]:
    found = _module(name, folder / "__init__.py") or [(name, folder / "__init__.py", b"")]
    for path in sorted(folder.glob("*.py"))[:MAX_SIBLINGS]:
        if path.stem != "__init__":
            found += _module(f"{name}.{path.stem}", path)
    return found


def _module(name: str, path: Path) -> list[tuple[str, Path, bytes]]:
    """One module; a symbolic link is not followed, since it may lead out of the folder."""
    try:
        raw = _read_regular(path, MAX_SIBLING_BYTES, getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return []
    return [] if raw is None else [(name, path, raw)]
