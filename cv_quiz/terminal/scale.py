"""From coordinates to columns and rows of characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from cv_quiz.terminal.sheet import Sheet

    Floats = npt.NDArray[np.float64]

# A cell is about twice as high as wide.
ASPECT = 2
HEIGHT = 11
# Rows for one unit, where coordinates are small whole numbers.
_UNITS = (3, 2, 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """`low` is the corner at column `left` and row `top`; `unit` is cells per unit on each axis."""

    low: Floats
    unit: Floats
    left: int = 0
    top: int = 0

    @classmethod
    def of(cls, corners: Floats, width: int) -> Scale:
        """The scale at which all corners (n, 2) fit, with the same unit in both directions where there is room."""
        low, high = corners.min(axis=0), corners.max(axis=0)
        size = np.maximum(high - low, 1e-9)
        left = max(len(_tick(value)) for value in corners[:, 1]) + 1
        room = width - left - max(len(_tick(value)) for value in corners[:, 0])
        for rows in _UNITS:
            if size[0] * rows * ASPECT <= room and size[1] * rows < HEIGHT:
                return cls(low, np.array([rows * ASPECT, rows], dtype=float), left, 1)
        rows = min((HEIGHT - 1) / size[1], room / size[0] / ASPECT)
        unit = np.array([rows * ASPECT, rows])
        return cls(low, np.where(size < 1e-6, 1.0, np.maximum(unit, np.minimum(2.0, room) / size)), left, 1)

    def place(self, corner: Floats) -> tuple[int, int]:
        """Column and row of a point."""
        column, row = np.round((corner - self.low) * self.unit)
        return self.left + int(column), self.top + int(row)

    def write_ticks(self, sheet: Sheet, corners: Floats) -> None:
        """The coordinates at which something begins or ends, above and to the left, as far as there is room."""
        for value in np.unique(corners[:, 0]):
            column, text = self.place(np.array([value, self.low[1]]))[0], _tick(value)
            if sheet.is_free(column - 1, 0, len(text) + 1):
                sheet.write(column, 0, text, "dim")
        for value in np.unique(corners[:, 1]):
            row, text = self.place(np.array([self.low[0], value]))[1], _tick(value)
            column = self.left - 1 - len(text)
            if sheet.is_free(column, row, len(text)):
                sheet.write(column, row, text, "dim")


def _tick(value: float) -> str:
    return f"{float(value):.4g}"
