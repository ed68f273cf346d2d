"""Delimiters as tall as what they enclose."""

from __future__ import annotations

from cv_quiz.terminal.mathematics.boxes import EMPTY, Box, Canvas, beside, padded, stacked, tall
from cv_quiz.terminal.mathematics.nodes import Unsure
from cv_quiz.terminal.mathematics.symbols import ASCII_DELIMITERS

# Top, middle and bottom piece (Unicode, block Miscellaneous Technical).
_PIECES = {
    "(": "⎛⎜⎝",
    ")": "⎞⎟⎠",
    "[": "⎡⎢⎣",
    "]": "⎤⎥⎦",
    "⌊": "⎢⎢⎣",
    "⌋": "⎥⎥⎦",
    "⌈": "⎡⎢⎢",
    "⌉": "⎤⎥⎥",
    "|": "│││",
    "‖": "║║║",
    "⟦": "⟦⟦⟦",
    "⟧": "⟧⟧⟧",
}
_ASCII_PIECES = {
    "(": "/|\\",
    ")": "\\|/",
    "[": "[[[",
    "]": "]]]",
    "⌊": "||+",
    "⌋": "||+",
    "⌈": "+||",
    "⌉": "+||",
    "|": "|||",
}
# Top, straight part, point, bottom.
_BRACES = {"{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭"}
_ASCII_BRACES = {"{": "/|<\\", "}": "\\|>/"}
_ANGLES = {"⟨": "/<\\", "⟩": "\\>/"}


def level(left: str, parts: list[Box], middles: list[str], right: str, canvas: Canvas) -> Box:
    """The parts between delimiters of one row, whatever stands above and below the line in scripts."""
    boxes = [delimiter(left, 0, 0, canvas)]
    for place, part in enumerate(parts):
        if place:
            middle = delimiter(middles[place - 1], 0, 0, canvas)
            boxes.append(padded(middle, middle.width + 2))
        boxes.append(part)
    return beside([*boxes, delimiter(right, 0, 0, canvas)])


def fenced(left: str, parts: list[Box], middles: list[str], right: str, canvas: Canvas) -> Box:
    """The parts between delimiters that all grow to the height of the tallest part."""
    above = max(part.baseline for part in parts)
    below = max(part.below for part in parts)
    if above + below and {left, right, *middles} & (_BRACES.keys() | _ANGLES.keys()):
        above, below = max(above, 1), max(below, 1)  # a brace needs a row above its point and one below
    boxes = [delimiter(left, above, below, canvas)]
    for place, part in enumerate(parts):
        if place:
            middle = delimiter(middles[place - 1], above, below, canvas)
            boxes.append(padded(middle, middle.width + 2))
        boxes.append(tall(part, above, below))
    return beside([*boxes, delimiter(right, above, below, canvas)])


def delimiter(sign: str, above: int, below: int, canvas: Canvas) -> Box:
    """One delimiter with that many rows above and below the baseline; nothing for an empty one."""
    if not sign:
        return EMPTY
    if above + below == 0:
        return canvas.text(ASCII_DELIMITERS.get(sign, sign) if canvas.ascii_only else sign)
    boxes = [canvas.text(piece) for piece in _column_of(sign, above, below, canvas)]
    column = stacked(boxes, 0, "l")
    return Box(column.rows, column.width, above)


def _column_of(sign: str, above: int, below: int, canvas: Canvas) -> list[str]:
    if sign in _ANGLES:
        top, point, bottom = tuple(_ANGLES[sign])
        return [top] * above + [point] + [bottom] * below
    braces = _ASCII_BRACES if canvas.ascii_only else _BRACES
    if sign in braces:
        top, straight, point, bottom = tuple(braces[sign])
        return [top, *[straight] * (above - 1), point, *[straight] * (below - 1), bottom]
    if canvas.ascii_only and sign in {"‖", "⟦", "⟧"}:
        return [ASCII_DELIMITERS[sign]] * (above + below + 1)
    pieces = (_ASCII_PIECES if canvas.ascii_only else _PIECES).get(sign)
    if pieces is None:
        raise Unsure(f"{sign} as a tall delimiter")
    top, straight, bottom = tuple(pieces)
    return [top, *[straight] * (above + below - 1), bottom]
