"""Which of many files are submissions: a module that others import, and that has no function of a drill, is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cv_quiz.grading.findings import SubmissionReport

# One import a line, in a notebook inside quotes.
_IMPORT = re.compile(r"""^\s*"?\s*(?:from\s+([\w.]+)\s+import\s+([\w ,()]+)|import\s+([\w., ]+))""", re.MULTILINE)


def helper_modules(reports: Sequence[SubmissionReport], read: Callable[[Path], str]) -> list[Path]:
    """The files without a function of any drill that another file beside or above them imports.

    None where that would leave nothing to judge. `read` gives a file's text.
    """
    bare = [report.path for report in reports if _has_nothing(report)]
    if not bare or len(reports) < 2:
        return []
    imported = {report.path: _imported(read(report.path)) for report in reports}
    found = [path for path in bare if any(_imports(other, path, names) for other, names in imported.items())]
    return found if len(found) < len(reports) else []


def _has_nothing(report: SubmissionReport) -> bool:
    return bool(report.results) and all(result.verdict == "missing" for result in report.results)


def _imports(other: Path, path: Path, names: frozenset[str]) -> bool:
    beside = other.parent == path.parent or other.parent in path.parent.parents
    return other != path and beside and path.stem in names


def _imported(source: str) -> frozenset[str]:
    """Every name that follows `import` or `from`, without the packages around it."""
    return frozenset(name for found in _IMPORT.finditer(source) for name in _names(found))


def _names(found: re.Match[str]) -> Iterator[str]:
    for group in found.groups():
        for words in (group or "").strip("() ").split(","):
            if name := words.strip().split(" ")[0]:
                yield name.rpartition(".")[2]
