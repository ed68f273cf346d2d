"""From the log to the standing of each card: a pure function of the events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from cv_quiz.model import Event, Rating, Review, Standing
from cv_quiz.scheduling.memory import rate
from cv_quiz.scheduling.settings import SchedulerSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def in_force(events: Iterable[Event]) -> list[Event]:
    """The events in the log's order, without undo events and without what they undid."""
    ordered = sorted(events, key=lambda event: event.id)
    undone = {event.data["target"] for event in ordered if event.kind == "undo"}
    return [event for event in ordered if event.kind != "undo" and event.id not in undone]


def replay(events: Iterable[Event]) -> dict[str, Standing]:
    """The standing of every card the log speaks of."""
    standings: dict[str, Standing] = {}
    for event in in_force(events):
        standings[event.card] = apply(standings.get(event.card, Standing()), event)
    return standings


def apply(standing: Standing, event: Event) -> Standing:
    """A standing after one more event. Kinds of a later version are kept in the log and change nothing here."""
    change = _CHANGES.get(event.kind)
    return change(standing, event) if change else standing


def as_review(event: Event) -> Review:
    """The rating that a review event holds."""
    data = event.data
    return Review(
        id=event.id,
        card=event.card,
        rating=Rating(data["rating"]),
        at=event.at,
        duration_ms=data["duration_ms"],
        source=data["source"],
        text_hash=data.get("text_hash", ""),
    )


def _review(standing: Standing, event: Event) -> Standing:
    settings = SchedulerSettings.from_data(event.data)
    rating = Rating(event.data["rating"])
    return replace(standing, memory=rate(standing.memory, rating, event.at, settings, event.data["fuzz_seed"]))


def _bury(standing: Standing, event: Event) -> Standing:
    return replace(standing, buried_until=datetime.fromisoformat(event.data["until"]))


_CHANGES: dict[str, Callable[[Standing, Event], Standing]] = {
    "review": _review,
    "bury": _bury,
    "suspend": lambda standing, _: replace(standing, suspended=True),
    "resume": lambda standing, _: replace(standing, suspended=False, buried_until=None),
    "flag": lambda standing, event: replace(standing, flag=str(event.data.get("reason", ""))),
    "unflag": lambda standing, _: replace(standing, flag=None),
}
