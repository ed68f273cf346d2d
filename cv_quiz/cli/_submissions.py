"""Which files `grade` judges; whatever is left out for a reason of its own gets a sentence."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cv_quiz.grading.visible import visible
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    Scan = Callable[[Path], AbstractContextManager[Iterable[os.DirEntry[str]]]]

SUFFIXES = {".py", ".ipynb"}
# What lies beside submissions and is nobody's answer.
QUIET_SUFFIXES = re.compile(
    r"\.(csv|tsv|jsonl?|ndjson|xml|ya?ml|toml|cfg|ini|conf|env|lock|log|md|rst|html?|css"
    r"|png|jpe?g|gif|bmp|webp|svg|tiff?|ico|eps|mp3|mp4|wav|avi|mov|mkv|xlsx?|db|sqlite"
    r"|np[yz]|mat|h5|hdf5|pkl|pickle|parquet|pth?|onnx|ckpt|safetensors|bin|dat|data|names|weights"
    r"|py[codi]|so|dll|tmp|swp)"
)
QUIET_NAMES = frozenset({"readme", "license", "makefile", "dockerfile", "thumbs.db", "__init__.py"})
CACHES = frozenset({"__pycache__", "__MACOSX"})
# So many suffixes are named.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What paths lead to: the files to judge, what could not be read, and how many other files, by their suffix."""

    files: tuple[Path, ...]
    troubles: tuple[Text, ...]
    others: Mapping[str, int]

    def not_judged(self) -> Text | None:
        """How many files of which suffixes are not judged; None where there are none."""
        if not self.others:
            return None
        ranked = sorted(self.others.items(), key=lambda item: (-item[1], item[0]))
        counts = [OF_SUFFIX.format(count=count, suffix=visible(suffix) or NO_SUFFIX) for suffix, count in ranked]
        if len(ranked) > NAMED:
            rest = sum(count for _, count in ranked[NAMED:])
            counts[NAMED:] = [OF_SUFFIX.format(count=rest, suffix=MORE)]
        return NOT_JUDGED.format(
            what=Text("，".join(text.zh for text in counts), ", ".join(text.en for text in counts))
        )


def find_submissions(paths: Iterable[Path], scan: Scan = os.scandir) -> Found:
    """The files to judge, each once: those named, and of a folder every .py and .ipynb, in the order of their names.

    `scan` lists a folder as `os.scandir` does. Nothing is raised: what cannot be read is among the troubles.
    """
    search = _Search(scan)
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path's own raises where a folder above cannot be entered
            search.folder(path)
        elif os.path.lexists(path):
            search.named(path)
        else:
            search.trouble(NO_FILE, path)
    return Found(tuple(search.files), tuple(search.troubles), search.others)


@dataclass(slots=True)
class _Search:
    scan: Scan
    files: dict[Path, None] = field(default_factory=dict)
    troubles: list[Text] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def trouble(self, text: Text, path: Path, **values: object) -> None:
        self.troubles.append(text.format(path=visible(str(path)), **values))

    def named(self, path: Path) -> None:
        """A file that was named itself is judged, whatever it is called."""
        if os.path.exists(path):  # noqa: PTH110 - Path's own raises where a folder above cannot be entered
            self.files[path] = None
        else:
            self.trouble(DANGLING, path)

    def folder(self, root: Path) -> None:
        """All that lies below a folder; links to folders are not followed."""
        inside: list[Path] = []
        before = len(self.troubles) + self.others.total()
        pending = [root]
        while pending:
            here = pending.pop()
            try:
                folders, files = self._listed(here)
            except OSError as error:
                self.trouble(NO_FOLDER, here, why=_why(error))
                continue
            pending += folders
            inside += [path for path in files if self._is_submission(path, root)]
        self.files |= dict.fromkeys(sorted(inside))
        if not inside and len(self.troubles) + self.others.total() == before:
            self.trouble(EMPTY, root)

    def _listed(self, folder: Path) -> tuple[list[Path], list[Path]]:
        """The folders and the files in a folder, without what is hidden and caches."""
        folders: list[Path] = []
        files: list[Path] = []
        with self.scan(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith(".") or entry.name in CACHES:
                    continue
                (folders if entry.is_dir(follow_symlinks=False) else files).append(folder / entry.name)
        return folders, files

    def _is_submission(self, path: Path, root: Path) -> bool:
        """Whether a file in a folder is to be judged; what is lost otherwise is told."""
        suffix = path.suffix.lower()
        if QUIET_SUFFIXES.fullmatch(suffix) or path.name.lower() in QUIET_NAMES:
            return False
        problem = _problem_of_link(path, root) if path.is_symlink() else None
        if problem is None and suffix not in SUFFIXES:
            self.others[suffix] += 1
            return False
        if problem is None and not os.path.isfile(path):  # noqa: PTH113 - as above
            problem = NO_REGULAR
        if problem is not None:
            self.trouble(problem, path)
        return problem is None


def _problem_of_link(path: Path, root: Path) -> Text | None:
    target = os.path.realpath(path)
    if not os.path.exists(target):  # noqa: PTH110 - a link that leads to itself is no error here
        return DANGLING
    if os.path.isdir(target):  # noqa: PTH112 - as above
        return LINKED_FOLDER
    return None if root.resolve() in type(path)(target).parents else LINK_OUT


def _why(error: OSError) -> Text:
    """The system's reason; the usual one in the user's language."""
    if isinstance(error, PermissionError):
        return FORBIDDEN
    return Text(error.strerror or str(error), error.strerror or str(error))


NO_FILE = Text("{path}：没有这个文件或目录。", "{path}: there is no such file or folder.")
EMPTY = Text("{path}：目录里没有 .py 或 .ipynb 文件。", "{path}: there is no .py or .ipynb file in this folder.")
NO_FOLDER = Text(
    "{path}：目录读不了（{why}），里面的文件没有评判。",
    "{path}: this folder cannot be read ({why}); what is in it was not judged.",
)
FORBIDDEN = Text("没有权限", "permission denied")
DANGLING = Text("{path}：链接指向的文件不存在，没有评判。", "{path}: links to a file that does not exist; not judged.")
LINKED_FOLDER = Text(
    "{path}：是目录的链接，里面的文件没有评判；要评判，请直接给出那个目录。",
    "{path}: links to a folder; what is in it was not judged. Name that folder to have it judged.",
)
LINK_OUT = Text("{path}：链接到目录之外，没有评判。", "{path}: links to a file outside the folder; it was not judged.")
NO_REGULAR = Text("{path}：不是普通文件，没有评判。", "{path}: is no regular file; it was not judged.")
NOT_JUDGED = Text(
    "没有评判：{what}；要评判某个文件，请直接给出它的名字。",
    "not judged: {what}; name a file to have it judged all the same.",
)
OF_SUFFIX = Text("{count} 个 {suffix}", "{count} {suffix}")
NO_SUFFIX = Text("无后缀文件", "without a suffix")
MORE = Text("其他文件", "others")
