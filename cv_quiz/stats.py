"""What the log says about the learner: a pure function of events, standings and settings."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cv_quiz.clock import day_start
from cv_quiz.model import Rating, Standing, State
from cv_quiz.scheduling.replay import apply, as_review, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from cv_quiz.model import Event, Review

FORECAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Share:
    """A share of successes, 0 to 1, with its 95 % interval (Wilson, JASA 1927)."""

    successes: int
    total: int

    @property
    def value(self) -> float | None:
        """The share; None where nothing was tried."""
        return self.successes / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The bounds between which the true share lies with 95 % confidence."""
        if not self.total:
            return None
        z, n, p = 1.959964, self.total, self.successes / self.total
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Recall:
    """One review of a card that had been learned: whether it was still known."""

    review: Review
    known: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What was done on one deck or one tag."""

    reviews: int
    seconds: float
    retention: Share


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything `cvquiz stats` shows."""

    reviews_by_day: Mapping[date, int]
    seconds_by_day: Mapping[date, float]
    forecast: Sequence[int]
    retention: Share
    by_group: Mapping[str, Group]
    states: Mapping[str, int]


def statistics(
    events: Iterable[Event],
    standings: Mapping[str, Standing],
    groups: Mapping[str, Sequence[str]],
    now: datetime,
) -> Statistics:
    """The statistics of a log. `groups` gives each card's decks and tags; days turn at 4:00 in the zone of `now`."""
    valid = in_force(events)
    reviews = [as_review(event) for event in valid if event.kind == "review"]
    recalls = _recalls(valid)
    return Statistics(
        reviews_by_day=Counter(study_date(review.at, now) for review in reviews),
        seconds_by_day=_seconds(reviews, now),
        forecast=_forecast(standings, now),
        retention=_share(recalls),
        by_group=_by_group(reviews, recalls, groups),
        states=Counter(standing.memory.state.value for standing in standings.values() if standing.memory.reps),
    )


def study_date(at: datetime, now: datetime) -> date:
    """The day of study an instant belongs to, in the zone of `now`."""
    return day_start(at.astimezone(now.tzinfo)).date()


def weakest(by_group: Mapping[str, Group], least: int = 5) -> list[tuple[str, Share]]:
    """The groups with at least so many recalls, the lowest share first."""
    tried = [(name, group.retention) for name, group in by_group.items() if group.retention.total >= least]
    return sorted(tried, key=lambda item: (item[1].value, -item[1].total))


def _recalls(events: Sequence[Event]) -> list[Recall]:
    """Reviews of cards in review, a day or more after the last one: what desired retention speaks of."""
    standings: dict[str, Standing] = {}
    found = []
    for event in events:
        before = standings.get(event.card, Standing())
        if event.kind == "review" and _was_learned(before, event.at):
            review = as_review(event)
            found.append(Recall(review, review.rating is not Rating.AGAIN))
        standings[event.card] = apply(before, event)
    return found


def _was_learned(standing: Standing, at: datetime) -> bool:
    last = standing.memory.last_review
    return standing.memory.state is State.REVIEW and last is not None and at - last >= timedelta(days=1)


def _share(recalls: Sequence[Recall]) -> Share:
    return Share(sum(recall.known for recall in recalls), len(recalls))


def _by_group(
    reviews: Sequence[Review], recalls: Sequence[Recall], groups: Mapping[str, Sequence[str]]
) -> dict[str, Group]:
    done: dict[str, list[Review]] = defaultdict(list)
    recalled: dict[str, list[Recall]] = defaultdict(list)
    for review in reviews:
        for name in groups.get(review.card, ()):
            done[name].append(review)
    for recall in recalls:
        for name in groups.get(recall.review.card, ()):
            recalled[name].append(recall)
    return {name: Group(len(found), sum(map(_spent, found)), _share(recalled[name])) for name, found in done.items()}


def _spent(review: Review) -> float:
    """Seconds of one answer. A card left open over lunch is no hour of study: Anki caps an answer at 60 s as well."""
    return min(review.duration_ms / 1000, 60.0)


def _seconds(reviews: Sequence[Review], now: datetime) -> dict[date, float]:
    seconds: dict[date, float] = defaultdict(float)
    for review in reviews:
        seconds[study_date(review.at, now)] += _spent(review)
    return dict(seconds)


def _forecast(standings: Mapping[str, Standing], now: datetime) -> list[int]:
    """How many cards fall due on each of the next days; what is overdue counts for today."""
    today = study_date(now, now)
    counts = [0] * FORECAST_DAYS
    for standing in standings.values():
        if standing.memory.due is not None and not standing.suspended:
            day = max(0, (study_date(standing.memory.due, now) - today).days)
            if day < FORECAST_DAYS:
                counts[day] += 1
    return counts
