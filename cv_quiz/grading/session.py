"""One function under judgement: how it is asked, and what its answers were."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from cv_quiz.comparison import Kept
from cv_quiz.grading.calling import READERS
from cv_quiz.grading.calling.candidates import candidates
from cv_quiz.grading.calling.layout import Unsupplied
from cv_quiz.grading.calling.made import calls_of
from cv_quiz.grading.calling.vocabulary import EXTRAS
from cv_quiz.grading.fit import Fit, Oracle, Run
from cv_quiz.grading.points import space_of
from cv_quiz.grading.search import find_fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cv_quiz.drills.contract import Case, Drill
    from cv_quiz.grading.calling.layout import Layout
    from cv_quiz.grading.calling.reading import Reader
    from cv_quiz.grading.calling.targets import Target
    from cv_quiz.grading.exchange import Call, Failure, Inspection, Reply

# With one of these a submission is over: it has used what it may use.
FATAL = frozenset({"time-limit", "memory-limit"})


class Submission(Protocol):
    """What the judge needs of a file that was opened in the worker."""

    @property
    def digest(self) -> bytes:
        """A hash of everything that was handed in."""

    def inspect(self) -> Inspection:
        """What is in the file."""

    def calls(self, calls: Sequence[Call]) -> Iterator[Reply]:
        """Make calls one after the other."""

    def restart(self) -> None:
        """Forget all state."""

    def close(self) -> None:
        """End it."""


class Worker(Protocol):
    """Opens files for judgement."""

    def open(self, path: Path) -> Submission:
        """Take up one file."""


class Ended(Exception):  # noqa: N818 - the submission has ended, nothing of ours went wrong
    """The submission reached its time or memory limit. `run` is what was asked before, in a run."""

    def __init__(self, reply: Reply, layout: Layout, case: Case) -> None:
        super().__init__(reply.status)
        self.reply = reply
        self.layout = layout
        self.case = case
        self.run = Run(layout, (), ())


@dataclass(slots=True)
class Session:
    """One function of one submission, with the cases of its drill.

    `seeds` are the seeds of cases that are not of the session's own seed, by the cases' names. `plainly` is the failure
    of the likeliest way to call, where that raised, and that way.
    """

    submission: Submission
    oracle: Oracle
    target: Target
    seed: int = 0
    seeds: dict[str, int] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    plainly: tuple[Layout, Failure] | None = None

    @property
    def drill(self) -> Drill:
        """The drill that is judged."""
        return self.oracle.drill

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases of the drill, and those that were taken up since."""
        return self.oracle.all_cases

    def own_cases(self, layout: Layout) -> frozenset[str]:
        """The names of the drill's cases that make sense for a way to call, without those taken up since."""
        cases = (case for case in self.cases if case.name not in self.seeds)
        return frozenset(case.name for case in cases if not _needs_more(case, layout))

    def seed_of(self, case: Case) -> int:
        """The seed that a case, or what it was made from, is made of."""
        return self.seeds.get(case.name, self.seed)

    def take(self, cases: Sequence[Case], seed: int) -> None:
        """Know further cases, with names of their own."""
        self.oracle = Oracle(self.drill, tuple(cases), before=self.oracle)
        self.seeds |= {case.name: seed for case in cases}

    def ask(self, layout: Layout, case: Case, *, may_end: bool = True, seed: int | None = None) -> Reply:
        """One answer. Raises Unsupplied where the layout cannot be filled, Ended at a limit."""
        return next(self.answers(layout, [case], may_end=may_end, seed=seed))

    def answers(
        self, layout: Layout, cases: Sequence[Case], *, may_end: bool = True, seed: int | None = None
    ) -> Iterator[Reply]:
        """One answer after the other. Raises what `ask` does."""
        calls = calls_of(layout, [(case, self.seed_of(case) if seed is None else seed) for case in cases])
        for case, reply in zip(cases, self.submission.calls(calls), strict=True):
            if reply.printed:
                self.printed.append(reply.printed)
            if may_end and reply.status in FATAL:
                raise Ended(reply, layout, case)
            yield reply

    def changed_roles(self, run: Run) -> frozenset[str]:
        """The inputs of the contract that any call of a run left other than they were sent."""
        slots = [slot for slot in run.layout.slots if not slot.keyword]
        found: set[str] = set()
        calls = calls_of(run.layout, [(case, self.seed_of(case)) for case in run.cases])
        for call, reply in zip(calls, run.replies, strict=True):
            if reply.arguments_after is call.args:
                continue
            triples = zip(slots, call.args, reply.arguments_after, strict=False)
            found |= {slot.role for slot, before, now in triples if not unchanged(before, now)}
        return frozenset(found - EXTRAS)

    def run(self, layout: Layout, cases: Sequence[Case]) -> Run:
        """All answers to some cases."""
        judged = tuple(case for case in cases if not _needs_more(case, layout))
        replies: list[Reply] = []
        try:
            replies.extend(self.answers(layout, judged))
        except Ended as end:
            end.run = Run(layout, judged[: len(replies)], tuple(replies))
            raise
        return Run(layout, judged, tuple(replies))


def _needs_more(case: Case, layout: Layout) -> bool:
    """Whether a case makes no sense here: the function lacks what it needs, or knows no None for what it leaves out."""
    marked = [tag.partition(":") for tag in case.tags if ":" in tag]
    if any(mark == "needs" and role in layout.lacks for mark, _, role in marked):
        return True
    slots = (*layout.slots, *layout.init_slots)
    optional = [role for mark, _, role in marked if mark == "optional"]
    return any(not any(slot.role == role and slot.default == "None" for slot in slots) for role in optional)


