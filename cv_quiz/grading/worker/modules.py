"""Which modules go along with a submission: those it names, beside it, below it, or above as far as its dots lead."""

from __future__ import annotations

import os
import re
import stat
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

MAX_MODULES: Final = 64
MAX_MODULE_BYTES: Final = 1 << 20
MAX_ENTRIES: Final = 5000  # of a folder: beyond that it holds data, not modules
MAX_DEPTH: Final = 4
MOST_ABOVE: Final = 3
ROOT: Final = "submitted"  # the package that stands for the topmost folder of all
_WORD: Final = re.compile(r"\w+")
_DOTS: Final = re.compile(r"from\s*(\.+)\s*[\w.]*\s+import\b")


class Module(NamedTuple):
    """A module that is sent: its full name, where it lies, its source."""

    name: str
    path: Path
    source: bytes


class Sight(Protocol):
    """What a submission may see of the files around it."""

    def may_see(self, path: Path, other: Path, source: bytes) -> bool:
        """Whether the submission at `path` may import another file."""

    def may_look_around(self, path: Path) -> bool:
        """Whether it may read the files in its folder."""


class Collector:
    """Finds the modules of one submission. Whether it may climb into a folder above is asked of `may_climb`.

    A name is looked for wherever it might be meant; what is sent in vain does no harm.
    """

    def __init__(self, path: Path, may_climb: Callable[[Path], bool], sight: Sight | None) -> None:
        self.found: list[Module] = []
        self.hidden: list[str] = []
        self._path = path
        self._sight = sight
        self._above = _climb(path.parent, may_climb)
        self._there = {path: False}  # which files were looked at, and whether they are modules
        self._listed: dict[Path, dict[str, list[os.DirEntry[str]]]] = {}
        self.package = self._name(path.parent)

    def collect(self, source: bytes) -> None:
        """Fill `found` and `hidden`, beginning with what the submission's source names."""
        queue = [(self._path, source)]
        while queue and len(self.found) < MAX_MODULES:
            path, raw = queue.pop(0)
            text = decoded(raw)
            before = len(self.found)
            for folder in self._meant(path, text):
                self._take(folder, set(_WORD.findall(text)), 0)
            queue += [(module.path, module.source) for module in self.found[before:]]
        del self.found[MAX_MODULES:]

    def _meant(self, path: Path, text: str) -> Iterable[Path]:
        """The folders in which a module's imports look: the submission's own, and up from its own by its dots."""
        dots = max((len(found) for found in _DOTS.findall(text)), default=0)
        above = [folder for folder in list(path.parents)[:dots] if folder.is_relative_to(self._above)]
        for folder in above:  # its `__init__` is run with the first module that is imported from it
            self._add(folder / "__init__.py", self._name(folder))
        return dict.fromkeys([self._path.parent, *above])

    def _take(self, folder: Path, words: AbstractSet[str], depth: int) -> int:
        """Take the named modules of a folder, and of the named folders in it; how many there were."""
        entries = self._list(folder)
        taken = 0
        for word in sorted(words & entries.keys()):
            for entry in entries[word]:
                path = Path(entry.path)
                if path.suffix == ".py":
                    taken += self._add(path, self._name(path.with_suffix("")))
                elif depth < MAX_DEPTH:
                    taken += self._take_package(path, words, depth)
        return taken

    def _take_package(self, folder: Path, words: AbstractSet[str], depth: int) -> bool:
        """Take a folder as a package, if it has an `__init__` or holds a module that is named."""
        if not self._add(folder / "__init__.py", self._name(folder)):
            if not self._take(folder, words, depth + 1):
                return False
            self.found.append(Module(self._name(folder), folder / "__init__.py", b""))
        else:
            self._take(folder, words, depth + 1)
        return True

    def _add(self, path: Path, name: str) -> bool:
        """Add a module, or hide it; whether it is there."""
        if path not in self._there:
            raw = _read_module(path)
            self._there[path] = raw is not None
            if raw is not None and self._sight and not self._sight.may_see(self._path, path, raw):
                self.hidden.append(name)
            elif raw is not None:
                self.found.append(Module(name, path, raw))
        return self._there[path]

    def _list(self, folder: Path) -> dict[str, list[os.DirEntry[str]]]:
        """Modules and folders by the name they would be imported under, packages last: they win over modules."""
        if folder not in self._listed:
            found: dict[str, list[os.DirEntry[str]]] = {}
            try:
                with os.scandir(folder) as entries:
                    for entry in islice(entries, MAX_ENTRIES):
                        if entry.name.endswith(".py"):
                            found.setdefault(entry.name.removesuffix(".py"), []).insert(0, entry)
                        elif entry.is_dir(follow_symlinks=False):
                            found.setdefault(entry.name, []).append(entry)
            except OSError:
                pass
            found.pop("__init__", None)
            self._listed[folder] = found
        return self._listed[folder]

    def _name(self, path: Path) -> str:
        """The full name of a module or folder. What stands for a folder above need not be an identifier, only one word."""
        parts = path.relative_to(self._above).parts
        return ".".join([ROOT, *(part.replace(".", "_") for part in parts)])


def read_regular(path: Path, limit: int, extra_flags: int = 0) -> bytes | None:
    """The bytes of a regular file, None where it is something else (a FIFO would block) or too large."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0) | extra_flags)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return None
        raw = file.read(limit + 1)
    return raw if len(raw) <= limit else None


def _read_module(path: Path) -> bytes | None:
    """A module's source; a symbolic link is not followed, since it may lead out of the folder."""
    try:
        return read_regular(path, MAX_MODULE_BYTES, getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None


def decoded(raw: bytes) -> str:
    """A source's text, well enough to find names in it."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _climb(folder: Path, may_climb: Callable[[Path], bool]) -> Path:
    """The topmost folder that relative imports may reach."""
    for above in list(folder.parents)[:MOST_ABOVE]:
        if not may_climb(above):
            break
        folder = above
    return folder
