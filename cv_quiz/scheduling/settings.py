"""What the user can set about scheduling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SchedulerSettings:
    """The settings of FSRS-6 that are the user's to choose; its parameters are the published defaults."""

    desired_retention: float = 0.9
    learning_steps: tuple[timedelta, ...] = (MINUTE, 10 * MINUTE)
    relearning_steps: tuple[timedelta, ...] = (10 * MINUTE,)
    maximum_interval_days: int = 36500
    fuzz: bool = False

    def as_data(self) -> dict[str, Any]:
        """What the log keeps beside a review, so that it can be replayed under the settings of its time."""
        return {
            "desired_retention": self.desired_retention,
            "learning_steps_s": [step.total_seconds() for step in self.learning_steps],
            "relearning_steps_s": [step.total_seconds() for step in self.relearning_steps],
            "maximum_interval_days": self.maximum_interval_days,
            "fuzz": self.fuzz,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SchedulerSettings:
        """The settings a review of the log was made under."""
        return cls(
            desired_retention=data["desired_retention"],
            learning_steps=tuple(timedelta(seconds=step) for step in data["learning_steps_s"]),
            relearning_steps=tuple(timedelta(seconds=step) for step in data["relearning_steps_s"]),
            maximum_interval_days=data["maximum_interval_days"],
            fuzz=data["fuzz"],
        )
