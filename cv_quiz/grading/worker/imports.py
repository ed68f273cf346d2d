"""How a learner's `import` is answered: their own modules from memory, placeholders for what is not installed."""

from __future__ import annotations

import ast
import sys
from importlib.abc import InspectLoader, Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker.decorators import strip_decorators
from cv_quiz.grading.worker.placeholders import PLOTTING, PlaceholderModule
from cv_quiz.grading.worker.source import SourceError, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from types import CodeType, ModuleType

JUDGE: Final = "cv_quiz"
_CATCHING: Final = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
# What Python itself would say has no room for these two.
_HIDDEN: Final = (
    "{name}.py is another submission: what is graded together is out of each other's sight; "
    "a module that answers no drill can be imported, and so can what lies in a folder of one's own"
)
_NOT_BESIDE: Final = "there is no module '{name}' in the submission's folder"


class HiddenSubmissionError(ImportError):
    """The module asked for is the work of somebody else who is graded in the same run."""


class SiblingLoader(InspectLoader):
    """Loads a module that lies beside the submission, from the source the judge read."""

    def __init__(self, raw: bytes, path: str, finder: LearnersFinder) -> None:
        self._raw = raw
        self._path = path
        self._finder = finder

    def get_source(self, fullname: str) -> str:
        """The source as read; raises ImportError where the file is no Python."""
        try:
            return "\n".join(read_source(self._raw, notebook=False).lines)
        except SourceError as error:
            raise ImportError(str(error), name=fullname, path=self._path) from error

    def get_code(self, fullname: str) -> CodeType:
        """The compiled module."""
        tree = self._finder.prepared(ast.parse(self.get_source(fullname)), self._path)
        return compile(tree, self._path, "exec", dont_inherit=True)


class MissingLoader(Loader):
    """Gives a placeholder for a module that is not installed, and notes that it did."""

    def __init__(self, missing: dict[str, None]) -> None:
        self._missing = missing

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The placeholder."""
        self._missing[spec.name.partition(".")[0]] = None
        return PlaceholderModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


class LearnersFinder(MetaPathFinder):
    """Stands after the ordinary finders, so that no module beside can shadow the standard library or NumPy.

    `package` is the submission's own place; `siblings` maps the names of modules, from that package's root on, to
    (source, path). What lies in `package` can be imported by its bare name, too. `hidden` are names of modules that
    are there and were not sent.
    An import that the learner's code guards with `except ImportError` fails as it would without this class; so does
    any import by a library.
    """

    def __init__(
        self, path: str, package: str, siblings: Mapping[str, tuple[bytes, str]], hidden: AbstractSet[str]
    ) -> None:
        self.missing: dict[str, None] = {}
        self._guarded: dict[str, set[int]] = {path: set()}
        self._path = path
        self._package = package
        self._root = package.partition(".")[0]
        self._siblings = siblings
        self._hidden = hidden

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A sibling, a placeholder, or None where the import shall fail. Raises HiddenSubmissionError."""
        del path, target
        root = fullname.partition(".")[0]
        place = fullname if root == self._root else f"{self._package}.{fullname}"
        if place in self._siblings and not self._asks_for_itself(place):
            return self._sibling(fullname, *self._siblings[place])
        if f"{self._package}.".startswith(f"{place}."):  # a folder on the way that has no `__init__`
            return ModuleSpec(fullname, SiblingLoader(b"", place, self), is_package=True)
        if place in self._hidden:
            raise HiddenSubmissionError(_HIDDEN.format(name=fullname.rpartition(".")[2]), name=fullname)
        if root == self._root:
            raise ModuleNotFoundError(_NOT_BESIDE.format(name=fullname.rpartition(".")[2]), name=fullname)
        if not isinstance(sys.modules.get(root), PlaceholderModule) and (
            root != fullname or not self._is_learners_own()
        ):
            return None
        return ModuleSpec(fullname, MissingLoader(self.missing), is_package=True)

    def _sibling(self, name: str, raw: bytes, path: str) -> ModuleSpec:
        loader = SiblingLoader(raw, path, self)
        spec = ModuleSpec(name, loader, origin=path, is_package=path.endswith("__init__.py"))
        spec.has_location = True
        return spec

    def _asks_for_itself(self, place: str) -> bool:
        """Whether the submission asks for its own name: `import numba` in a file called so means the library."""
        return self._siblings[place][1] == self._path == _importing_line()[0]

    def _is_learners_own(self) -> bool:
        path, line = _importing_line()
        return path in self._guarded and line not in self._guarded[path]

    def prepared(self, tree: ast.Module, path: str) -> ast.Module:
        """A module of the learner's made ready to be compiled: without decorators that are not installed."""
        nodes = list(ast.walk(tree))
        self._guarded[path] = _guarded_lines(nodes)
        strip_decorators(nodes, self._guarded[path], lambda module: self._is_missing(module, path))
        return tree

    def _is_missing(self, module: str, path: str) -> bool:
        """Whether a module without dots, asked for by the file at `path`, is not installed and none of the learner's."""
        place = f"{self._package}.{module}"
        if place in self._hidden or (place in self._siblings and path != self._siblings[place][1]):
            return False
        if isinstance(sys.modules.get(module), PlaceholderModule) or module in PLOTTING:
            return True
        if module in sys.modules:
            return False
        try:
            return all(finder is self or finder.find_spec(module, None) is None for finder in sys.meta_path)
        except (ImportError, AttributeError):  # the judge's package; a finder of another kind
            return False


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
        return ModuleSpec(fullname, MissingLoader(self._missing), is_package=True)


def answer_imports(finder: LearnersFinder) -> None:
    """From here on `import` is answered as learners need it."""
    sys.meta_path.insert(0, Gatekeeper(finder.missing))
    sys.meta_path.append(finder)


def forget_judge() -> None:
    """Put the judge's package out of reach; the modules in use live on without their names."""
    for name in [name for name in sys.modules if name.partition(".")[0] == JUDGE]:
        del sys.modules[name]


def _guarded_lines(nodes: Iterable[ast.AST]) -> set[int]:
    """The lines of imports inside a `try` that catches their failure."""
    return {
        inner.lineno
        for node in nodes
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
