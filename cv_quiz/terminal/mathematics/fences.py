"""Brackets and bars that are not marked with \\left and \\right: which of them belong together.

TeX does not care; here it decides the space around a minus sign after a bar, what an exponent on a closing bracket
stands on, and which brackets grow. What cannot be paired stays the sign it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cv_quiz.terminal.mathematics.nodes import MAX_DEPTH, Fenced, Node, Scripts, Space, Symbol, Unsure, row_of
from cv_quiz.terminal.mathematics.spacing import right_role

BARS = frozenset("|‖")
_NO_OPERAND = frozenset({"binary", "relation", "opening", "punctuation", "operator"})


@dataclass(slots=True)
class _Frame:
    """An opening sign that waits for its partner, and what has come since."""

    opener: Symbol | None
    items: list[Node]

    @property
    def bar(self) -> str:
        """The bar it opened with, empty for a bracket."""
        return self.opener.text if self.opener and self.opener.text in BARS else ""

    def after_operand(self) -> bool:
        """Whether something stands before this place that a bar could close or divide."""
        last = next((item for item in reversed(self.items) if not isinstance(item, Space)), None)
        return last is not None and right_role(last) not in _NO_OPERAND


def paired(items: list[Node]) -> list[Node]:
    """The items with matching brackets and bars joined to Fenced nodes. Raises Unsure where they nest too deep."""
    frames = [_Frame(None, [])]
    for item in items:
        sign = item.base if isinstance(item, Scripts) else item
        if not isinstance(sign, Symbol):
            frames[-1].items.append(item)
        elif sign.text in BARS and sign.role == "ordinary":
            _bar(frames, sign, item)
        elif sign.role == "opening" and sign is item:
            frames.append(_Frame(sign, []))
        elif sign.role == "closing":
            _close(frames, sign, item)
        else:
            frames[-1].items.append(item)
        if len(frames) > MAX_DEPTH:
            raise Unsure(f"brackets nested deeper than {MAX_DEPTH}")
    while len(frames) > 1:
        _give_up(frames)
    return frames[0].items


def _give_up(frames: list[_Frame]) -> None:
    """Takes the innermost opening sign for a sign like any other."""
    frame = frames.pop()
    opener = [frame.opener] if frame.opener else []
    frames[-1].items += [*opener, *frame.items]


def _join(frames: list[_Frame], closer: Symbol, item: Node) -> None:
    frame = frames.pop()
    left = frame.opener.text if frame.opener else ""
    fenced = Fenced(left, closer.text, (row_of(frame.items),))
    frames[-1].items.append(replace(item, base=fenced) if isinstance(item, Scripts) else fenced)


def _close(frames: list[_Frame], closer: Symbol, item: Node) -> None:
    depth = len(frames) - 1
    while depth and frames[depth].bar and closer.text not in BARS:
        depth -= 1
    if not depth:
        frames[-1].items.append(item)
        return
    while len(frames) - 1 > depth:
        _give_up(frames)
    _join(frames, closer, item)


def _bar(frames: list[_Frame], bar: Symbol, item: Node) -> None:
    after_operand = frames[-1].after_operand()
    if after_operand and frames[-1].bar == bar.text:
        _join(frames, bar, item)
    elif after_operand and bar.spaced and item is bar:
        frames[-1].items.append(replace(bar, role="relation"))
    elif item is bar:
        frames.append(_Frame(bar, []))
    else:
        frames[-1].items.append(item)


def apart(items: list[Node]) -> list[Node]:
    """The items with a blank between two runs of letters that the author kept apart, as in `log x` or `TP TN`.

    TeX would join them; a single letter next to a single letter stays a product.
    """
    parts: list[Node] = []
    for place, item in enumerate(items):
        if place and _spaced_letter(item) and _letter(items[place - 1]):
            run_before = place > 1 and _letter(items[place - 2]) and not _spaced_letter(items[place - 1])
            run_after = place + 1 < len(items) and _letter(items[place + 1]) and not _spaced_letter(items[place + 1])
            if run_before or run_after:
                parts.append(Space(1))
        parts.append(item)
    return parts


def _letter(node: Node) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Symbol) and len(base.plain) == 1 and base.plain.isalpha()


def _spaced_letter(node: Node) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return _letter(node) and isinstance(base, Symbol) and base.spaced
