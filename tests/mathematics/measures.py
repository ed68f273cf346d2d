"""Two ways to measure terminal cells: as most terminals do, and as those do that give ambiguous characters two."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from wcwidth import wcwidth

if TYPE_CHECKING:
    from collections.abc import Callable


def narrow(text: str) -> int:
    return sum(max(wcwidth(character), 0) for character in text)


def wide(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(character) == "A" and wcwidth(character) > 0 else max(wcwidth(character), 0)
        for character in text
    )


MEASURES: dict[str, Callable[[str], int]] = {"narrow": narrow, "wide": wide}
