"""The state machine: what comes next, within which limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cv_quiz.clock import day_end, day_start
from cv_quiz.model import Card, Memory, Rating, State
from cv_quiz.scheduling.choice import most_to_lose
from cv_quiz.scheduling.memory import rate
from cv_quiz.scheduling.settings import SchedulerSettings
from cv_quiz.study import Limits, Pick, Session, suggested_rating

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
END = day_end(NOW)


class Deckless:
    """Offers out of plain lists."""

    def __init__(self, due=(), learning=(), fresh=()) -> None:
        self.memories = dict([*due, *learning])
        self.before = dict(self.memories)
        self.new = list(fresh)

    def due(self, before, now):
        return self._before(before, State.REVIEW)

    def learning(self, before, now):
        return self._before(before, State.LEARNING)

    def fresh(self, now):
        return [card for card in self.new if card not in self.memories]

    def count_due(self, before, now, most):
        return min(most, len(self.due(before, now)))

    def count_learning(self, before, now):
        return len(self.learning(before, now))

    def count_fresh(self, now, most):
        return min(most, len(self.fresh(now)))

    def done_today(self, now):
        changed = {card for card, memory in self.memories.items() if self.before.get(card) != memory}
        return len(changed - self.before.keys()), len(changed & self.before.keys())

    def _before(self, before, state):
        found = [
            (card, memory) for card, memory in self.memories.items() if memory.state is state and memory.due < before
        ]
        return sorted(found, key=lambda item: item[1].due)


def reviewed(days_ago: float, stability: float = 3.0) -> Memory:
    last = NOW - timedelta(days=days_ago)
    return Memory(State.REVIEW, None, stability, 5.0, last + timedelta(days=stability), last, 3)


def play(session: Session, offers: Deckless, rating: Rating = Rating.GOOD, most: int = 100) -> list[Pick]:
    picks = []
    while len(picks) < most and (pick := session.next(NOW)):
        before = offers.memories.get(pick.card, Memory())
        offers.memories[pick.card] = rate(before, rating, NOW, SchedulerSettings(), 0)
        session.answered(pick, rating, str(len(picks)))
        picks.append(pick)
    return picks


def session(
    offers: Deckless, new: int = 20, reviews: int = 200, cards: dict[str, Card] | None = None, **more
) -> Session:
    return Session(offers, Limits(new, reviews, END, **more), (cards or {}).get)


def test_new_cards_stand_between_reviews() -> None:
    offers = Deckless(due=[(f"r{n}", reviewed(9)) for n in range(6)], fresh=[f"n{n}" for n in range(3)])
    first = [pick.why for pick in play(session(offers), offers, Rating.EASY)]
    assert first.count("new") == 3
    assert "new" in first[:4]
    assert first[:3].count("new") < 3


def test_learning_steps_are_not_waited_for() -> None:
    offers = Deckless(fresh=["a"])
    assert [pick.why for pick in play(session(offers), offers)] == ["new", "ahead"]


def test_the_card_just_asked_waits_for_another() -> None:
    offers = Deckless(fresh=["a", "b"])
    assert [pick.card for pick in play(session(offers), offers)][:4] == ["a", "b", "a", "b"]


def test_limits_hold() -> None:
    offers = Deckless(due=[(f"r{n}", reviewed(9)) for n in range(9)], fresh=[f"n{n}" for n in range(9)])
    picks = play(session(offers, new=2, reviews=3), offers, Rating.EASY)
    assert [pick.why for pick in picks].count("new") == 2
    assert [pick.why for pick in picks].count("review") == 3
    assert len(play(session(Deckless(fresh=["a", "b"]), cards=None), Deckless(fresh=["a", "b"]), most=1)) == 1
    assert session(offers, until=NOW).next(NOW) is None


def test_siblings_do_not_meet() -> None:
    cards = {"a": Card("a", siblings=("b",))}
    offers = Deckless(fresh=["a", "b"])
    assert {pick.card for pick in play(session(offers, cards=cards), offers, Rating.EASY)} == {"a"}


def test_prerequisites_come_first() -> None:
    cards = {"c": Card("c", prerequisites=("b",)), "b": Card("b", prerequisites=("a",)), "a": Card("a")}
    offers = Deckless(fresh=["c", "b", "a"])
    assert [pick.card for pick in play(session(offers, cards=cards), offers, Rating.EASY)] == ["a", "b", "c"]


def test_prerequisites_in_a_circle_do_not_hang() -> None:
    cards = {"a": Card("a", prerequisites=("b",)), "b": Card("b", prerequisites=("a",))}
    offers = Deckless(fresh=["a", "b"])
    assert len(play(session(offers, cards=cards), offers, Rating.EASY)) == 2


def test_undo_gives_the_slot_back() -> None:
    offers = Deckless(fresh=["a", "b"])
    running = session(offers, new=1)
    pick = running.next(NOW)
    offers.memories[pick.card] = rate(Memory(), Rating.EASY, NOW, SchedulerSettings(), 0)
    running.answered(pick, Rating.EASY, "1")
    assert running.new_left(NOW) == 0
    assert running.undo().pick == pick
    del offers.memories[pick.card]
    assert running.new_left(NOW) == 1


def test_the_card_with_most_to_lose_is_asked_first() -> None:
    fragile, solid = reviewed(4, stability=2.0), reviewed(400, stability=300.0)
    assert most_to_lose([("solid", solid), ("fragile", fragile)], NOW) == "fragile"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_every_instant_lies_in_one_day(now: datetime) -> None:
    assert day_start(now) <= now < day_end(now)
    assert day_start(now).hour == 4
    assert day_start(day_end(now)) == day_end(now)


def test_shares_suggest_ratings() -> None:
    assert [suggested_rating(share) for share in (0, 0.4, 0.5, 0.9, 1)] == [
        Rating.AGAIN, Rating.AGAIN, Rating.HARD, Rating.HARD, Rating.GOOD,
    ]  # fmt: skip
