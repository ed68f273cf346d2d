# right: dataclass with area and intersection methods, thin function on top
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """Axis-aligned box, corners."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def area(self) -> float:
        return max(0.0, self.x2 - self.x1) * max(0.0, self.y2 - self.y1)

    def intersect(self, other: Box) -> Box:
        return Box(
            max(self.x1, other.x1),
            max(self.y1, other.y1),
            min(self.x2, other.x2),
            min(self.y2, other.y2),
        )

    def iou(self, other: Box) -> float:
        inter = self.intersect(other).area
        union = self.area + other.area - inter
        return inter / union if union else 0.0


def iou(box_a, box_b) -> float:
    return Box(*map(float, box_a)).iou(Box(*map(float, box_b)))
