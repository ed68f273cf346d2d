"""What a counterexample looks like: boxes with their overlap, points with their clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cv_quiz.comparison import Kept, Picked
from cv_quiz.drills._boxes import overlap
from cv_quiz.language import Text
from cv_quiz.terminal.cluster_pictures import cluster_lines
from cv_quiz.terminal.scale import Scale
from cv_quiz.terminal.sheet import Canvas, Pieces, Row, Sheet, beside, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from cv_quiz.grading.findings import Counterexample

    Floats = npt.NDArray[np.float64]

__all__ = ["Canvas", "draw"]

NARROWEST = 20
# More boxes than this are a thicket, not a picture.
MOST_BOXES = 12

_HEADER = (
    Text("框", "box"),
    Text("得分", "score"),
    Text("IoU（与）", "IoU (with)"),
    Text("应为", "expected"),
    Text("得到", "got"),
)
_KEPT, _DROPPED = Text("保留", "kept"), Text("去掉", "dropped")
_DASHED = Text("虚线：应去掉的框", "dashed: boxes that have to go")
_DASHED_B = Text("实线 {a}，虚线 {b}，阴影是交集", "solid {a}, dashed {b}, shaded: intersection")
_APART = Text("实线 {a}，虚线 {b}，没有交集", "solid {a}, dashed {b}: no intersection")


def draw(counterexample: Counterexample, picture: str, canvas: Canvas) -> list[str]:
    """The lines of a picture, none wider than the canvas; none at all where there is nothing to see.

    That is so where no answer came, since an error has no place, and where there is too little room.
    """
    if counterexample.right is None or counterexample.given is None or canvas.width < NARROWEST:
        return []
    if picture == "points":
        return cluster_lines(counterexample, canvas)
    if picture != "boxes":
        return []
    inputs = counterexample.inputs
    return _picked(counterexample, canvas) if "boxes" in inputs else _pair(counterexample, canvas)


@dataclass(frozen=True, slots=True)
class _Box:
    """One box to draw; the first of its labels for which there is room is written."""

    corners: Floats
    labels: tuple[str, ...]
    dashed: bool = False
    style: str = ""


def _pair(found: Counterexample, canvas: Canvas) -> list[str]:
    """The two boxes that are asked about, or those of the first entry that is wrong, and their intersection."""
    inputs = found.inputs
    if "box_a" in inputs:
        a, b = _Box(inputs["box_a"], ("a",)), _Box(inputs["box_b"], ("b",), dashed=True)
    else:
        entry = _first_difference(np.asarray(found.right), np.asarray(found.given))
        if entry is None:
            return []
        row, column = entry
        a = _Box(inputs["boxes_a"][row], (f"a{row}",))
        b = _Box(inputs["boxes_b"][column], (f"b{column}",), dashed=True)
    meets = bool((np.minimum(a.corners[2:], b.corners[2:]) > np.maximum(a.corners[:2], b.corners[:2])).all())
    legend = (_DASHED_B if meets else _APART).format(a=a.labels[0], b=b.labels[0]).say(canvas.language)
    return beside(_drawn([a, b], [(a, b)], canvas), _legend(legend, canvas), canvas)


def _first_difference(right: Floats, given: Floats) -> tuple[int, int] | None:
    """Row and column of the first entry that is wrong; None where there is none, or the shape is wrong."""
    if right.ndim != 2 or right.shape != given.shape:
        return None
    differing = np.argwhere(~np.isclose(right, given, rtol=1e-5, atol=1e-8, equal_nan=True))
    return (int(differing[0][0]), int(differing[0][1])) if len(differing) else None


def _picked(found: Counterexample, canvas: Canvas) -> list[str]:
    """All boxes with what became of them and what should have."""
    boxes = np.asarray(found.inputs["boxes"], dtype=float).reshape(-1, 4)
    if not len(boxes) or len(boxes) > MOST_BOXES:
        return []
    fates = [_Fate.of(found, at) for at in range(len(boxes))]
    drawn = [
        _Box(
            box,
            (*([f"{at}:{_short(fate.score)}"] if fate.score is not None else []), str(at)),
            fate.dropped,
            fate.style,
        )
        for at, (box, fate) in enumerate(zip(boxes, fates, strict=True))
    ]
    order = sorted(range(len(boxes)), key=lambda at: (-(fates[at].score or 0.0), at))
    rows = [tuple(text.say(canvas.language) for text in _HEADER)]
    rows += [(str(at), *fates[at].cells(canvas)) for at in order]
    facts = _fitting(rows, canvas, [bool(fates[at].style) for at in order])
    dashed = _legend(_DASHED.say(canvas.language), canvas) if any(fate.dropped for fate in fates) else []
    pairs = [(drawn[at], drawn[fate.rival]) for at, fate in enumerate(fates) if fate.style and fate.rival is not None]
    return beside(_drawn(drawn, pairs[:1], canvas), [*facts, *dashed], canvas)


def _fitting(rows: Sequence[Row], canvas: Canvas, bad: Sequence[bool]) -> Pieces:
    """The table with as many columns as there is room for; the fates are what it cannot do without."""
    for columns in (range(5), (0, 1, 3, 4), (0, 3, 4)):
        facts = table([tuple(row[column] for column in columns) for row in rows], canvas, bad)
        if all(canvas.cells(text) <= canvas.width for line in facts for text, _ in line):
            return facts
    return []


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of one box: the better kept box it overlaps most, and what is right and was given."""

    score: float | None
    rival: int | None
    iou: float
    limit: tuple[str, float] | None
    wanted: tuple[str, ...] | None
    found: tuple[str, ...] | None

    @classmethod
    def of(cls, found: Counterexample, at: int) -> _Fate:
        """The fate of the box with an index."""
        boxes = np.asarray(found.inputs["boxes"], dtype=float)
        scores = found.inputs.get("scores")
        before = _better_kept(found, at)
        ious = overlap(boxes[at], boxes[before], found.keywords.get("pixel", 0.0)) if before else np.zeros(0)
        best = int(ious.argmax()) if len(ious) else None
        return cls(
            score=None if scores is None else float(scores[at]),
            rival=None if best is None else before[best],
            iou=0.0 if best is None else float(ious[best]),
            limit=_limit(found.inputs, found.keywords),
            wanted=_place(found.right, at),
            found=_place(found.given, at),
        )

    @property
    def dropped(self) -> bool:
        """Whether it has to go."""
        return self.wanted is None

    @property
    def style(self) -> str:
        """The colour of a box whose fate is another than it should be."""
        return "bad" if self.wanted != self.found else ""

    def cells(self, canvas: Canvas) -> tuple[str, ...]:
        """Score, decisive overlap, and both fates in words; an exclamation mark where they differ."""
        score = "" if self.score is None else _short(self.score)
        fates = [self._said(place, canvas) for place in (self.wanted, self.found)]
        return score, self._overlap(), fates[0], fates[1] + (" !" if self.style else "")

    def _said(self, place: tuple[str, ...] | None, canvas: Canvas) -> str:
        """Dropped, or the place among the picked ones; `kept` goes without saying where the score stands there too."""
        if place is None:
            return _DROPPED.say(canvas.language)
        words = [] if self.limit is None else [_KEPT.say(canvas.language)]
        return " ".join([*words, *place]).strip() or "-"

    def _overlap(self) -> str:
        if self.rival is None:
            return "-"
        if self.limit is None:
            return f"{self.iou:.3g} ({self.rival})"
        above, limit = self.limit
        is_above = self.iou >= limit if above == ">=" else self.iou > limit
        sign = above if is_above else {">": "<=", ">=": "<"}[above]
        return f"{self.iou:.3g} {sign} {limit:.3g} ({self.rival})"


