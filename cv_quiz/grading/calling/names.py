"""What each parameter of a function means: by its name and default, else by its place."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.grading.calling.vocabulary import (
    ARRAYS,
    COLUMN_NAMES,
    COLUMNS,
    EXTRA_VALUES,
    EXTRAS,
    IOU_THRESHOLD,
    NUMBERS,
    PAIR_OF_BOXES,
    SCORE_THRESHOLD,
    SECOND_MEANING,
    TABLES,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.exchange import Parameter

_BOX_FAMILY = frozenset({"indices", "picks"})
# A threshold above 1 by default, or called one, is in percent.
PERCENT = 100.0
_IN_PERCENT = frozenset({"iou_threshold", "score_threshold", "nt", "score_floor"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter that gets a value: the name as written, what it means, and whether to pass it by name.

    `factor` is what a number is multiplied by: 100 for a threshold in percent.
    """

    name: str
    role: str
    keyword: bool = False
    default: str = ""
    factor: float = 1.0


def plain(name: str) -> str:
    """A name in lower case without underscores: overlapThresh and overlap_thresh are one."""
    return name.lower().replace("_", "")


def snake(name: str) -> str:
    """A name in lower case with its words apart: calcIoU and calc_iou are one, previous holds no iou."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-zA-Z])", "_", name.replace("IoU", "Iou").replace("IOU", "Iou"))
    apart = re.sub(r"(?<=[^\x00-\x7f])(?=[A-Za-z])|(?<=[A-Za-z0-9])(?=[^\x00-\x7f])", "_", apart)
    return apart.lower()


def usable(parameters: Sequence[Parameter], *, method: bool) -> list[Parameter]:
    """The parameters that take a value of ours: no self, no *args, no **kwargs."""
    wanted = [parameter for parameter in parameters if parameter.kind in {"positional", "keyword"}]
    if method and wanted and wanted[0].name in {"self", "cls"}:
        return wanted[1:]
    return wanted


def bind(drill: Drill, parameters: Sequence[Parameter], elsewhere: Collection[str] = ()) -> tuple[Slot, ...]:
    """Give a meaning to each parameter: by name first, then the nameless required ones by position.

    `elsewhere` are roles that another function takes (a class's method, its constructor): no place stands for them.
    """
    if _is_self(parameters):
        return Slot(parameters[0].name, "owner"), *bind(drill, parameters[1:], elsewhere)
    known = [_role(drill, parameter) for parameter in parameters]
    takes = [role for role in drill.takes if role not in elsewhere]
    if drill.gives in {"scalar", "matrix"}:
        known = _first_two(takes, parameters, known, numbers=drill.gives == "scalar")
    if drill.gives == "picks":
        known = _thresholds(known, parameters)
    if drill.gives == "indices":
        known = _floor(known, parameters)
    known = _second_meanings(drill, list(_once(known)))
    if not elsewhere:
        known = _by_position(takes, parameters, known)
    if drill.gives in _BOX_FAMILY and "boxes" in takes and not {"boxes", "x1"} & set(known):
        known = _boxes_first(parameters, known)
    missing = iter([role for role in takes if role not in known and not _columns_for(role, known)])
    for place, parameter in enumerate(parameters):
        if known[place] == "" and not parameter.default:
            known[place] = next(missing, "")
    return tuple(_slots(drill, parameters, known))


def in_order(drill: Drill, parameters: Sequence[Parameter]) -> tuple[Slot, ...]:
    """The parameters in the contract's own order; empty where a name contradicts it, or more of them are required.

    A single letter contradicts nothing.
    """
    if _is_self(parameters):
        rest = in_order(drill, parameters[1:])
        return (Slot(parameters[0].name, "owner"), *rest) if rest else ()
    roles = [*drill.takes][: len(parameters)]
    if any(not parameter.default for parameter in parameters[len(roles) :]):
        return ()
    pairs = list(zip(parameters, roles, strict=False))
    if any(len(item.name) > 1 and _role(drill, item) in {*drill.takes} - {role} for item, role in pairs):
        return ()
    return tuple(Slot(item.name, role, item.kind == "keyword", item.default) for item, role in pairs)


def named_for(drill: Drill, parameters: Sequence[Parameter]) -> bool:
    """Whether the names of the parameters speak of all that the contract cannot do without."""
    if drill.gives in {"scalar", "matrix"}:
        required = [parameter for parameter in parameters if not parameter.default]
        return len(required) == 2 and all(re.search(PAIR_OF_BOXES, plain(item.name)) for item in required)
    found = {_role(drill, parameter) for parameter in parameters}
    return all(role in found for role, kind in drill.takes.items() if kind != "init")


def _is_self(parameters: Sequence[Parameter]) -> bool:
    """Whether a function outside of a class was taken out of one: it gets None for its instance."""
    return bool(parameters) and parameters[0].name in {"self", "cls"} and not parameters[0].default


def _role(drill: Drill, parameter: Parameter) -> str:
    """The reference's parameter that a name means, an extra role, or nothing."""
    kind = _kind(drill, parameter)
    return next((role for role, takes in drill.takes.items() if takes == kind), kind)


def _kind(drill: Drill, parameter: Parameter) -> str:
    name, default = plain(parameter.name), _kind_of_default(parameter.default)
    if drill.gives in _BOX_FAMILY:
        for column, pattern in COLUMN_NAMES.items():
            if re.search(pattern, parameter.name.lower()):
                return column
    return next((role for role, row in TABLES[drill.gives] if re.search(row, name) and _suits(role, default)), "")


def _kind_of_default(written: str) -> str:
    """What a default is: a `number`, a `whole` one above 1, a `word`, a `flag`, or anything else."""
    try:
        value = ast.literal_eval(written)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return ""
    if type(value) is int and value > 1:
        return "whole"
    kinds = {bool: "flag", int: "number", float: "number", str: "word"}
    return kinds.get(type(value), "")


def _suits(role: str, default: str) -> bool:
    """Whether a parameter with such a default can have a meaning.

    Initial centroids may be a word by default; a tolerance of 30 is a number of rounds.
    """
    if role in ARRAYS:
        return default == "" or (default == "word" and role == "init")
    if default == "whole":
        return role != "tolerance"
    return role not in NUMBERS or default in {"", "number"}


def _first_two(takes: Sequence[str], parameters: Sequence[Parameter], known: list[str], *, numbers: bool) -> list[str]:
    """Two boxes are whatever the first two parameters are called; eight required ones are numbers."""
    required = [place for place, parameter in enumerate(parameters) if not parameter.default]
    if len(required) == 8 and numbers:
        return [f"number{required.index(place)}" if place in required else role for place, role in enumerate(known)]
    first = iter(takes)
    areas = iter(("area_a", "area_b"))
    named = [next(areas, "") if role == "area_a" else role for role in known]
    return [next(first, role) if place < 2 else role for place, role in enumerate(named)]


def _thresholds(known: list[str], parameters: Sequence[Parameter]) -> list[str]:
    """A plain threshold beside a score threshold is one of IoU; the later one is the score's."""
    places = [place for place, role in enumerate(known) if role == "score_threshold"]
    if len(places) == 2 and "nt" not in known:
        plain_first = re.search(SCORE_THRESHOLD, plain(parameters[places[0]].name)) is None
        known = list(known)
        known[places[0] if plain_first else places[1]] = "nt"
    return known


def _floor(known: list[str], parameters: Sequence[Parameter]) -> list[str]:
    """A plain threshold beside one of IoU is one of the score."""
    speaks = {
        place: re.search(IOU_THRESHOLD, plain(parameters[place].name)) is not None
        for place, role in enumerate(known)
        if role == "iou_threshold"
    }
    if not any(speaks.values()):
        return known
    return ["score_floor" if speaks.get(place) is False else role for place, role in enumerate(known)]


def _second_meanings(drill: Drill, known: list[str]) -> list[str]:
    """A name that usually means something else means what no other name does."""
    of_kind = {kind: role for role, kind in drill.takes.items()}
    for role, kind in SECOND_MEANING.items():
        wanted = of_kind.get(kind)  # type: ignore[call-overload]
        if wanted and wanted not in known and role in known:
            known = [wanted if item == role else item for item in known]
    return known


def _by_position(takes: Sequence[str], parameters: Sequence[Parameter], known: list[str]) -> list[str]:
    """As many required parameters as the contract has, and a name that says nothing: they stand in its order.

    Not where another name says something that no place does: a number of rounds is no initial centroid.
    """
    required = [place for place, parameter in enumerate(parameters) if not parameter.default]
    if len(required) != len(takes) or all(known[place] for place in required):
        return known
    if any(known[place] in EXTRAS and len(parameters[place].name) > 1 for place in required):
        return known
    by_place = dict(zip(required, takes, strict=True))
    return [by_place.get(place, "" if role in takes else role) for place, role in enumerate(known)]


def _boxes_first(parameters: Sequence[Parameter], known: list[str]) -> list[str]:
    """No name speaks of boxes: they are the first required parameter that is no threshold and no image."""
    for place, parameter in enumerate(parameters):
        if not parameter.default and "threshold" not in known[place] and known[place] != "image":
            return [*known[:place], "boxes", *known[place + 1 :]]
    return known


def _once(roles: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for role in roles:
        yield "" if role in seen and role not in EXTRA_VALUES else role
        seen.add(role)


def _columns_for(role: str, known: Sequence[str]) -> bool:
    if role == "boxes":
        return "x1" in known
    return role in {"box_a", "box_b"} and "number0" in known


def _slots(drill: Drill, parameters: Sequence[Parameter], known: Sequence[str]) -> Iterator[Slot]:
    """Positional as long as no parameter is left to its default, by name from there on."""
    gap = False
    for parameter, role in zip(parameters, known, strict=True):
        slot = Slot(parameter.name, role or "unknown", gap or parameter.kind == "keyword", parameter.default)
        slot = replace(slot, factor=_factor(role, parameter))
        if parameter.default and role not in drill.takes and role not in COLUMNS:
            gap = True
            if role in EXTRAS - {"ignored"}:
                yield replace(slot, role=f"optional:{role}", keyword=True)
            continue
        yield slot


def _factor(role: str, parameter: Parameter) -> float:
    """What a threshold is multiplied by before it is passed."""
    if role not in _IN_PERCENT:
        return 1.0
    large = _kind_of_default(parameter.default) in {"number", "whole"} and ast.literal_eval(parameter.default) > 1
    return PERCENT if large or re.search(r"percent|pct|百分", plain(parameter.name)) else 1.0
