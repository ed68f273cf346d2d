"""Prove a drill: every promise it makes is tried out."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from cv_quiz import drills
from cv_quiz.grading.calling.targets import find_targets
from cv_quiz.grading.fit import Oracle, evaluate, oracle_for
from cv_quiz.grading.opinion import judge_function
from cv_quiz.grading.points import Point
from cv_quiz.grading.session import Session
from cv_quiz.grading.stub import stub
from cv_quiz.grading.trusted import TrustedSubmission
from cv_quiz.grading.variants import EditError, build
from cv_quiz.language import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cv_quiz.drills.contract import Axis, Case, Drill, Mutant, Option
    from cv_quiz.grading.findings import Result

# The seeds at which everything has to hold.
SEEDS = (0, 1, 7)
FEW, MANY = 20, 48


def check_drill(name: str, seeds: Sequence[int] = SEEDS) -> list[Text]:
    """Everything that is wrong with a drill; an empty list where it keeps its promises at all the seeds."""
    drill = drills.load(name)
    once = (_cases, _texts, _stub, _conventions, _half_right, _single_precision)
    found = [problem for check in once for problem in check(drill)]
    return found + [problem for check in (_reference, _mutants) for problem in check(drill, seeds)]


def _problem(zh: str, en: str, **values: object) -> Text:
    return Text(zh, en).format(**values)


def judge_one(drill: Drill, function: Callable[..., Any], seed: int, *, strict: bool = False) -> Result:
    """The judgement on a function of our own, under the drill's name."""
    submission = TrustedSubmission({drill.name: function})
    target = find_targets(drill, submission.inspect().functions, asked=True)[0]
    session = Session(submission, oracle_for(drill, seed), target, seed)
    return judge_function(session, strict=strict, counterexample=False)