def _better_kept(found: Counterexample, at: int) -> list[int]:
    """The boxes that are picked before one: where it is not picked itself, all of no lesser score."""
    picked = list(found.right.indices or ()) if isinstance(found.right, Kept | Picked) else []
    if at in picked:
        return picked[: picked.index(at)]
    scores = found.inputs.get("scores")
    return picked if scores is None else [other for other in picked if scores[other] >= scores[at]]


def _limit(inputs: Mapping[str, object], keywords: Mapping[str, object]) -> tuple[str, float] | None:
    limit = keywords.get("iou_threshold", inputs.get("iou_threshold"))
    above = ">=" if keywords.get("at_threshold") else ">"
    return (above, float(limit)) if isinstance(limit, int | float) else None


def _place(answer: object, at: int) -> tuple[str, ...] | None:
    """Place and score of a box in an answer, several where it occurs more than once; None where it does not."""
    if not isinstance(answer, Kept | Picked) or answer.indices is None:
        return ()
    scores = answer.scores if isinstance(answer, Picked) else None
    places = [place for place, index in enumerate(answer.indices) if index == at]
    if not places:
        return None
    numbered = [f"#{place + 1}" if answer.ordered else "" for place in places]
    return tuple(
        f"{name} {_short(scores[place]) if scores else ''}".strip()
        for name, place in zip(numbered, places, strict=True)
    )


