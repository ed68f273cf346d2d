"""What the submissions of one run may see of each other: no answer of anybody else's.

A folder in which two files answer the same drill holds the work of several people, as the folder of a class does.
There a file that answers such a drill is out of the others' sight, and so is all that lies in a subfolder with such
a file, for those outside it; and nothing but modules can be read. What answers no such drill is a helper for
everybody: a module given out to all, or one's own. A folder without such a drill is one person's.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from cv_quiz import drills
from cv_quiz.grading.calling.targets import find_targets
from cv_quiz.grading.exchange import Function
from cv_quiz.grading.worker.modules import MAX_MODULE_BYTES, decoded, read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cv_quiz.drills.contract import Drill

# What a file defines, as it is written: functions, classes, and names that are bound to a function.
_DEFINED: Final = re.compile(
    r"^([ \t]*)(?:async +)?(def|class) +(\w+)"
    r"|^(\w+) *(?::[^=\n]+)?= *(?:lambda\b|[\w.]*(?:partial|vectorize|jit)\b|[A-Za-z_][\w.]*[ \t]*$)",
    re.MULTILINE,
)
_INDENTED: Final = re.compile(r"^[ \t].*", re.MULTILINE)
_CALLED: Final = re.compile(r"(?<!def )\b(\w+) *\(")
_CELL_LINE: Final = re.compile(r'^\s*"(.*?)(?:\\n)?",?\s*$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The files of one run. `answers` counts, for every folder, how many files below it answer which drill."""

    wanted: tuple[Drill, ...]
    asked: bool
    answers: Mapping[Path, Counter[str]]

    @classmethod
    def of(cls, paths: Iterable[Path], drill: str | None) -> Self:
        """Look at the files that will be graded, by all drills or by the one that is asked for."""
        wanted = (drills.find(drill),) if drill else tuple(drills.every())
        answers: dict[Path, Counter[str]] = {}
        for path in {_real(path) for path in paths}:
            names = _answered(_source(path), wanted, asked=drill is not None)
            for folder in path.parents:
                answers.setdefault(folder, Counter()).update(names)
        return cls(wanted, drill is not None, answers)

    def may_see(self, path: Path, other: Path, source: bytes) -> bool:
        """Whether the submission at `path` may import another file, whose source is given."""
        path, other = _real(path), _real(other)
        common = Path(os.path.commonpath([path.parent, other.parent]))
        contested = self._contested(common)
        if not contested:
            return True
        if other.parent != common:
            return contested.isdisjoint(self.answers.get(common / other.relative_to(common).parts[0], ()))
        return contested.isdisjoint(_answered(decoded(source), self.wanted, asked=self.asked))

    def may_look_around(self, path: Path) -> bool:
        """Whether a submission may read the files in its folder."""
        return not self._contested(_real(path).parent)

    def _contested(self, folder: Path) -> frozenset[str]:
        """The drills that several files below a folder answer."""
        return frozenset(name for name, count in self.answers.get(folder, Counter()).items() if count > 1)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _source(path: Path) -> str:
    """A file's text; of a notebook, the lines of its cells."""
    try:
        text = decoded(read_regular(path, MAX_MODULE_BYTES) or b"")
    except OSError:  # it will be reported when its turn comes
        return ""
    return "\n".join(_CELL_LINE.findall(text)) if path.suffix.lower() == ".ipynb" else text


def _answered(source: str, wanted: Sequence[Drill], *, asked: bool) -> frozenset[str]:
    """The drills that a file has a function for, as far as names tell: learners' code is not parsed by the judge.

    As in the judge, a function that another one calls is its helper.
    """
    functions = list(_functions(source))
    found = [(drill.name, target) for drill in wanted for target in find_targets(drill, functions, asked=asked)]
    roots = [name for name, target in found if _is_root(target.function)]
    return frozenset(roots or [name for name, _ in found])


def _is_root(function: Function) -> bool:
    return bool(function.owner) or function.name not in function.calls


def _functions(source: str) -> Iterator[Function]:
    body = source.partition("\nif __name__")[0]
    called = tuple({name for line in _INDENTED.findall(body) for name in _CALLED.findall(line)})
    owner = ""
    for indent, keyword, name, variable in _DEFINED.findall(source):
        owner = owner if indent else ""
        if keyword == "class":
            owner = owner or name
        else:
            yield Function(name or variable, (), 1, owner, calls=called)
