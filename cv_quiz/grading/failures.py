"""Exceptions and limits as diagnoses."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from cv_quiz.grading.exchange import Failure
from cv_quiz.grading.faults import FAILURES, TAGS
from cv_quiz.grading.findings import Diagnosis
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.drills.contract import Case
    from cv_quiz.grading.exchange import Reply

_PYTHON_2 = (
    r"Missing parentheses in call to '(?:print|exec)'|multiple exception types must be parenthesized"
    r"|leading zeros in decimal integer literals|invalid (?:decimal|hexadecimal) literal.*[lL]$"
)

# What people call the parts of a box, of a detection or of a point that is an object.
_OF_BOXES = (
    r"_?(?:[xy][12]?|[xy]_?(?:min|max)|[xy]_?c(?:enter)?|c[xy]|left|top|right|bottom|[wh]|width|height"
    r"|area|box|bbox|rect|coords?|score|conf|confidence|prob|label|cls|class_id)"
)

# What torch's tensors have and NumPy's arrays have not, and the keywords of torch's functions.
_OF_TENSORS = (
    "unsqueeze|clamp_?|detach|cpu|cuda|numel|expand|expand_as|view_as|float|long|double|half|permute|new|new_zeros|new_ones"
    "|new_full|new_tensor|contiguous|index_select|masked_fill_?|masked_select|type_as|gather|narrow|scatter_?|device"
    "|topk|unbind|requires_grad|is_cuda|numpy|nelement|logical_not|le|ge|lt|gt|eq|ne|mul|div|sub|add|exp|log|sqrt|pow|abs_"
)
_OF_TORCH = "descending|dim|keepdim|largest|device|requires_grad|non_blocking|dims"

_OF_FILES = "OSError|PermissionError|FileNotFoundError"

# Type of the exception, what its message holds, the diagnosis; the first row that fits is taken.
_KNOWN: tuple[tuple[str, str, str], ...] = (
    ("AttributeError", r"module 'numpy' has no attribute|np\.\w+` was (?:removed|a deprecated)", "needs-older-numpy"),
    ("AttributeError", r"module 'numpy' has no attribute", "unknown-numpy-name"),
    ("NotImplementedError", "", "not-written-yet"),
    ("SyntaxError", r"the file is not a notebook \(JSON with cells\)", "no-notebook"),
    ("SyntaxError", r"the file is (?:UTF-16|not .* and names no other encoding)|unknown encoding: ", "other-encoding"),
    ("SyntaxError|IndentationError|TabError", _PYTHON_2, "python-2"),
    ("SyntaxError|IndentationError|TabError", "", "syntax-error"),
    ("exit|signal|SIG[A-Z0-9]+", "", "died"),
    ("SystemExit", "", "calls-exit"),
    (_OF_FILES, r"Read-only file system|No usable temporary directory", "writes-a-file"),
    ("PermissionError", r"\[Errno 1\] [^:]+: ['\"]", "writes-a-file"),
    ("PermissionError", r"Permission denied", "file-out-of-reach"),
    (
        ".*",
        r"urlopen error|name resolution|Name or service not known|nodename nor|Network is unreachable",
        "uses-the-network",
    ),
    ("gaierror|herror|(?:URL|HTTP|Connection(?:Refused|Reset|Aborted)?)Error", "", "uses-the-network"),
    ("PermissionError", r"\[Errno 1\]", "forbidden-call"),
    ("FileNotFoundError", "", "no-such-file"),
    ("HiddenSubmissionError", "", "other-submission"),
    ("EOFError", r"input\(\)", "asks-for-input"),
    ("ModuleNotFoundError|ImportError|MissingModule.*", "", "missing-module"),
    (".*", r"(?i)not installed|placeholder|missing module", "missing-module"),
    ("NameError|UnboundLocalError", "", "undefined-name"),
    ("ZeroDivisionError|FloatingPointError", "", "divides-by-zero"),
    ("RecursionError", "", "recursion-too-deep"),
    ("ValueError", r"truth value of an? (?:array|empty array)", "truth-of-an-array"),
    ("TypeError|.*UFuncTypeError", r"bitwise_xor|for \^", "caret-is-no-power"),
    (
        "AttributeError",
        r"'numpy\.ndarray' object has no attribute '(?:remove|append|pop|index|extend|insert|count)'",
        "list-method-on-array",
    ),
    ("AttributeError", rf"'numpy\.\w+' object has no attribute '(?:{_OF_TENSORS})'", "wants-tensors"),
    (
        "TypeError",
        rf"unexpected keyword argument '(?:{_OF_TORCH})'|takes no keyword .*(?:{_OF_TORCH})",
        "wants-tensors",
    ),
    (
        "AttributeError",
        rf"'(?:numpy\.ndarray|numpy\.float64|list|tuple)' object has no attribute '(?:{_OF_BOXES})'",
        "attributes-of-an-array",
    ),
    ("AttributeError", r"'numpy\.ndarray' object has no attribute", "attributes-of-an-array"),
    (
        "ValueError|TypeError",
        r"(?i)empty sequence|empty iterable|at least one array|zero-size array",
        "nothing-to-reduce",
    ),
    (
        "ValueError|IndexError",
        r"broadcast|shape mismatch|inhomogeneous|setting an array element|boolean index did not match",
        "shapes-do-not-fit",
    ),
    (
        "TypeError",
        r"interpreted as an integer|integer scalar arrays|length-1 arrays|0-dimensional arrays",
        "array-for-a-number",
    ),
    (
        "TypeError|IndexError",
        r"indices must be integers|must be of integer|only integers, slices",
        "index-is-no-integer",
    ),
    ("IndexError", "", "outside-the-sequence"),
    ("TypeError", r"NoneType", "uses-none"),
    ("TypeError", r"for [-+*/]=?: '(?:list|tuple)'|and '(?:list|tuple)'$|multiply sequence", "lists-do-not-calculate"),
    ("ValueError", r"values to unpack", "unpacks-another-count"),
    ("TypeError|ValueError", r"does not support item assignment|read-only", "read-only"),
)

_OF_NUMPY = r"module 'numpy' has no attribute '(\w+)'|`?np\.(\w+)` was (?:removed|a deprecated)"
# What NumPy once had under its own name: aliases of Python's types, of its own, and functions that were taken out.
_GONE = frozenset({
    "float", "int", "bool", "object", "complex", "str", "long", "unicode", "float_", "complex_", "cfloat",
    "longfloat", "singlecomplex", "longcomplex", "clongfloat", "string_", "unicode_", "bool8", "int0", "uint0",
    "bytes0", "str0", "object0", "void0", "NaN", "Inf", "Infinity", "infty", "NINF", "PINF", "NZERO", "PZERO",
    "mat", "asscalar", "alen", "rank", "asfarray", "product", "cumproduct", "sometrue", "alltrue", "msort",
    "round_", "row_stack", "in1d", "trapz", "cast", "source", "lookfor", "who", "find_common_type", "issctype",
    "issubsctype", "issubclass_", "maximum_sctype", "obj2sctype", "sctype2char", "sctypes", "typeDict", "disp",
    "safe_eval", "byte_bounds", "DataSource", "nbytes", "loads", "fastCopyAndTranspose", "set_numeric_ops",
    "set_string_function", "recfromcsv", "recfromtxt", "mafromtxt", "ndfromtxt", "MachAr", "Tester",
    "deprecate", "add_docstring", "add_newdoc", "compare_chararrays", "compat",
})  # fmt: skip
# A name this much like one of NumPy's may be a slip of the pen.
LIKE = 0.75

# Failures that may come of one kind of input only; then that kind is named.
_OF_SOME_INPUTS = frozenset(
    {"raises", "divides-by-zero", "nothing-to-reduce", "outside-the-sequence", "shapes-do-not-fit", "array-for-a-number",
     "uses-none", "truth-of-an-array", "unpacks-another-count"}
)  # fmt: skip

_SKIPPED = Text("{what}；定义它的{where}被跳过了：{why}", "{what}; {where}, which defines it, was skipped: {why}")

_LINE = Text("第 {line} 行", "line {line}")
# Jupyter counts no lines over all cells, so that a line of its own means nothing there.
_IN_CELL = Text("第 {cell} 个代码单元格第 {line} 行", "code cell {cell}, line {line}")
# So many characters of an exception's message are shown.
SHOWN = 200


def where(line: int | None, place: tuple[int, int] | None) -> Text:
    """A line of the learner's file in words; `place` is the code cell and the line in it, where it is a notebook."""
    if place is None:
        return _LINE.format(line=line)
    return _IN_CELL.format(cell=place[0], line=place[1])


def diagnose_reason(reason: str) -> Text:
    """Why a line was skipped, from the type and the message of what it raised: what is said of a call that fails so."""
    type_name, _, message = reason.partition(": ")
    return _by_its_words(Failure(type_name, message)).message


def diagnose_failure(failure: Failure) -> Diagnosis:
    """An exception of the learner's as a diagnosis; where a skipped line is behind it, with why it was skipped."""
    found = _by_its_words(failure)
    if failure.cause is None:
        return found
    why = _by_its_words(replace(failure.cause, line=None))
    place = where(failure.cause.line, failure.cause.place)
    words = _SKIPPED.format(what=found.message, where=place, why=why.message)
    return replace(found, message=words, hint=why.hint)


def _by_its_words(failure: Failure) -> Diagnosis:
    for type_name, message, fault in _KNOWN:
        if fault == "needs-older-numpy" and not _was_numpys(failure.message):
            continue
        if fault == "attributes-of-an-array" and hasattr(np, _attribute(failure.message)):
            continue  # a.maximum(b) is np.maximum(a, b) misspelt
        if re.fullmatch(type_name, failure.type_name) and re.search(message, failure.message):
            return _worded(fault, failure)
    return _worded("raises", failure)


def _worded(fault: str, failure: Failure) -> Diagnosis:
    message, hint = FAILURES[fault]
    line = Text("", "")
    if failure.line is not None:
        line = Text("（{where}）", " ({where})").format(where=where(failure.line, failure.place))
    words = _shown(failure.message)
    name = _numpys(words) or _attribute(words)
    fields = {"type": failure.type_name, "message": words, "line": line, "name": name, "meant": _meant(name)}
    said = Text("：{message}", ": {message}").format(message=words) if words else Text("", "")
    fields |= {"file": _file(words), "said": said}
    return Diagnosis(fault, message.format(**fields), hint, failure.line)


def _shown(message: str) -> str:
    """The first line of a message; what is too long for a report is cut between two words."""
    first = message.splitlines()[0] if message else ""
    if len(first) <= SHOWN:
        return first
    return (first[: SHOWN + 1].rpartition(" ")[0] or first[:SHOWN]) + " ..."


def _file(message: str) -> Text:
    """The file that an OSError names, as the rest of a sentence; nothing where it names none."""
    found = re.search(r"\[Errno \d+\] [^:]+: (?P<quote>['\"])(.+)(?P=quote)|^(.+) not found\.$", message)
    if found is None:
        return Text("", "")
    return Text("：{file}", ": {file}").format(file=found.group(2) or found.group(3))


def _numpys(message: str) -> str:
    """The name that NumPy does not have, as an AttributeError tells it; empty where that is not what it tells."""
    found = re.search(_OF_NUMPY, message)
    return next(filter(None, found.groups()), "") if found else ""


def _was_numpys(message: str) -> bool:
    """Whether the name that is missing was NumPy's in an older version: NumPy itself may say so."""
    return _numpys(message) in _GONE or re.search(r"` was (?:removed|a deprecated)", message) is not None


def _meant(name: str) -> Text:
    """The name of NumPy's that may be meant; nothing where none is like it."""
    like = get_close_matches(name, dir(np), 1, LIKE) if name else []
    return Text("；是不是 np.{like}？", "; is np.{like} meant?").format(like=like[0]) if like else Text("", "")


def _attribute(message: str) -> str:
    """The attribute that was missed, as the message of an AttributeError names it."""
    found = re.search(r"has no attribute '(\w+)'", message)
    return found.group(1) if found else ""


def fault(fault_id: str, **values: object) -> Diagnosis:
    """A failure by its id, with its fields filled in."""
    message, hint = FAILURES[fault_id]
    return Diagnosis(fault_id, message.format(**values), hint.format(**values) if hint else None)


def diagnose_raising(cases: Sequence[Case], replies: Sequence[Reply]) -> list[Diagnosis]:
    """The exception that a function raises, and on which kind of input where it is one kind only."""
    failing = [at for at, reply in enumerate(replies) if reply.status != "ok" and not cases[at].raises]
    if not failing:
        return []
    first = replies[failing[0]]
    raised = first.failure if first.status == "exception" else None
    found = diagnose_failure(raised) if raised else fault(_status_fault(first))
    if len(failing) == len(replies):
        return [found]
    tag = common_tag(cases, failing)
    if tag is None or found.id not in _OF_SOME_INPUTS:
        return [found]
    message = Text("在这样的输入上出错：{what}。{why}", "it fails on {what}: {why}")
    words = message.format(what=TAGS.get(tag, Text(tag, tag)), why=found.message)
    return [Diagnosis(f"fails-on-{_slug(tag)}", words, found.hint, found.line)]


def _status_fault(reply: Reply) -> str:
    return reply.status if reply.status in FAILURES else "died"


def common_tag(cases: Sequence[Case], failing: Sequence[int]) -> str | None:
    """A tag that all failing cases bear, and that is borne by the fewest others."""
    shared = frozenset.intersection(*(cases[at].tags for at in failing)) if failing else frozenset()
    known = [tag for tag in shared if tag in TAGS]
    return min(known, key=lambda tag: (sum(tag in case.tags for case in cases), tag), default=None)


def _slug(tag: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", tag)
