"""FSRS as published, fuzz that can be replayed, and settings that change due dates only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
from hypothesis import given
from hypothesis import strategies as st

from cv_quiz.model import Memory, Rating, State
from cv_quiz.scheduling.memory import interval_days, preview, rate, reschedule, retrievability
from cv_quiz.scheduling.settings import SchedulerSettings

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
SETTINGS = SchedulerSettings()
RATINGS = st.sampled_from(list(Rating))


def test_the_published_vectors() -> None:
    memory, at, days = Memory(), START, []
    for rating in [3] * 6 + [1] * 2 + [3] * 5:
        memory = rate(memory, Rating(rating), at, SETTINGS, seed=0)
        assert memory.due is not None
        days.append((memory.due - at).days)
        at = memory.due
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


@given(st.lists(st.tuples(RATINGS, st.floats(0, 400))))
def test_every_path_is_the_one_of_the_library(path: list[tuple[Rating, float]]) -> None:
    ours, theirs, at = Memory(), fsrs.Card(card_id=1), START
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    for rating, wait in path:
        at += timedelta(days=wait)
        ours = rate(ours, rating, at, SETTINGS, seed=0)
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(int(rating)), at)
        assert (ours.due, ours.stability_days, ours.difficulty) == (theirs.due, theirs.stability, theirs.difficulty)


@given(st.lists(RATINGS, min_size=4, max_size=12), st.integers(0, 2**32))
def test_fuzz_is_small_and_the_same_for_the_same_seed(ratings: list[Rating], seed: int) -> None:
    memory, at = Memory(), START
    fuzzy = SchedulerSettings(fuzz=True)
    for rating in ratings:
        memory = rate(memory, rating, at, fuzzy, seed)
        assert memory == reschedule(memory, fuzzy)
        assert memory.due is not None
        if memory.state is State.REVIEW and memory.stability_days:
            days, plain = (memory.due - at).days, interval_days(memory.stability_days, fuzzy)
            assert abs(days - plain) <= 1.5 + 0.15 * plain
        at = memory.due


def test_a_lower_retention_moves_the_due_date_and_nothing_else() -> None:
    memory = rate(rate(Memory(), Rating.GOOD, START, SETTINGS, 0), Rating.EASY, START + timedelta(days=3), SETTINGS, 0)
    later = reschedule(memory, SchedulerSettings(desired_retention=0.8))
    assert later.due is not None
    assert memory.due is not None
    assert later.due > memory.due
    assert later.stability_days == memory.stability_days


def test_the_clock_may_jump_back() -> None:
    memory = rate(Memory(), Rating.EASY, START, SETTINGS, 0)
    assert rate(memory, Rating.GOOD, START - timedelta(days=900), SETTINGS, 0).reps == 2


def test_retrievability_is_ninety_percent_after_one_stability() -> None:
    memory = rate(Memory(), Rating.EASY, START, SETTINGS, 0)
    assert memory.stability_days is not None
    at = START + timedelta(days=memory.stability_days)
    assert abs(retrievability(memory, at) - 0.9) < 1e-9
    assert retrievability(Memory(), at) == 0


def test_a_preview_keeps_its_word() -> None:
    settings = SchedulerSettings(fuzz=True)
    memory = rate(Memory(), Rating.EASY, START, settings, 1)
    at = START + timedelta(days=10)
    promised = preview("nms", memory, at, settings)
    assert promised == preview("nms", memory, at, settings)
    assert promised[Rating.AGAIN].state is State.RELEARNING
    assert promised[Rating.EASY].due > promised[Rating.HARD].due
