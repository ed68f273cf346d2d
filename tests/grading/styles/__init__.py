"""Functions as people write them, each with the judgement it has to get."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Expected:
    drill: str
    function: Callable[..., Any]
    verdict: str
    conventions: frozenset[str] = frozenset()
    diagnosis: str = ""
    name: str = field(default="")

    @property
    def label(self) -> str:
        return f"{self.drill}:{self.function.__name__}"


class Styles:
    """Collects the functions of one module."""

    def __init__(self, drill: str) -> None:
        self.drill = drill
        self.collected: list[Expected] = []

    def right(self, *said: str, name: str = "") -> Callable[[Any], Any]:
        """Accepted; `said` are the conventions and adaptations that have to be named, all of them."""

        def note(function: Any) -> Any:
            named = name or self.drill
            self.collected.append(Expected(self.drill, function, "accepted", frozenset(said), name=named))
            return function

        return note

    def wrong(self, diagnosis: str = "", *, verdict: str = "wrong-answer", name: str = "") -> Callable[[Any], Any]:
        """Not accepted, with this as one of the diagnoses."""

        def note(function: Any) -> Any:
            named = name or self.drill
            self.collected.append(Expected(self.drill, function, verdict, diagnosis=diagnosis, name=named))
            return function

        return note
