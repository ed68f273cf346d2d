"""How a learner's `import` is answered: siblings from memory, placeholders for what is not installed."""

from __future__ import annotations

import ast
import sys
from importlib.abc import InspectLoader, Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker.placeholders import PLOTTING, PlaceholderModule
from cv_quiz.grading.worker.source import SourceError, read_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import CodeType, ModuleType

JUDGE: Final = "cv_quiz"
_CATCHING: Final = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


class SiblingLoader(InspectLoader):
    """Loads a module that lies beside the submission, from the source the judge read."""

    def __init__(self, raw: bytes, path: str, guarded: dict[str, set[int]]) -> None:
        self._raw = raw
        self._path = path
        self._guarded = guarded

    def get_source(self, fullname: str) -> str:
        """The source as read; raises ImportError where the file is no Python."""
        try:
            return read_source(self._raw, notebook=False).text
        except SourceError as error:
            raise ImportError(str(error), name=fullname, path=self._path) from error

    def get_code(self, fullname: str) -> CodeType:
        """The compiled module."""
        tree = ast.parse(self.get_source(fullname))
        self._guarded[self._path] = guarded_lines(tree)
        return compile(tree, self._path, "exec", dont_inherit=True)


class MissingLoader(Loader):
    """Gives a placeholder for a module that is not installed."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The placeholder."""
        return PlaceholderModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


class LearnersFinder(MetaPathFinder):
    """Stands after the ordinary finders, so that no sibling can shadow the standard library or NumPy.

    `siblings` maps module names to (source, path). An import that the learner's code guards with
    `except ImportError` fails as it would without this class; so does any import by a library.
    """

    def __init__(self, path: str, siblings: Mapping[str, tuple[bytes, str]]) -> None:
        self.missing: dict[str, None] = {}
        self.guarded: dict[str, set[int]] = {path: set()}
        self._siblings = siblings

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A sibling, a placeholder, or None where the import shall fail."""
        del path, target
        root = fullname.partition(".")[0]
        if fullname in self._siblings:
            return self._sibling(fullname)
        if not isinstance(sys.modules.get(root), PlaceholderModule):
            if root != fullname or not self._is_learners_own():
                return None
            self.missing[root] = None
        return ModuleSpec(fullname, MissingLoader(), is_package=True)

    def _sibling(self, name: str) -> ModuleSpec:
        raw, path = self._siblings[name]
        loader = SiblingLoader(raw, path, self.guarded)
        spec = ModuleSpec(name, loader, origin=path, is_package=path.endswith("__init__.py"))
        spec.has_location = True
        return spec

    def _is_learners_own(self) -> bool:
        path, line = _importing_line()
        return path in self.guarded and line not in self.guarded[path]


class Gatekeeper(MetaPathFinder):
    """Stands before the ordinary finders: the judge's own package is no library, and nothing can be plotted."""

    def __init__(self, missing: dict[str, None]) -> None:
        self._missing = missing

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse or replace, or leave the import to the next finder."""
        del path, target
        root = fullname.partition(".")[0]
        if root == JUDGE:
            raise ModuleNotFoundError(f"No module named '{fullname}'", name=fullname)
        if root not in PLOTTING:
            return None
        self._missing[root] = None
        return ModuleSpec(fullname, MissingLoader(), is_package=True)


def answer_imports(finder: LearnersFinder) -> None:
    """From here on `import` is answered as learners need it.

    The judge's package goes out of reach; the modules in use live on without their names.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == JUDGE]:
        del sys.modules[name]
    sys.meta_path.insert(0, Gatekeeper(finder.missing))
    sys.meta_path.append(finder)


def guarded_lines(tree: ast.Module) -> set[int]:
    """The lines of imports inside a `try` that catches their failure."""
    return {
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Try) and any(map(_catches_imports, node.handlers))
        for statement in node.body
        for inner in ast.walk(statement)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }


def _catches_imports(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(name, ast.Name) and name.id in _CATCHING for name in ast.walk(handler.type))


def _importing_line() -> tuple[str, int]:
    frame = sys._getframe(1)
    while frame.f_back and frame.f_code.co_filename.startswith(("<frozen importlib", __file__)):
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno
