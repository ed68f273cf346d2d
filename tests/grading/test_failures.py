"""How a program failed, in words: what surrounds it, what ended it, and lines that were left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cv_quiz.grading.exchange import Failure, Skipped
from cv_quiz.grading.failures import SHOWN, diagnose_failure, diagnose_reason, fault, where
from cv_quiz.grading.faults import FAILURES
from cv_quiz.grading.findings import Result, SubmissionReport
from cv_quiz.grading.report import to_text

REPORT = SubmissionReport(Path("my.ipynb"), (Result("nms", "nms", "accepted"),))

KNOWN = {
    "SystemExit": [("SystemExit", "0"), ("SystemExit", "")],
    "writes": [
        ("OSError", "[Errno 30] Read-only file system: 'out.txt'"),
        ("PermissionError", "[Errno 1] Operation not permitted: 'out.txt'"),
    ],
    "access": [("PermissionError", "[Errno 13] Permission denied: 'out.txt'")],
    "reads": [
        ("FileNotFoundError", "[Errno 2] No such file or directory: 'out.txt'"),
        ("FileNotFoundError", "out.txt not found."),
    ],
    "network": [
        ("gaierror", "[Errno -2] Name or service not known"),
        ("URLError", "<urlopen error [Errno -3] Temporary failure in name resolution>"),
        ("URLError", "<urlopen error [Errno 1] Operation not permitted>"),
        ("ConnectionRefusedError", "[Errno 111] Connection refused"),
        ("OSError", "[Errno 101] Network is unreachable"),
    ],
    "call": [("PermissionError", "[Errno 1] Operation not permitted")],
    "notebook": [("SyntaxError", "the file is not a notebook (JSON with cells)")],
    "encoding": [
        ("SyntaxError", "the file is UTF-16; Python reads UTF-8: save it as UTF-8"),
        ("SyntaxError", "the file is not UTF-8 and names no other encoding: save it as UTF-8"),
        ("SyntaxError", "unknown encoding: klingon"),
    ],
    "syntax": [("SyntaxError", "invalid syntax")],
}
IDS = {
    "SystemExit": "calls-exit",
    "writes": "writes-a-file",
    "access": "file-out-of-reach",
    "reads": "no-such-file",
    "network": "uses-the-network",
    "call": "forbidden-call",
    "notebook": "no-notebook",
    "encoding": "other-encoding",
    "syntax": "syntax-error",
}


@pytest.mark.parametrize(
    ("kind", "type_name", "message"), [(kind, *one) for kind, several in KNOWN.items() for one in several]
)
def test_failures_at_what_surrounds_a_program_have_words_and_a_hint(kind: str, type_name: str, message: str) -> None:
    found = diagnose_failure(Failure(type_name, message, None))
    assert found.id == IDS[kind]
    assert found.hint is not None
    assert message.isascii()
    assert kind == "syntax" or not message or message not in found.message.zh
    assert ("out.txt" in found.message.zh, "out.txt" in found.message.en) == ("out.txt" in message,) * 2


def test_a_temporary_file_is_written() -> None:
    found = diagnose_failure(Failure("FileNotFoundError", "[Errno 2] No usable temporary directory found in ['/tmp']"))
    assert (found.id, "/tmp" in found.message.en) == ("writes-a-file", False)


def test_an_error_of_another_kind_keeps_its_own_words() -> None:
    assert diagnose_failure(Failure("OSError", "[Errno 5] Input/output error")).id == "raises"
    assert diagnose_failure(Failure("ValueError", "not found.")).id == "raises"


@pytest.mark.parametrize(
    "name", ["memory-limit", "died", "import-time-limit", "syntax-error", "time-limit", "submission-limit", "too-slow"]
)
def test_every_limit_has_a_hint_in_both_languages(name: str) -> None:
    hint = FAILURES[name][1]
    assert hint is not None
    assert hint.zh != hint.en
    assert "{" not in hint.zh + hint.en


def test_time_that_is_used_up_is_no_endless_loop() -> None:
    found = fault("submission-limit", case="chain")
    assert "20" in found.message.zh
    assert "循环" not in found.message.zh
    assert "loop" not in found.message.en
    assert "loop" in fault("time-limit", case="chain").message.en


def test_an_exception_without_a_message_ends_without_a_colon() -> None:
    found = diagnose_failure(Failure("ValueError", "", 3)).message
    assert (found.zh, found.en) == ("抛出 ValueError（第 3 行）", "raises ValueError (line 3)")


def test_long_messages_are_cut_between_words() -> None:
    found = diagnose_failure(Failure("KeyError", "several " * 100))
    assert found.message.en == "raises KeyError: " + ("several " * (SHOWN // 8)).strip() + " ..."
    assert "字" * SHOWN + " ..." in diagnose_failure(Failure("KeyError", "字" * 900)).message.zh
    assert diagnose_failure(Failure("KeyError", "x" * SHOWN)).message.en.endswith("xx")


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        ("SystemExit: ", "it calls exit()", "调用了 exit()"),
        ("EOFError: input() has nobody to ask here", "it calls input()", "调用了 input()"),
        ("HiddenSubmissionError: bob.py is another submission: " + "long " * 90, "another submission", "别人的作业"),
    ],
)
def test_a_skipped_line_has_the_reason_that_a_failing_call_has(reason: str, english: str, chinese: str) -> None:
    report = replace(REPORT, skipped=(Skipped(2, "go()", reason),))
    lines = to_text(report, "en", 400, len, False).splitlines(), to_text(report, "zh", 400, len, False).splitlines()
    at = lines[0].index("  line 2 was skipped: go()")
    assert lines[0][at + 1].strip() == f"because: {diagnose_reason(reason).en}"
    assert english in lines[0][at + 1]
    at = lines[1].index("  跳过第 2 行：go()")
    assert chinese in lines[1][at + 1]
    assert reason.partition(":")[0] not in lines[1][at + 1]


def test_lines_of_a_notebook_are_named_by_their_cell() -> None:
    assert where(25, (3, 2)).en == "code cell 3, line 2"
    assert where(25, None).zh == "第 25 行"
    cause = Failure("ModuleNotFoundError", "No module named 'nowhere'", 9, place=(2, 1))
    found = diagnose_failure(Failure("NameError", "name 'a' is not defined", 25, cause, (3, 2)))
    assert "(code cell 3, line 2); code cell 2, line 1, which defines it, was skipped: " in found.message.en
    assert "（第 3 个代码单元格第 2 行）；定义它的第 2 个代码单元格第 1 行被跳过了" in found.message.zh
    assert found.line == 25
    report = replace(REPORT, skipped=(Skipped(25, "1 / 0", "", (3, 2)),))
    assert "code cell 3, line 2 was skipped: 1 / 0" in to_text(report, "en", 80, len, False)
    assert "跳过第 3 个代码单元格第 2 行：1 / 0" in to_text(report, "zh", 80, len, False)
