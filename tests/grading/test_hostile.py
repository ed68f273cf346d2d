"""Whatever comes back from a submission, the judge gives a verdict and a report, and never fails itself."""

import json
from itertools import cycle

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cv_quiz import drills
from cv_quiz.grading.alone import find_case, judge_case
from cv_quiz.grading.calling.targets import Target
from cv_quiz.grading.exchange import Failure, Opaque, Reply
from cv_quiz.grading.findings import SubmissionReport
from cv_quiz.grading.fit import oracle_for
from cv_quiz.grading.opinion import judge_function
from cv_quiz.grading.report import to_json, to_text
from cv_quiz.grading.session import Session
from cv_quiz.grading.trusted import describe

VERDICTS = {"accepted", "wrong-answer", "runtime-error", "time-limit", "memory-limit"}

numbers = st.one_of(
    st.integers(-3, 12),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.floats(-2, 30),
    st.complex_numbers(),
    st.booleans(),
)
arrays = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.int8, np.uint64, np.bool_, np.complex128]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5),
)
leaves = st.one_of(
    st.none(),
    numbers,
    arrays,
    st.text(max_size=4),
    st.sampled_from([np.float64("nan"), np.int64(3), np.bool_(True), np.uint8(255), np.complex64(1j)]),
    st.builds(Opaque, st.sampled_from(["generator", "", "a\nb"])),
    st.sets(st.integers(-2, 9), max_size=4),
)
keys = st.one_of(
    st.sampled_from(["centroids", "labels", "indices", "boxes", "scores", "keep"]),
    st.integers(0, 4),
    st.none(),
    st.floats(),
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.lists(inner, max_size=3).map(tuple), st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=8,
)
failures = st.builds(
    Failure,
    st.sampled_from(["ValueError", "MemoryError", "KeyError", "", "错误", "a.b\nC"]),
    st.text(max_size=9),
    st.none() | st.integers(-1, 10**9),
)
replies = st.one_of(
    st.builds(Reply, st.just("ok"), values, st.dictionaries(st.text(max_size=9), values, max_size=2), st.lists(values, max_size=4).map(tuple)),
    st.builds(Reply, st.just("exception"), failure=failures),
    st.builds(Reply, st.sampled_from(["died", "output-limit"]), failure=st.none() | failures),
)  # fmt: skip


class Hostile:
    """A submission that gives the same replies over and over, a right one here and there."""

    digest = b"hostile"

    def __init__(self, answers, drill, right_every, last):
        self.answers = cycle(answers)
        self.drill = drill
        self.right_every = right_every
        self.last = last
        self.asked = 0

    def inspect(self):
        raise AssertionError("nothing asks twice")

    def calls(self, calls):
        return map(self.call, calls)

    def call(self, call):
        self.asked += 1
        if self.last is not None and self.asked > 30:
            return self.last
        if self.right_every and self.asked % self.right_every == 0:
            try:
                return Reply("ok", self.drill.reference(*call.args, **call.kwargs), arguments_after=call.args)
            except ValueError:
                return Reply("exception", failure=Failure("ValueError", ""))
        return next(self.answers)

    def restart(self):
        """All is the same afterwards."""

    def close(self):
        """Nothing runs."""


def session_of(drill, submission):
    written = describe(drill.name, drill.reference)
    own = tuple(parameter for parameter in written.parameters if parameter.kind != "keyword")
    target = Target(type(written)(drill.name, own, 1))
    return Session(submission, oracle_for(drill, 0), target)


hostile = given(
    answers=st.lists(replies, min_size=1, max_size=6),
    right_every=st.sampled_from([0, 0, 2, 1]),
    last=st.sampled_from([None, None, None, Reply("time-limit"), Reply("memory-limit")]),
    strict=st.booleans(),
)


def check(name, answers, right_every, last, strict):
    drill = drills.load(name)
    with np.errstate(all="ignore"):
        result = judge_function(
            session_of(drill, Hostile(answers, drill, right_every, last)), strict=strict, counterexample=True
        )
        case = find_case(drill, oracle_for(drill, 0).cases[-2].name, 0)
        alone = judge_case(session_of(drill, Hostile(answers, drill, right_every, last)), case, strict=strict)
    for found in (result, alone):
        assert found.verdict in VERDICTS
        assert found.verdict == "accepted" or found.diagnosis
        report = SubmissionReport("solution.py", (found,), strict=strict)
        json.dumps(to_json([report], isolation="full", seed=0, language="en"), allow_nan=False)
        assert to_text(report, "zh", 60, len, ascii_only=True)
    assert result.verdict != "accepted" or right_every == 1


unhurried = settings(suppress_health_check=list(HealthCheck))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", drills.names())
@settings(unhurried, max_examples=8)
@hostile
def test_every_reply_gets_a_verdict(name, answers, right_every, last, strict):
    check(name, answers, right_every, last, strict)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", drills.names())
@settings(unhurried, max_examples=200)
@hostile
def test_every_reply_gets_a_verdict_at_length(name, answers, right_every, last, strict):
    check(name, answers, right_every, last, strict)
