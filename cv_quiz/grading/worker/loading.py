"""Run a learner's file: whole if it can be, else its imports, constants, functions and classes."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from cv_quiz.grading.exchange import Failure, Skipped
from cv_quiz.grading.worker.functions import is_main_guard
from cv_quiz.grading.worker.placeholders import Placeholder, PlaceholderModule
from cv_quiz.grading.worker.source import MESSAGE_CHARACTERS, SOURCE_CHARACTERS
from cv_quiz.grading.worker.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.grading.worker.source import Source

MODULE_NAME: Final = "submission"  # never the file's own stem, which may be `random` or `numpy`


@dataclass(slots=True)
class Loaded:
    """A loaded file: its names, and what of it was not run."""

    module: ModuleType
    skipped: list[Skipped] = field(default_factory=list)


def load(source: Source, path: str) -> Loaded:
    """Run the file. Raises MemoryError, and SyntaxError for what only the compiler finds."""
    body = [statement for statement in source.tree.body if not is_main_guard(statement)]
    code = compile(ast.Module(body, []), path, "exec", dont_inherit=True)
    module = _new_module(path)
    try:
        exec(code, module.__dict__)  # noqa: S102 - running the learner's code is what the worker is for
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are failures of theirs, too
        return _load_definitions(source.text, body, path, error)
    return Loaded(module)


def failure_of(error: BaseException, path: str) -> Failure:
    """An exception of the learner's as plain capped text, with the last line of their file it passed."""
    try:
        message = str(error)
    except BaseException:  # noqa: BLE001 - their __str__ may raise anything
        message = ""
    return Failure(
        clean(type(error).__name__, SOURCE_CHARACTERS), clean(message, MESSAGE_CHARACTERS), _line(error, path)
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


def _new_module(path: str) -> ModuleType:
    module = ModuleType(MODULE_NAME)
    module.__file__ = path
    sys.modules[MODULE_NAME] = module
    return module


def _load_definitions(text: str, body: Sequence[ast.stmt], path: str, error: BaseException) -> Loaded:
    loaded = Loaded(_new_module(path))
    lines = text.splitlines()
    at_fault = _outermost_line(error, path)
    futures = [node for node in body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    for statement in body:
        failed = statement.lineno <= at_fault <= (statement.end_lineno or statement.lineno)
        reason = _reason(error, path) if failed else ""
        if _is_definition(statement):
            reason = _run(statement, futures, path, loaded.module.__dict__)
        elif _is_docstring(statement):
            continue
        if reason or not _is_definition(statement):
            written = clean(lines[statement.lineno - 1].strip(), SOURCE_CHARACTERS)
            loaded.skipped.append(Skipped(statement.lineno, written, reason))
    return loaded


def _run(statement: ast.stmt, futures: Sequence[ast.stmt], path: str, names: dict[str, Any]) -> str:
    """Run one statement; what kept it from running, empty where nothing did."""
    _strip_decorators(statement, names)
    try:
        exec(compile(ast.Module([*futures, statement], []), path, "exec", dont_inherit=True), names)  # noqa: S102
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001
        return _reason(error, path)
    return ""


def _reason(error: BaseException, path: str) -> str:
    failure = failure_of(error, path)
    return clean(f"{failure.type_name}: {failure.message}", SOURCE_CHARACTERS)


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
        case ast.If():
            return all(map(_is_definition, statement.body + statement.orelse))
        case ast.Try():
            handlers = [inner for handler in statement.handlers for inner in handler.body]
            return all(map(_is_definition, statement.body + handlers + statement.orelse + statement.finalbody))
        case _:
            return False


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _strip_decorators(statement: ast.stmt, names: dict[str, Any]) -> None:
    """Take off decorators out of missing modules (`@njit`, `@torch.no_grad()`): the functions work without."""
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.decorator_list = [kept for kept in node.decorator_list if not _is_missing(kept, names)]


def _is_missing(decorator: ast.expr, names: dict[str, Any]) -> bool:
    return any(
        isinstance(names.get(node.id), Placeholder | PlaceholderModule)
        for node in ast.walk(decorator)
        if isinstance(node, ast.Name)
    )
