"""How a rating changes a memory: FSRS-6 through the `fsrs` library, with a fuzz that can be replayed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import fsrs

from cv_quiz.model import Memory, Rating, State

if TYPE_CHECKING:
    from cv_quiz.scheduling.settings import SchedulerSettings

# Ye, FSRS (open-spaced-repetition), fuzz ranges: share of the days between two bounds that may be added or taken.
FUZZ_SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))

_TO_FSRS = {
    State.NEW: fsrs.State.Learning,
    State.LEARNING: fsrs.State.Learning,
    State.REVIEW: fsrs.State.Review,
    State.RELEARNING: fsrs.State.Relearning,
}
_FROM_FSRS = {
    fsrs.State.Learning: State.LEARNING,
    fsrs.State.Review: State.REVIEW,
    fsrs.State.Relearning: State.RELEARNING,
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=64)
def _scheduler(settings: SchedulerSettings) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=settings.desired_retention,
        learning_steps=settings.learning_steps,
        relearning_steps=settings.relearning_steps,
        maximum_interval=settings.maximum_interval_days,
        enable_fuzzing=False,
    )


def _fsrs_card(memory: Memory) -> fsrs.Card:
    return fsrs.Card(
        card_id=1,  # not used; a given id spares the library's wait for a unique one
        state=_TO_FSRS[memory.state],
        step=memory.step,
        stability=memory.stability_days,
        difficulty=memory.difficulty,
        due=memory.due or _EPOCH,
        last_review=memory.last_review,
    )


def fuzz_seed(card: str, memory: Memory) -> int:
    """The seed of a card's next fuzz: the same until it is rated, so that a preview keeps its word."""
    return crc32(f"{card}/{memory.reps}".encode())


def rate(memory: Memory, rating: Rating, at: datetime, settings: SchedulerSettings, seed: int) -> Memory:
    """The memory after a rating at an instant."""
    at = at.astimezone(UTC)
    card, _ = _scheduler(settings).review_card(_fsrs_card(memory), fsrs.Rating(int(rating)), at)
    forgotten = rating is Rating.AGAIN and memory.state is State.REVIEW
    after = Memory(
        state=_FROM_FSRS[card.state],
        step=card.step,
        stability_days=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=at,
        reps=memory.reps + 1,
        lapses=memory.lapses + forgotten,
        fuzz_seed=seed,
    )
    return reschedule(after, settings)


def reschedule(memory: Memory, settings: SchedulerSettings) -> Memory:
    """The memory with its due date under today's settings; learning steps stay as they were set."""
    if memory.state is not State.REVIEW or memory.stability_days is None or memory.last_review is None:
        return memory
    days = interval_days(memory.stability_days, settings)
    if settings.fuzz:
        days = _fuzzed(days, memory.fuzz_seed, settings.maximum_interval_days)
    return replace(memory, due=memory.last_review + timedelta(days=days))


def interval_days(stability_days: float, settings: SchedulerSettings) -> int:
    """Whole days until retrievability falls to the desired retention (FSRS-6, forgetting curve)."""
    curve = _scheduler(settings)
    factor = 0.9 ** (-1 / curve.parameters[20]) - 1
    days: float = stability_days / factor * (settings.desired_retention ** (-1 / curve.parameters[20]) - 1)
    return int(min(max(round(days), 1), settings.maximum_interval_days))


def preview(card: str, memory: Memory, at: datetime, settings: SchedulerSettings) -> dict[Rating, Memory]:
    """What each of the four ratings would lead to."""
    seed = fuzz_seed(card, memory)
    return {rating: rate(memory, rating, at, settings, seed) for rating in Rating}


def retrievability(memory: Memory, at: datetime) -> float:
    """The probability, 0 to 1, that the card is remembered at an instant; 0 where it was never learned.

    The published curve is used with fractions of a day, so that cards of one day can be told apart.
    """
    if memory.stability_days is None or memory.last_review is None:
        return 0.0
    decay = -fsrs.scheduler.FSRS_DEFAULT_DECAY
    days = max(0.0, (at - memory.last_review) / timedelta(days=1))
    return float((1 + (0.9 ** (1 / decay) - 1) * days / memory.stability_days) ** decay)


def _fuzzed(days: int, seed: int, maximum_days: int) -> int:
    """An interval moved a little, by a seed, so that cards learned together do not stay together."""
    if days < FUZZ_SHARES[0][0]:
        return days
    delta = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in FUZZ_SHARES)
    low, high = max(2, round(days - delta)), min(round(days + delta), maximum_days)
    # The seed comes out of the log, for a replay; nothing here is secret.
    return random.Random(seed).randint(min(low, high), high)  # noqa: S311
