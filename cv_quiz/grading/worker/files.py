"""A submission's bytes, read by the judge: the file, and the modules that go with it.

The worker is given text, not paths, so that it needs no right to read where learners keep their files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import gettempdir
from typing import Final

import platformdirs

from cv_quiz.errors import InputError
from cv_quiz.grading.visible import visible
from cv_quiz.grading.worker.modules import Collector, Module, Sight, read_regular
from cv_quiz.language import Text

MAX_FILE_BYTES: Final = 8 << 20


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission's file and the modules that go with it.

    `package` is the file's own place among the modules' names, `hidden` the names of modules that it asks for and
    may not see, `folder` what of the file system it may look into.
    """

    path: Path
    source: bytes
    package: str
    siblings: tuple[Module, ...] = ()
    hidden: tuple[str, ...] = ()
    folder: str | None = None

    @property
    def notebook(self) -> bool:
        """Whether the file is a notebook."""
        return self.path.suffix.lower() == ".ipynb"

    @property
    def digest(self) -> bytes:
        """A hash of the file and of the modules that go with it."""
        parts = (self.source, *(module.source for module in self.siblings))
        return blake2b(b"".join(blake2b(part).digest() for part in parts)).digest()


def read_submitted(path: Path, sight: Sight | None = None) -> Submitted:
    """Read a submission. Raises InputError where it cannot be read, is no regular file or is too large."""
    try:
        source = read_regular(path, MAX_FILE_BYTES)
    except OSError as error:
        raise InputError(
            Text(zh="{path} 读不了：{why}", en="{path} cannot be read: {why}").format(
                path=visible(str(path)), why=error.strerror
            )
        ) from error
    if source is None:
        raise InputError(
            Text(
                zh="{path} 不是普通文件，或大于 8 MB，无法评测",
                en="{path} is not a regular file, or is larger than 8 MB; it cannot be graded",
            ).format(path=visible(str(path)))
        )
    path = Path(os.path.abspath(path))  # noqa: PTH100 - its folder is the one it was named in, links and all
    private = private_folders()
    collector = Collector(path, lambda folder: is_harmless(folder, private), sight)
    collector.collect(source)
    shown = is_harmless(path.parent, private) and (sight is None or sight.may_look_around(path))
    folder = os.path.realpath(path.parent) if shown else None
    return Submitted(path, source, collector.package, tuple(collector.found), tuple(collector.hidden), folder)


def private_folders() -> tuple[list[Path], list[Path]]:
    """Folders that are no business of a submission's: with all that is in them, and those just not as a whole."""
    return _private(os.environ.get("CVQUIZ_HOME"), Path.home(), platformdirs.user_data_path("cvquiz", appauthor=False))


@lru_cache(maxsize=1)
def _private(named: str | None, home: Path, data: Path) -> tuple[list[Path], list[Path]]:
    package = Path(__file__).parent.parent.parent
    closed = [package, package.parent / "decks", data, *([Path(named)] if named else [])]
    return _real(closed), _real([home, Path(gettempdir()), Path(os.sep)])


def is_harmless(folder: Path, private: tuple[list[Path], list[Path]]) -> bool:
    """Whether a folder neither holds a private folder nor lies in one that is private with all that is in it."""
    (real,) = _real([folder])
    closed, whole = private
    return not any(one.is_relative_to(real) for one in (*closed, *whole)) and not any(map(real.is_relative_to, closed))


def _real(paths: list[Path]) -> list[Path]:
    return [Path(os.path.realpath(one)) for one in paths]
