"""The conventions under which right code differs, as points of a grid: which there are for a layout, and which lie beside which."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from cv_quiz.drills.contract import Axis, Drill, Option
    from cv_quiz.grading.calling.layout import Layout

# The number of the option chosen on each axis.
Choice: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the grid of conventions: keywords for the reference, and the names of what differs."""

    keywords: Mapping[str, Any]
    ids: tuple[str, ...] = ()
    excuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """All points for a layout: the axes, and on each the options that make sense. The first is the nearest to the contract."""

    axes: tuple[Axis, ...]
    options: tuple[tuple[Option | None, ...], ...]
    _points: dict[Choice, Point] = field(default_factory=dict)

    @property
    def start(self) -> Choice:
        """The choice nearest to the contract."""
        return (0,) * len(self.axes)

    @property
    def excuses(self) -> frozenset[str]:
        """The tags of cases that some option excuses."""
        return frozenset(option.excuses for options in self.options for option in options if option and option.excuses)

    def at(self, choice: Choice) -> Point:
        """The point of a choice."""
        if choice not in self._points:
            chosen = [options[number] for options, number in zip(self.options, choice, strict=True)]
            self._points[choice] = _point(self.axes, chosen)
        return self._points[choice]

    def beside(self, choice: Choice, *, usual: bool = False) -> Iterator[Choice]:
        """The choices that differ on one axis; with `usual` those on rare axes are left out."""
        for place, options in enumerate(self.options):
            if not (usual and self.axes[place].rare):
                others = (number for number in range(len(options)) if number != choice[place])
                yield from ((*choice[:place], number, *choice[place + 1 :]) for number in others)

    def joined(self, choice: Choice, steps: Sequence[Choice]) -> Iterator[Choice]:
        """Two of some steps from a choice taken together, where they are on different axes."""
        for one, other in combinations(steps, 2):
            pairs = [(a, b) for a, b, now in zip(one, other, choice, strict=True) if now not in (a, b)]
            if not pairs:
                yield tuple(b if a == now else a for a, b, now in zip(one, other, choice, strict=True))

    def back(self, choice: Choice) -> Iterator[Choice]:
        """The choices with one difference from the contract taken back."""
        for place, number in enumerate(choice):
            if number:
                yield (*choice[:place], 0, *choice[place + 1 :])


def space_of(drill: Drill, layout: Layout) -> Space:
    """The space for a layout, made once."""
    key = (drill.name, id(drill), layout.lacks, _roles(layout))
    if key not in _SPACES:
        options = tuple(tuple(_available(axis, layout)) for axis in drill.conventions)
        _SPACES[key] = Space(drill.conventions, options)
    return _SPACES[key]


_SPACES: dict[Hashable, Space] = {}


def grid(drill: Drill, layout: Layout) -> list[Point]:
    """The points at which mistakes are looked for, those nearest to the contract first.

    The rare conventions are left out, and at most two differ at once.
    """
    key = (drill.name, id(drill), layout.lacks, _roles(layout))
    if key not in _GRIDS:
        _GRIDS[key] = _grid(drill, layout)
    return _GRIDS[key]


_GRIDS: dict[Hashable, list[Point]] = {}
_MOST = 2


def _grid(drill: Drill, layout: Layout) -> list[Point]:
    axes = [axis for axis in drill.conventions if not axis.rare]
    options = [_available(axis, layout) for axis in axes]
    limit = _MOST + sum(None not in choices for choices in options)
    near = [point for point in (_point(axes, chosen) for chosen in product(*options)) if len(point.ids) <= limit]
    return sorted(near, key=lambda point: len(point.ids))


def _available(axis: Axis, layout: Layout) -> list[Option | None]:
    """The options of an axis for a layout; None is what the contract states."""
    replacing = [option for option in axis.options if option.lacking and option.lacking in layout.lacks]
    if replacing:
        return list(replacing)
    usual = [option for option in axis.options if not option.lacking and option.having not in layout.lacks]
    return [None, *(option for option in usual if not option.only or option.only in _roles(layout))]


def _roles(layout: Layout) -> frozenset[str]:
    return frozenset(slot.role for slot in (*layout.slots, *layout.init_slots))


def _point(axes: Sequence[Axis], chosen: Sequence[Option | None]) -> Point:
    pairs = [(axis, option) for axis, option in zip(axes, chosen, strict=True) if option]
    return Point(
        keywords={axis.keyword: option.value for axis, option in pairs if axis.keyword},
        ids=tuple(option.id for _, option in pairs),
        excuses=frozenset(option.excuses for _, option in pairs if option.excuses),
    )


def key_of(keywords: Mapping[str, Any]) -> Hashable:
    """Keywords as something to look up; NaN is itself."""
    return tuple((name, _hashable(value)) for name, value in keywords.items())


def _hashable(value: Any) -> Hashable:
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    return repr(value) if isinstance(value, float) else value
