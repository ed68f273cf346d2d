"""What to ask next, out of what could be asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cv_quiz.scheduling.memory import retrievability

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cv_quiz.model import Memory

DAY = timedelta(days=1)


def loss_of_waiting(memory: Memory, now: datetime) -> float:
    """How much retrievability is lost if a card waits until tomorrow."""
    return retrievability(memory, now) - retrievability(memory, now + DAY)


def most_to_lose(due: Sequence[tuple[str, Memory]], now: datetime) -> str:
    """The card that loses most by waiting; among equals the first, so give them in the order of their due dates."""
    return max(due, key=lambda item: loss_of_waiting(item[1], now))[0]


def new_card_is_next(new_left: int, reviews_left: int, new_done: int, reviews_done: int) -> bool:
    """Whether a new card keeps the two evenly mixed: their shares asked so far follow their shares of the whole."""
    if not new_left or not reviews_left:
        return bool(new_left)
    new_total, reviews_total = new_left + new_done, reviews_left + reviews_done
    return new_done * reviews_total < reviews_done * new_total