def _short(value: float) -> str:
    return f"{value:.4g}"


def _legend(words: str, canvas: Canvas) -> Pieces:
    """A line in small print; left out where it is too wide, since the report says it all in words."""
    return [[(words, "dim")]] if canvas.cells(words) <= canvas.width else []


def _drawn(boxes: Sequence[_Box], pairs: Sequence[tuple[_Box, _Box]], canvas: Canvas) -> Pieces:
    """The boxes with their labels on a sheet, and the shaded intersections of some pairs."""
    corners = np.concatenate([box.corners.reshape(2, 2) for box in boxes])
    scale, sheet = Scale.of(corners, canvas.width), Sheet(canvas.plain)
    frames = [(*scale.place(box.corners[:2]), *scale.place(box.corners[2:])) for box in boxes]
    for box, frame in zip(boxes, frames, strict=True):
        sheet.frame(*frame, dashed=box.dashed, style=box.style)
    for a, b in pairs:
        low, high = np.maximum(a.corners[:2], b.corners[:2]), np.minimum(a.corners[2:], b.corners[2:])
        if (high > low).all():
            sheet.shade(*scale.place(low), *scale.place(high))
    scale.write_ticks(sheet, corners)
    for at, box in enumerate(boxes):
        _write_label(sheet, box, frames[at], [frame for other, frame in enumerate(frames) if other != at])
    return list(sheet.pieces())


Frame = tuple[int, int, int, int]


def _write_label(sheet: Sheet, box: _Box, frame: Frame, others: Sequence[Frame]) -> None:
    """Write the first label that fits inside the box, where the fewest other boxes lie; else beside or onto the frame."""
    left, top, right, bottom = frame
    for label in box.labels:
        inside = [
            (sum(_holds(other, column, row, len(label)) for other in others), row, column)
            for row in range(top + 1, bottom)
            for column in range(left + 1, right - len(label) + 1)
            if sheet.is_free(column, row, len(label)) and sheet.stands_alone(column, row, len(label))
        ]
        if inside:
            _, row, column = min(inside)
            sheet.write(column, row, label, box.style)
            return
    label = box.labels[-1]
    beside_it = [(right + 1, top), (right + 1, bottom), (left, bottom + 1)]
    column, row = next((place for place in beside_it if sheet.is_free(*place, len(label))), (left, top))
    sheet.write(column, row, label, box.style)


def _holds(frame: Frame, column: int, row: int, length: int) -> bool:
    left, top, right, bottom = frame
    return column + length > left and column <= right and top <= row <= bottom
