"""Run a learner's file: whole if it can be, else its imports, constants, functions and classes."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field, replace
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.exchange import Failure, Skipped
from cv_quiz.grading.worker.functions import branches, is_main_guard
from cv_quiz.grading.worker.source import MESSAGE_CHARACTERS, REASON_CHARACTERS, SOURCE_CHARACTERS
from cv_quiz.grading.worker.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cv_quiz.grading.worker.source import Source

_NOTHING: Final[Mapping[str, Failure]] = MappingProxyType({})
MODULE_NAME: Final = "submission"  # never the file's own stem, which may be `random` or `numpy`


@dataclass(slots=True)
class Loaded:
    """A loaded file: its names, what of it was not run, and for the names that are lost with it, why."""

    module: ModuleType
    skipped: list[Skipped] = field(default_factory=list)
    lost: dict[str, Failure] = field(default_factory=dict)


def load(source: Source, path: str, package: str, begin_again: Callable[[], None]) -> Loaded:
    """Run the file as a module of `package`; `begin_again` is called where the first try failed, before the second.

    Raises MemoryError, and SyntaxError for what only the compiler finds.
    """
    body = [statement for statement in source.tree.body if not is_main_guard(statement)]
    code = compile(ast.Module(body, []), path, "exec", dont_inherit=True)
    module = _new_module(path, package)
    try:
        exec(code, module.__dict__)  # noqa: S102 - running the learner's code is what the worker is for
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are failures of theirs, too
        begin_again()
        return _load_definitions(source, body, Loaded(_new_module(path, package)), error)
    return Loaded(module)


def failure_of(error: BaseException, path: str, lost: Mapping[str, Failure] = _NOTHING) -> Failure:
    """An exception of the learner's as plain capped text, with the last line of their file it passed.

    `lost` are names that the file would have, had no line been skipped.
    """
    try:
        message = str(error)
    except BaseException:  # noqa: BLE001 - their __str__ may raise anything
        message = ""
    cause = lost.get(error.name) if isinstance(error, NameError) and isinstance(error.name, str) else None
    return Failure(
        clean(type(error).__name__, SOURCE_CHARACTERS), clean(message, MESSAGE_CHARACTERS), _line(error, path), cause
    )


def _line(error: BaseException, path: str) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == path:
            line = step.tb_lineno
        step = step.tb_next
    return line


def _new_module(path: str, package: str) -> ModuleType:
    module = ModuleType(MODULE_NAME)
    module.__file__ = path
    module.__package__ = package  # what `from .boxes import iou` starts from
    sys.modules[MODULE_NAME] = module
    return module


def _load_definitions(source: Source, body: Sequence[ast.stmt], loaded: Loaded, error: BaseException) -> Loaded:
    """Run what only names something; note the rest, and what it was that kept it from running."""
    path = str(loaded.module.__file__)
    first = failure_of(error, path)
    at_fault = _outermost_line(error, path)
    futures = [node for node in body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    for statement in body:
        if _is_docstring(statement):
            continue
        kept = _is_definition(statement)
        failed = statement.lineno <= at_fault <= (statement.end_lineno or statement.lineno)
        failure = first if failed else None
        if kept:
            failure = _run(statement, futures, path, loaded)
        if failure or not kept:
            written = clean(source.lines[statement.lineno - 1].strip(), SOURCE_CHARACTERS)
            loaded.skipped.append(Skipped(statement.lineno, written, _reason(failure)))
            loaded.lost |= dict.fromkeys(_bound_names(statement), _cause(failure or first, statement))
    return loaded


def _cause(failure: Failure, statement: ast.stmt) -> Failure:
    """Why this statement was skipped: where it wants a name that is lost itself, why that one is."""
    return replace(failure.cause or failure, line=statement.lineno, cause=None)


def _run(statement: ast.stmt, futures: Sequence[ast.stmt], path: str, loaded: Loaded) -> Failure | None:
    """Run one statement; what kept it from running."""
    code = compile(ast.Module([*futures, statement], []), path, "exec", dont_inherit=True)
    try:
        exec(code, loaded.module.__dict__)  # noqa: S102
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001
        return failure_of(error, path, loaded.lost)
    return None


def _bound_names(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement gives to the module."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0]
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def _reason(failure: Failure | None) -> str:
    return clean(f"{failure.type_name}: {failure.message}", REASON_CHARACTERS) if failure else ""


def _outermost_line(error: BaseException, path: str) -> int:
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == path:
            return step.tb_lineno
        step = step.tb_next
    return 0


def _is_definition(statement: ast.stmt) -> bool:
    """Whether a statement only names something: the kind that is kept on the second try."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return True
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Pass():
            return True
        case ast.If() | ast.Try():
            return all(map(_is_definition, branches(statement)))
        case _:
            return False


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
