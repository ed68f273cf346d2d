"""Calls that are sent before the earlier ones are answered: each gets its own reply, whatever becomes of the others."""

from collections.abc import Callable

import numpy as np
import pytest

from cv_quiz.grading.exchange import Call
from cv_quiz.grading.host import Submission

SOURCE = """
import os, time
import numpy as np
asked = []
def f(x):
    asked.append(x)
    print("asked", x)
    if x == "die":
        os._exit(3)
    if x == "loop":
        while True: pass
    if x == "raise":
        raise ValueError(x)
    if x == "sleep":
        time.sleep(0.2)
    return x, len(asked)
def pid():
    return os.getpid()
def double(a):
    return a * 2
"""


def asked(submission: Submission, *values: object) -> list[object]:
    replies = list(submission.calls([Call("f", (value,)) for value in values]))
    return [reply.value if reply.status == "ok" else reply.status for reply in replies]


def test_replies_come_in_the_order_of_the_calls(submit: Callable[..., Submission]) -> None:
    submission = submit(SOURCE)
    replies = list(submission.calls([Call("f", (number,)) for number in range(300)]))
    assert [reply.value for reply in replies] == [(number, number + 1) for number in range(300)]
    assert [reply.printed for reply in replies] == [f"asked {number}\n" for number in range(300)]


def test_a_failure_is_that_of_one_call(submit: Callable[..., Submission]) -> None:
    assert asked(submit(SOURCE), 1, "raise", 2) == [(1, 1), "exception", (2, 3)]


@pytest.mark.parametrize(("fatal", "status"), [("die", "died"), ("loop", "time-limit")])
def test_after_a_death_the_rest_is_asked_in_a_new_process(
    submit: Callable[..., Submission], fatal: str, status: str
) -> None:
    submission = submit(SOURCE, call_seconds=0.3)
    assert asked(submission, 1, fatal, 2, 3, fatal, 4) == [(1, 1), status, (2, 1), (3, 2), status, (4, 1)]


def test_answers_that_nobody_waits_for_are_not_mistaken_for_others(submit: Callable[..., Submission]) -> None:
    submission = submit(SOURCE)
    replies = submission.calls([Call("f", (number,)) for number in range(5)])
    assert next(replies).value == (0, 1)
    del replies
    assert submission.call(Call("f", ("next",))).value == ("next", 1)


def test_neither_end_waits_for_the_other_to_read(submit: Callable[..., Submission]) -> None:
    """Requests and replies are both larger than what a pipe holds."""
    arrays = [np.full(60_000, number, dtype=float) for number in range(8)]
    replies = submit(SOURCE).calls([Call("double", (one,)) for one in arrays])
    assert all(np.array_equal(reply.value, 2 * one) for reply, one in zip(replies, arrays, strict=True))


def test_each_call_has_its_own_time(submit: Callable[..., Submission]) -> None:
    """A call that runs while nobody waits for it yet is not thought to be quick, nor the next one slow."""
    submission = submit(SOURCE, call_seconds=5.0)
    replies = list(submission.calls([Call("f", (value,)) for value in (1, "sleep", 2)]))
    assert replies[1].seconds > 0.15
    assert max(replies[0].seconds, replies[2].seconds) < replies[1].seconds


def test_the_time_of_a_submission_ends_calls_that_wait(submit: Callable[..., Submission]) -> None:
    replies = asked(submit(SOURCE, submission_seconds=0.7), *["sleep"] * 6)
    assert replies[0] == ("sleep", 1)
    assert replies[-1] == "time-limit"


@pytest.mark.parametrize("body", ["pass", "b *= 1", "a = [3]"])
def test_unchanged_arguments_are_the_ones_that_were_sent(submit: Callable[..., Submission], body: str) -> None:
    args = ([1, 2.5], np.arange(6.0).reshape(2, 3), 0.5)
    assert submit(f"def f(a, b, c):\n    {body}").call(Call("f", args)).arguments_after is args


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("a[0] = 7", ([7, 2.5], [[0, 1, 2], [3, 4, 5]], 0.5)),
        ("a.append(1)", ([1, 2.5, 1], [[0, 1, 2], [3, 4, 5]], 0.5)),
        ("b[0, 1] = 7", ([1, 2.5], [[0, 7, 2], [3, 4, 5]], 0.5)),
        ("b.shape = 3, 2", ([1, 2.5], [[0, 1], [2, 3], [4, 5]], 0.5)),
    ],
)
def test_changed_arguments_come_back_as_they_are_now(
    submit: Callable[..., Submission], body: str, after: tuple[list[float], list[list[float]], float]
) -> None:
    args = ([1, 2.5], np.arange(6.0).reshape(2, 3), 0.5)
    first, second, third = submit(f"def f(a, b, c):\n    {body}").call(Call("f", args)).arguments_after
    assert (first, second.tolist(), third) == after
