"""Line ranges that follow one another."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Ranges:
    """Line ranges that follow one another: is a line inside, and where does its range end?"""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self.ranges = list(ranges)
        self.starts = [start for start, _ in self.ranges]

    def __contains__(self, line: int) -> bool:
        return self.end(line) >= line

    def end(self, line: int) -> int:
        """The last line of the range a line lies in; 0 outside of all."""
        at = bisect_right(self.starts, line) - 1
        return self.ranges[at][1] if at >= 0 and self.ranges[at][1] >= line else 0


def outermost(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Nested ranges without those inside others."""
    kept: list[tuple[int, int]] = []
    for start, end in ranges:
        if not kept or start > kept[-1][1]:
            kept.append((start, end))
    return Ranges(kept)
