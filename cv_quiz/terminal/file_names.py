"""Names of many files in a narrow column: what tells one from another stays, and no two look alike."""

from __future__ import annotations

import os
import re
from itertools import takewhile
from typing import TYPE_CHECKING

from cv_quiz.grading.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    Cells = Callable[[str], int]

DOTS = "..."
# What Moodle adds to the name of every student's folder.
_ADDED = re.compile(r"_assignsubmission_(?:file|onlinetext)_?(?=/|$)")
# A folder keeps so much of the room where the file's name needs more than the rest.
FOLDER_SHARE = 0.67


def short_names(paths: Iterable[Path]) -> dict[Path, str]:
    """Each file's path on one line, without the folders that all of them lie in."""
    different = list(dict.fromkeys(paths))
    common = _common_folder(different)
    names = {path: _relative(path, common) for path in different}
    shorter = {path: _ADDED.sub("", name) for path, name in names.items()}
    return shorter if len(set(shorter.values())) == len(shorter) else names


def fitted_names(names: Mapping[Path, str], width: int, cells: Cells) -> dict[Path, str]:
    """The names in so many cells: cut in the middle, each part of a path by itself, and still different."""
    fitted = {path: _fitted(name, width, cells) for path, name in names.items()}
    for number, (path, name) in enumerate(names.items(), start=1):
        alike = [other for other in fitted if other != path and fitted[other] == fitted[path]]
        if alike:
            fitted[path] = _from_difference(name, [names[other] for other in alike], width, cells)
        if fitted[path] in (fitted[other] for other in fitted if other != path):
            fitted[path] = _numbered(name, number, width, cells)
    return fitted


def middle_cut(text: str, width: int, cells: Cells) -> str:
    """A text in so many cells: its beginning and its end, dots between them."""
    if cells(text) <= width:
        return text
    if text.startswith(DOTS):  # its beginning has been cut already
        return _taken(text, width, cells)
    room = max(width - len(DOTS), 0)
    tail = _taken(text[::-1], room // 2, cells)[::-1]
    return _taken(text, room - cells(tail), cells) + DOTS[: max(width, 0)] + tail


def _common_folder(paths: Sequence[Path]) -> str:
    try:
        return os.path.commonpath([str(path.parent) for path in paths])
    except ValueError:  # on several drives, or absolute and relative ones
        return ""


def _relative(path: Path, common: str) -> str:
    name = os.path.relpath(path, common) if common else str(path)
    return visible(name.replace(os.sep, "/"))


def _fitted(name: str, width: int, cells: Cells) -> str:
    """A path in so many cells: its file's name, and of its folder what there is room for."""
    if cells(name) <= width or "/" not in name:
        return middle_cut(name, width, cells)
    folder, _, file = name.rpartition("/")
    room = width - 1
    for_folder = min(cells(folder), max(room - cells(file), int(room * FOLDER_SHARE)))
    return middle_cut(folder, for_folder, cells) + "/" + middle_cut(file, room - for_folder, cells)


def _from_difference(name: str, others: Sequence[str], width: int, cells: Cells) -> str:
    """A path that is like others when it is cut in the middle: without what its part that differs begins with."""
    folder, slash, file = name.rpartition("/")
    folders = [other.rpartition("/")[0] for other in others]
    if any(other != folder for other in folders):
        return _fitted(_without_shared(folder, folders) + slash + file, width, cells)
    short = _without_shared(file, [other.rpartition("/")[2] for other in others])
    room = width - len(slash)
    for_folder = min(cells(folder), max(room - cells(short), room // 2))
    return middle_cut(folder, for_folder, cells) + slash + middle_cut(short, room - for_folder, cells)


def _without_shared(text: str, others: Iterable[str]) -> str:
    """A text without what all of them begin with, but for a letter."""
    letters = zip(text, *others, strict=False)
    shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, letters))
    return DOTS + text[shared - 1 :] if shared > len(DOTS) + 1 else text


def _numbered(name: str, number: int, width: int, cells: Cells) -> str:
    """A name that cannot be told from another one in the room there is: with its place among the files."""
    mark = f"#{number}"
    return mark + middle_cut(name, max(width - len(mark), 0), cells)


def _taken(text: str, width: int, cells: Cells) -> str:
    """As many of the first letters as fit."""
    end = 0
    while end < len(text) and cells(text[: end + 1]) <= width:
        end += 1
    return text[:end]