def unchanged(before: Any, now: Any) -> bool:
    """Whether an argument still is what was sent, in kind and in value."""
    if isinstance(before, np.ndarray):
        return isinstance(now, np.ndarray) and before.shape == now.shape and bool(np.array_equal(before, now))
    if isinstance(before, list | tuple):
        same_kind = isinstance(now, type(before)) and len(now) == len(before)
        return same_kind and all(unchanged(old, new) for old, new in zip(before, now, strict=True))
    if isinstance(before, dict):
        same_keys = isinstance(now, dict) and before.keys() == now.keys()
        return same_keys and all(unchanged(before[key], now[key]) for key in before)
    return not isinstance(now, np.ndarray) and bool(before == now)


# What no other way to call mends, and what no other form of boxes mends.
_UNDEFINED = frozenset({"NameError", "UnboundLocalError"})
_OF_SHAPES = re.compile(
    r"broadcast|shape|dimension|index|indic|axis|unpack|subscript|not iterable|operand|argument|truth value"
    r"|not supported between"
)


@dataclass(slots=True)
class Settled:
    """What the trial found so far: the first layout that ran, else the first that was tried; the shape that fits the probes.

    A fault of the code shows in any shape of the arguments or, where it is one of shapes and types, in any form of boxes:
    a shape or form that gets round that line says nothing. `stuck` are the forms in which such a fault showed, by the
    rest of the shape.
    """

    fallback: Layout | None = None
    ran: bool = False
    shape: tuple[str, ...] = ()
    stuck: dict[tuple[str, ...], str] = field(default_factory=dict)

    def rules_out(self, layout: Layout) -> bool:
        """Whether a layout is not worth a try: another shape of the arguments fits, or one that ran filled more."""
        form, *rest = _shape(layout)
        stuck = self.stuck.get(tuple(rest), form) != form
        return stuck or (self.shape not in {(), _shape(layout)}) or self.took_more(layout)

    def took_more(self, layout: Layout) -> bool:
        """Whether a layout that ran filled more parameters: then leaving some out is no way to call."""
        if self.fallback is None or not self.ran:
            return False
        return {slot.role for slot in layout.slots} < {slot.role for slot in self.fallback.slots}

    def note(self, layout: Layout, reply: Reply) -> None:
        """Keep the first layout that ran, else the very first."""
        ran = reply.status == "ok"
        if not ran and not self.ran and reply.failure is not None:
            self._note_failure(_shape(layout), reply.failure)
        if self.fallback is None or (ran and not self.ran):
            self.fallback, self.ran = layout, ran

    def _note_failure(self, shape: tuple[str, ...], failure: Failure) -> None:
        if failure.type_name in _UNDEFINED:
            self.shape = self.shape or shape
        elif failure.type_name != "AssertionError" and _OF_SHAPES.search(failure.message):
            self.stuck.setdefault(shape[1:], shape[0])


def matching_runs(session: Session, settled: Settled) -> Iterator[Run]:
    """Try the ways to call on the probe cases; give the runs whose answers are right, as they are found."""
    probes = [case for name in session.drill.probes for case in session.cases if case.name == name]
    ran: set[Layout] = set()
    for layout in candidates(session.drill, session.target):
        alike = _without_container(layout)
        if alike in ran or settled.rules_out(layout):
            continue
        try:
            # Once a layout ran, another one that runs into a limit says nothing about the function.
            run = Run(layout, (probes[0],), (session.ask(layout, probes[0], may_end=not settled.ran),))
        except Unsupplied:
            continue
        if run.replies[0].status in FATAL:
            return
        if settled.fallback is None and run.replies[0].failure is not None:
            session.plainly = layout, run.replies[0].failure
        settled.note(layout, run.replies[0])
        if run.replies[0].status != "ok":
            continue
        ran.add(alike)
        right = _on_all_probes(session, run, probes[1:])
        if right is None:
            continue
        if not _only_cut_off(session, *right):
            return
        settled.shape = _shape(layout)
        yield right[0]


def _on_all_probes(session: Session, run: Run, others: Sequence[Case]) -> tuple[Run, Fit] | None:
    """The run with the other probes, where all come out right; they are asked only if the first one does."""
    if fitted(session, run) is None:
        return None
    run = run.and_then(session.run(run.layout, others))
    fit = fitted(session, run)
    return None if fit is None else (run, fit)


def _only_cut_off(session: Session, run: Run, fit: Fit) -> bool:
    """Whether a function with its limits left alone says a part of what it says when they are lifted.

    One that drops boxes first and then counts those that are left names other boxes.
    """
    layout = run.layout.unlifted
    if layout == run.layout or session.drill.gives != "indices":
        return True
    left = Run(layout, run.cases, tuple(session.ask(layout, case, may_end=False) for case in run.cases))
    for at, whole in enumerate(fit.reading.outcomes):
        part = left.outcome(fit.reading.reader, at)
        if isinstance(part, Kept) and isinstance(whole, Kept) and not {*part.indices} <= {*whole.indices}:
            return False
    return True


def _shape(layout: Layout) -> tuple[str, ...]:
    """How the arguments are written. The probes settle that; what may still have to be found is which of them to give."""
    return layout.form, layout.container, layout.packing, layout.axes


def _without_container(layout: Layout) -> Layout:
    kept = tuple(item for item in layout.adapted if item != layout.container)
    return replace(layout, container="", adapted=kept)


def fitted(session: Session, run: Run) -> Fit | None:
    """The reading and conventions under which all answers of a run are right."""
    return find_fit(session.oracle, run, accepting(session.drill), space_of(session.drill, run.layout))


def accepting(drill: Drill) -> list[Reader]:
    """The readers under which an answer may be right; the others explain mistakes."""
    return [reader for reader in READERS[drill.gives] if not reader.fault]