def _as_written(drill: Drill, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function with the parameters that a learner writes, without those for conventions."""
    signature = inspect.signature(drill.reference)
    own = [item for item in signature.parameters.values() if item.kind is not item.KEYWORD_ONLY]

    def written(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    written.__signature__ = signature.replace(parameters=own)  # type: ignore[attr-defined]
    return written


def _cases(drill: Drill) -> Iterator[Text]:
    """The same cases from the same seed, 20 to 48 of them, with names of their own."""
    first, again = (drill.cases(np.random.default_rng(0)) for _ in range(2))
    if not FEW <= len(first) <= MANY:
        yield _problem("用例数为 {count}，应为 20 到 48", "{count} cases, 20 to 48 are wanted", count=len(first))
    if len({case.name for case in first}) != len(first):
        yield _problem("用例重名", "two cases have one name")
    for one, other in zip(first, again, strict=True):
        if one.name != other.name or not _same_inputs(one, other):
            yield _problem("用例 {name} 不能由种子重现", "case {name} cannot be repeated from its seed", name=one.name)
    for probe in drill.probes:
        if probe not in {case.name for case in first}:
            yield _problem("没有用例 {name}", "there is no case {name}", name=probe)


def _same_inputs(one: Case, other: Case) -> bool:
    return all(np.array_equal(one.inputs[name], other.inputs[name]) for name in one.inputs)


def _texts(drill: Drill) -> Iterator[Text]:
    """Every message in both languages."""
    texts = [drill.title, drill.statement, *drill.hints, *(option.text for option in drill.options)]
    texts += [mutant.message for mutant in drill.mutants] + [item.hint for item in drill.mutants if item.hint]
    for text in texts:
        if not all(text.say(language).strip() for language in LANGUAGES):
            yield _problem("缺少一种语言：{text}", "a language is missing: {text}", text=text.zh or text.en)


def _stub(drill: Drill) -> Iterator[Text]:
    """The stub can be read as Python and is not accepted."""
    for language in LANGUAGES:
        namespace: dict[str, Any] = {}
        exec(compile(stub(drill, language), "<stub>", "exec"), namespace)  # noqa: S102 - our own text
        if judge_one(drill, namespace[drill.name], 0).verdict == "accepted":
            yield _problem("题目模板被接受了", "the stub is accepted")


def _reference(drill: Drill, seeds: Sequence[int]) -> Iterator[Text]:
    """The reference is accepted, in strict mode too, with nothing to remark."""
    for seed in seeds:
        result = judge_one(drill, _as_written(drill, drill.reference), seed, strict=True)
        if result.verdict != "accepted" or result.conventions or result.calling:
            found = ", ".join(item.id for item in result.diagnosis) or result.verdict
            yield _problem(
                "种子 {seed}：参考答案得到 {found}", "seed {seed}: the reference gets {found}", seed=seed, found=found
            )


def _conventions(drill: Drill) -> Iterator[Text]:
    """The reference under a convention is accepted, and that convention is named."""
    for axis in drill.conventions:
        for option in axis.options:
            if option.lacking or option.only or not axis.keyword:
                continue
            result = judge_one(drill, _under(drill, axis, option), SEEDS[0])
            if result.verdict != "accepted" or set(result.conventions) != {option.id}:
                named = ", ".join(result.conventions) or "-"
                yield _problem(
                    "约定 {id}：{verdict}，识别为 {named}", "convention {id}: {verdict}, named {named}",
                    id=option.id, verdict=result.verdict, named=named,
                )  # fmt: skip


def _under(drill: Drill, axis: Axis, option: Option) -> Callable[..., Any]:
    return _as_written(drill, functools.partial(drill.reference, **{axis.keyword: option.value}))


def _mutants(drill: Drill, seeds: Sequence[int]) -> Iterator[Text]:
    """Every spelling of every mistake is a wrong answer with its own diagnosis."""
    for mutant in drill.mutants:
        for number, edits in enumerate((mutant.edits, *mutant.variants)):
            try:
                function = _as_written(drill, build(drill, edits))
            except EditError as error:
                yield _problem("错误 {id}：{why}", "mistake {id}: {why}", id=f"{mutant.id}/{number}", why=error)
                continue
            for seed in seeds[: 1 if number else None]:
                yield from _killed(mutant, judge_one(drill, function, seed), f"{mutant.id}/{number}", seed)


def _killed(mutant: Mutant, result: Result, label: str, seed: int) -> Iterator[Text]:
    found = [item.id for item in result.diagnosis]
    if result.verdict == "accepted" or found[:1] != [mutant.id]:
        yield _problem(
            "种子 {seed}：错误 {id} 得到 {verdict}，诊断 {found}", "seed {seed}: mistake {id} gets {verdict}, diagnosis {found}",
            seed=seed, id=label, verdict=result.verdict, found=", ".join(found) or "-",
        )  # fmt: skip


def _half_right(drill: Drill) -> Iterator[Text]:
    """At least one mistake in three is right on half of the cases: crude ones teach nothing."""
    cases = tuple(case for case in drill.cases(np.random.default_rng(0)) if "large" not in case.tags)
    subtle = sum(_share_right(drill, cases, build(drill, mutant.edits)) >= 0.5 for mutant in drill.mutants)
    if 3 * subtle < len(drill.mutants):
        yield _problem(
            "{all} 个错误中只有 {subtle} 个在一半用例上正确", "only {subtle} of {all} mistakes are right on half of the cases",
            subtle=subtle, all=len(drill.mutants),
        )  # fmt: skip


def _share_right(drill: Drill, cases: Sequence[Case], function: Callable[..., Any]) -> float:
    outcomes = [evaluate(drill, function, case.inputs, {}) for case in cases]
    right = Oracle(drill, ()).passed(Point({}), cases, outcomes)
    return sum(right) / len(right)


def _single_precision(drill: Drill) -> Iterator[Text]:
    """The answer to inputs rounded to float32 lies inside the tolerance."""
    oracle = Oracle(drill, ())
    for case in drill.cases(np.random.default_rng(0)):
        rounded = {name: _rounded(value) for name, value in case.inputs.items()}
        got = evaluate(drill, drill.reference, rounded, {})
        if not oracle.agrees(drill.reference, Point({}), case, got):
            yield _problem(
                "用例 {name} 在 float32 下超出误差", "case {name} leaves the tolerance in float32", name=case.name
            )


def _rounded(value: Any) -> Any:
    return (
        value.astype(np.float32).astype(float) if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value
    )
