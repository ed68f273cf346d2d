"""The account of a document's lines: every one that is not blank is in exactly one card, or was left out for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cv_quiz.documents.sections import Sections
    from cv_quiz.documents.view import Reason, View
    from cv_quiz.language import Text

LineRange = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines `start` to `end` of a document that went into no card, why, and what they say."""

    start: int
    end: int
    reason: Text
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The lines a card claims: `start` to `asked_end` hold the question, up to `end` the answer follows, of which the
    lines in `left_out` are no part."""

    start: int
    asked_end: int
    end: int
    left_out: Mapping[int, Reason]


def account_for(
    view: View, claims: Sequence[Claim], sections: Sections
) -> tuple[list[tuple[LineRange, ...]], tuple[LeftOut, ...]]:
    """For each claim its line ranges, and everything else with the reason why it is in no card.

    Lines that only blank ones part are one range.
    """
    owners, reasons = _settle(view, claims)
    runs: list[tuple[int, int, int | Reason]] = []
    for number, line in enumerate(view.lines, 1):
        if not line or line.isspace():
            continue
        fate = owners[number] if number in owners else reasons.get(number) or sections.reason(number)
        if runs and runs[-1][2] == fate:
            runs[-1] = (runs[-1][0], number, fate)
        else:
            runs.append((number, number, fate))
    owned: list[list[LineRange]] = [[] for _ in claims]
    for low, high, fate in runs:
        if isinstance(fate, int):
            owned[fate].append((low, high))
    left = (
        LeftOut(low, high, fate.value, _excerpt(view, low, high))
        for low, high, fate in runs
        if not isinstance(fate, int)
    )
    return [tuple(ranges) for ranges in owned], tuple(left)


def _settle(view: View, claims: Sequence[Claim]) -> tuple[dict[int, int], dict[int, Reason]]:
    """Which claim gets which line; of two that claim one, the first. A question's own lines are always its own."""
    owners: dict[int, int] = {}
    reasons = dict(view.reasons)
    for index, claim in enumerate(claims):
        reasons |= claim.left_out
        for number in range(claim.start, claim.end + 1):
            if number not in reasons or number <= claim.asked_end:
                owners.setdefault(number, index)
    return owners, reasons


def _excerpt(view: View, low: int, high: int) -> str:
    return "\n".join(line[:400] for line in view.lines[low - 1 : min(high, low + 199)]).strip()
