"""One function under judgement: how it is asked, and what its answers were."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from cv_quiz.grading.calling import READERS
from cv_quiz.grading.calling.candidates import candidates
from cv_quiz.grading.calling.layout import Unsupplied
from cv_quiz.grading.fit import Fit, Oracle, Run, find_fit, grid, read_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cv_quiz.drills.contract import Case, Drill
    from cv_quiz.grading.calling.layout import Layout
    from cv_quiz.grading.calling.targets import Target
    from cv_quiz.grading.exchange import Call, Inspection, Reply

# With one of these a submission is over: it has used what it may use.
FATAL = frozenset({"time-limit", "memory-limit"})
# How far a layout came in the trial.
FAILED, RAN, READ = 0, 1, 2


class Submission(Protocol):
    """What the judge needs of a file that was opened in the worker."""

    def inspect(self) -> Inspection:
        """What is in the file."""

    def call(self, call: Call) -> Reply:
        """Make one call."""

    def restart(self) -> None:
        """Forget all state."""

    def close(self) -> None:
        """End it."""


class Worker(Protocol):
    """Opens files for judgement."""

    def open(self, path: Path) -> Submission:
        """Take up one file."""


class Ended(Exception):  # noqa: N818 - the submission has ended, nothing of ours went wrong
    """The submission reached its time or memory limit."""

    def __init__(self, reply: Reply, layout: Layout, case: Case) -> None:
        super().__init__(reply.status)
        self.reply = reply
        self.layout = layout
        self.case = case


@dataclass(slots=True)
class Session:
    """One function of one submission, with the cases of its drill."""

    submission: Submission
    oracle: Oracle
    target: Target
    seed: int = 0
    only: str | None = None
    calls: int = 0
    printed: list[str] = field(default_factory=list)

    @property
    def drill(self) -> Drill:
        """The drill that is judged."""
        return self.oracle.drill

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases of the drill."""
        return self.oracle.cases

    @property
    def judged(self) -> tuple[Case, ...]:
        """The cases that count: all, or the one asked for."""
        return tuple(case for case in self.cases if self.only in {None, case.name})

    def ask(self, layout: Layout, case: Case, *, may_end: bool = True, seed: int | None = None) -> Reply:
        """One answer. Raises Unsupplied where the layout cannot be filled, Ended at a limit."""
        call = layout.call(case.inputs, self.seed if seed is None else seed)
        self.calls += 1
        reply = self.submission.call(call)
        if reply.printed:
            self.printed.append(reply.printed)
        if may_end and reply.status in FATAL:
            raise Ended(reply, layout, case)
        return reply

    def run(self, layout: Layout, cases: Sequence[Case]) -> Run:
        """All answers to some cases."""
        judged = tuple(case for case in cases if not _needs_more(case, layout))
        return Run(layout, judged, tuple(self.ask(layout, case) for case in judged))


def _needs_more(case: Case, layout: Layout) -> bool:
    """Whether a case makes sense only for functions that take something which this one lacks."""
    return any(tag.removeprefix("needs:") in layout.lacks for tag in case.tags if tag.startswith("needs:"))


def touched(run: Run, at: int, seed: int) -> frozenset[str]:
    """The roles of the positional arguments that one call left other than they were sent."""
    sent = run.layout.call(run.cases[at].inputs, seed).args
    after = run.replies[at].arguments_after
    slots = [slot for slot in run.layout.slots if not slot.keyword]
    pairs = zip(slots, sent, after, strict=False)
    return frozenset(slot.role for slot, before, now in pairs if not unchanged(before, now))


def unchanged(before: Any, now: Any) -> bool:
    """Whether an argument still is what was sent, in kind and in value."""
    if isinstance(before, np.ndarray):
        return isinstance(now, np.ndarray) and before.shape == now.shape and bool(np.array_equal(before, now))
    if isinstance(before, list | tuple):
        same_kind = isinstance(now, type(before)) and len(now) == len(before)
        return same_kind and all(unchanged(old, new) for old, new in zip(before, now, strict=True))
    return bool(before == now)


@dataclass(slots=True)
class Settled:
    """What the trial found: layouts under which the probes come out right, and the best of the rest."""

    fallback: Layout | None = None
    rank: int = -1
    last: Reply | None = None

    def took_more(self, layout: Layout) -> bool:
        """Whether a layout that could be read filled more parameters: then leaving some out is no way to call."""
        if self.fallback is None or self.rank < READ:
            return False
        return {slot.role for slot in layout.slots} < {slot.role for slot in self.fallback.slots}

    def note(self, layout: Layout, reply: Reply, *, readable: bool) -> None:
        """Keep the first layout that could be read, else the first that ran, else the very first."""
        rank = READ if readable else RAN if reply.status == "ok" else FAILED
        if rank > self.rank:
            self.fallback, self.rank, self.last = layout, rank, reply


def matching_layouts(session: Session, settled: Settled) -> Iterator[Layout]:
    """Try the ways to call on the probe cases; give those under which the answers are right, as they are found."""
    probes = [case for name in session.drill.probes for case in session.cases if case.name == name]
    read: set[Layout] = set()
    for layout in candidates(session.drill, session.target):
        alike = _without_container(layout)
        if alike in read or settled.took_more(layout):
            continue
        try:
            # Once a layout could be read, another one that runs into a limit says nothing about the function.
            run = Run(layout, (probes[0],), (session.ask(layout, probes[0], may_end=settled.rank < READ),))
        except Unsupplied:
            continue
        if run.replies[0].status in FATAL:
            return
        accepting = [reader for reader in READERS[session.drill.gives] if not reader.fault]
        readable = run.replies[0].status == "ok" and any(True for _ in read_run(accepting, run))
        settled.note(layout, run.replies[0], readable=readable)
        if readable:
            read.add(alike)
            if _all_match(session, layout, run, probes):
                yield layout


def _without_container(layout: Layout) -> Layout:
    kept = tuple(item for item in layout.adapted if item != layout.container)
    return replace(layout, container="", adapted=kept)


def _all_match(session: Session, layout: Layout, first: Run, probes: Sequence[Case]) -> bool:
    """Whether the answers to all probes are right under one reading and some conventions."""
    if fitted(session, first) is None:
        return False
    rest = session.run(layout, probes[1:])
    return fitted(session, Run(layout, (*first.cases, *rest.cases), (*first.replies, *rest.replies))) is not None


def fitted(session: Session, run: Run) -> Fit | None:
    """The reading and conventions under which all answers of a run are right."""
    readings = list(read_run([item for item in READERS[session.drill.gives] if not item.fault], run))
    return find_fit(session.oracle, run, readings, grid(session.drill, run.layout))
