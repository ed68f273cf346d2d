"""Questions as numbered lines: `1. What is X?`, `3、什么是感受野`, `1. **Q?** answer`.

A number alone says little: answers hold numbered lists too. A list that begins at 1 while another is running, and
after which the other goes on, lies inside an answer of the other. One that begins at 1 in a new section ends the
lists of the section before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.documents import numbers
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.emphasis import leading_bold, whole_bold
from cv_quiz.documents.evidence import asking, likeness
from cv_quiz.documents.inline_answers import with_inline_answers
from cv_quiz.documents.view import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View

# Hurried hands mix these in one list.
_FAMILIES = {"1.": "1.", "1 ": "1.", "1、": "1.", "1)": "1)", "1:": "1."}
_MOST_OPEN = 12


@dataclass(slots=True)
class _Run:
    """Items numbered one after the other. `heading` is the heading above the first, `section` the one above the last,
    and `left` says that the section of the last has ended."""

    items: list[Candidate]
    heading: Block | None
    section: Block | None
    nested: bool = False
    left: bool = False

    @property
    def last(self) -> tuple[int, ...]:
        number = self.items[-1].number
        return number.values if number else ()

    @property
    def style(self) -> str:
        number = self.items[0].number
        return number.style if number else ""


class Numbered:
    """One marker; one group for each family of numbers, bold questions apart from plain ones."""

    markers = ("numbered",)
    prior = 0.0

    def find(self, view: View) -> list[Candidate]:
        """The numbered lines that do not lie in a list inside another one's item."""
        open_runs: dict[str, list[_Run]] = {}
        done: dict[str, list[_Run]] = {}
        heading: Block | None = None
        for block in view.blocks:
            if block.kind is BlockKind.HEADING:
                heading = block
                _leave(open_runs, block)
            elif candidate := _candidate(block):
                candidate = _in_other_style(candidate, open_runs)
                _file(
                    open_runs.setdefault(candidate.group, []), done.setdefault(candidate.group, []), candidate, heading
                )
        kept = [item for group, runs in done.items() for item in _outer_items([*runs, *open_runs[group]])]
        return with_inline_answers(sorted(kept, key=lambda candidate: candidate.start))


def _candidate(block: Block) -> Candidate | None:
    if block.kind is not BlockKind.ITEM or block.indent > 3 or not block.marker:
        return None
    number = numbers.split_number(f"{block.marker} {block.text[:200]}")
    if number is None or number.style in ("a.", "第1章", "Q1", "第1题"):
        return None
    text, answer, bold = block.text, "", ""
    if whole := whole_bold(block.text):
        text, bold = whole, "/bold"
    elif parts := leading_bold(block.text):
        (text, answer), bold = parts, "/bold"
    whole_number = numbers.Number(number.printed, number.values, number.style, text)
    group = f"numbered/{_FAMILIES.get(number.style, number.style)}{bold}"
    return Candidate("numbered", group, block.start, block.end, text, whole_number, answer=answer)


def _in_other_style(candidate: Candidate, open_runs: dict[str, list[_Run]]) -> Candidate:
    """`11) …` goes on from `10. …` where no list of its own style waits for it: then it is one of that list."""
    family, _, bold = candidate.group.removeprefix("numbered/").partition("/")
    other = {"1)": "1.", "1.": "1)"}.get(family)
    value = candidate.number.values if candidate.number else ()
    if other is None or value[-1] < 2 or any(_step(run.last, value) == 1 for run in open_runs.get(candidate.group, ())):
        return candidate
    group = f"numbered/{other}" + (f"/{bold}" if bold else "")
    waiting = any(_step(run.last, value) == 1 for run in open_runs.get(group, ())[-1:])
    return replace(candidate, group=group) if waiting else candidate


def _leave(open_runs: dict[str, list[_Run]], heading: Block) -> None:
    """Marks the runs whose section a heading ends."""
    for runs in open_runs.values():
        for run in runs:
            run.left = run.left or (run.section is not None and heading.level <= run.section.level)


def _file(open_runs: list[_Run], done: list[_Run], candidate: Candidate, heading: Block | None) -> None:
    """Adds an item to the run it goes on with, or opens a new one."""
    depth = _continued(open_runs, candidate)
    if depth is None:
        if candidate.number and candidate.number.values[-1] <= 1:
            done += [run for run in open_runs if run.left]
            open_runs[:] = [run for run in open_runs if not run.left]
        if len(open_runs) > _MOST_OPEN:
            done.append(open_runs.pop(0))
        open_runs.append(_Run([candidate], heading, heading))
        return
    for closed in open_runs[depth + 1 :]:
        closed.nested = closed.heading is heading or len(closed.items) < 2
        done.append(closed)
    del open_runs[depth + 1 :]
    run = open_runs[depth]
    run.items.append(candidate)
    run.section, run.left = heading, False


def _continued(open_runs: Sequence[_Run], candidate: Candidate) -> int | None:
    """Which open run an item goes on with: the innermost that waits for its number, else one with a small gap."""
    value = candidate.number.values if candidate.number else ()
    waiting = [depth for depth, run in enumerate(open_runs) if _step(run.last, value) == 1]
    if len(waiting) > 1:
        inner, outer = open_runs[waiting[-1]], open_runs[waiting[-2]]
        if abs(likeness(candidate) - asking(outer.items)) + 0.2 < abs(likeness(candidate) - asking(inner.items)):
            return waiting[-2]
    if waiting:
        return waiting[-1]
    top = len(open_runs) - 1
    gap = _step(open_runs[top].last, value) if open_runs else 0
    return top if 1 < gap <= 3 or (open_runs and gap == 0 and value[-1] > 1) else None


def _step(last: tuple[int, ...], value: tuple[int, ...]) -> int:
    """How far a number lies behind another; far off where the upper levels do not fit."""
    if len(last) != len(value):
        return 99
    if last[:-1] != value[:-1]:
        return 1 if len(value) > 1 and value[-1] <= 1 and value > last else 99
    return value[-1] - last[-1]


def _outer_items(runs: Sequence[_Run]) -> list[Candidate]:
    """The items of the runs that lie in no other; a short run in another style at the very end lies in the last item."""
    outer = sorted((run for run in runs if not run.nested), key=lambda run: run.items[0].start)
    if not outer:
        return []
    longest = max(outer, key=lambda run: len(run.items))
    if len(outer) > 1 and outer[-1].style != longest.style and 3 * len(outer[-1].items) <= len(longest.items):
        outer.pop()
    return [item for run in outer for item in run.items]


LAYOUT = Numbered()
