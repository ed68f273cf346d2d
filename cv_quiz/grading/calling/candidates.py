"""The ways in which a function might want to be called, the likeliest first."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from cv_quiz.grading.calling.clusters_read import CENTROID_NAMES, LABEL_NAMES
from cv_quiz.grading.calling.layout import Layout
from cv_quiz.grading.calling.names import COLUMNS, EXTRAS, Slot, bind, usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.calling.targets import Target

# Optional parameters worth setting: a built-in limit, or the method that the contract means.
_LIMITS = frozenset({"max_output", "score_floor", "max_iter", "nt"})
_GAUSSIAN = ("gaussian", 2, "gauss", "exp", "Gaussian", 1, 3)
# What a required parameter for the form of boxes may want to hear.
_FORMS = ("xyxy", "corners", True, "x1y1x2y2", "voc", "pascal_voc")
_BOX_FAMILY = frozenset({"indices", "picks"})
_PACKINGS = (
    "dets", "boxes-only", "pairs", "detection-dicts", "dets-with-class", "class-score-first", "score-first", "class-first", "dets-objectness-class",
)  # fmt: skip


def candidates(drill: Drill, target: Target) -> Iterator[Layout]:
    """Every layout worth a try, in the order in which to try them. Those that need less adapting come first."""
    method = bind(drill, usable(target.function.parameters, method=bool(target.function.owner)))
    if not method and any(parameter.kind == "varargs" for parameter in target.function.parameters):
        method = tuple(Slot(name, name) for name in drill.takes)
    init: tuple[Slot, ...] = ()
    if target.constructor is not None:
        init = _only_useful(bind(drill, usable(target.constructor.parameters, method=True)))
    for slots, init_slots, adapted, value in _choices(drill, method, init):
        if not _takes_data(drill, (*init_slots, *slots)):
            continue
        base = _base(drill, target, slots, init_slots)
        base = replace(base, method=value, adapted=(*base.adapted, *adapted))
        yield from _shapes(drill, target, base)


def _takes_data(drill: Drill, slots: Sequence[Slot]) -> bool:
    """Whether the boxes or points go in at all: without them there is nothing to ask."""
    roles = [slot.role for slot in slots]
    needed = [role for role, kind in drill.takes.items() if kind in {"boxes", "box", "points"}]
    return all(role in roles or _spread(role, roles) for role in needed)


def _only_useful(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots if slot.role != "unknown")


def _choices(
    drill: Drill, method: tuple[Slot, ...], init: tuple[Slot, ...]
) -> Iterator[tuple[tuple[Slot, ...], tuple[Slot, ...], tuple[str, ...], object]]:
    """First with every optional parameter left alone, then with limits lifted, then with the method given."""
    optional = {slot.role.removeprefix("optional:") for slot in (*method, *init) if _is_optional(slot)}
    for value in _FORMS if any(slot.role == "form" for slot in (*method, *init)) else (None,):
        yield _taking(method, frozenset()), _taking(init, frozenset()), (), value
    limits = optional & _LIMITS
    if limits:
        yield _taking(method, limits), _taking(init, limits), ("limits-lifted",), None
    if "method" in optional and drill.gives == "picks":
        wanted = limits | {"method"}
        for name in _GAUSSIAN:
            yield _taking(method, wanted), _taking(init, wanted), ("method-given",), name
    if _default_start(drill, method) or _default_start(drill, init):
        alone, constructor = _without_start(method), _without_start(init)
        yield _taking(alone, frozenset()), _taking(constructor, frozenset()), (), None
        if limits:
            yield _taking(alone, limits), _taking(constructor, limits), ("limits-lifted",), None


def _is_optional(slot: Slot) -> bool:
    return slot.role.startswith("optional:")


def _default_start(drill: Drill, slots: Sequence[Slot]) -> bool:
    """Whether initial centroids are optional: then the parameter may mean a method and not an array."""
    return drill.gives == "clusters" and any(slot.role == "init" and slot.default for slot in slots)


def _without_start(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots without the initial centroids; what stands behind them is passed by name."""
    place = next((at for at, slot in enumerate(slots) if slot.role == "init"), len(slots))
    return (*slots[:place], *(replace(slot, keyword=True) for slot in slots[place + 1 :]))


def _taking(slots: Sequence[Slot], wanted: frozenset[str] | set[str]) -> tuple[Slot, ...]:
    """The slots to fill: the bound ones, and of the optional ones those wanted. After a gap all go by name."""
    taken: list[Slot] = []
    for slot in slots:
        role = slot.role.removeprefix("optional:")
        if not _is_optional(slot) or role in wanted:
            taken.append(replace(slot, role=role))
    return tuple(taken)


def _base(drill: Drill, target: Target, slots: tuple[Slot, ...], init_slots: tuple[Slot, ...]) -> Layout:
    roles = [slot.role for slot in (*init_slots, *slots)]
    lacks = frozenset(role for role in drill.takes if role not in roles and not _spread(role, roles))
    adapted = tuple(_differences(drill, (init_slots, slots), lacks))
    owner = target.function.owner
    attributes = (*CENTROID_NAMES, *LABEL_NAMES) if owner and drill.gives == "clusters" else ()
    return Layout(
        function=target.function.name,
        owner=owner,
        slots=slots,
        init_slots=init_slots,
        attributes=attributes,
        lacks=lacks,
        adapted=(*(("class",) if owner else ()), *adapted),
    )


def _spread(role: str, roles: Sequence[str]) -> bool:
    """Whether a box is passed as its numbers or columns."""
    return (role == "boxes" and "x1" in roles) or (role in {"box_a", "box_b"} and "number0" in roles)


def _differences(drill: Drill, groups: tuple[tuple[Slot, ...], ...], lacks: frozenset[str]) -> Iterator[str]:
    if not all(_in_order(drill, group) for group in groups):
        yield "argument-order"
    if any(slot.role in EXTRAS and not slot.default for group in groups for slot in group):
        yield "extra-arguments"
    roles = [slot.role for group in groups for slot in group]
    if "number0" in roles:
        yield "numbers"
    if "x1" in roles:
        yield "columns"
    if "iou_threshold" in lacks or "score_threshold" in lacks:
        yield "no-threshold"
    if "sigma" in lacks:
        yield "fewer-arguments"
    if "init" in lacks:
        yield "own-start"
    if "k" in lacks:
        yield "no-count"


def _in_order(drill: Drill, slots: Sequence[Slot]) -> bool:
    own = [slot.role for slot in slots if slot.role in drill.takes]
    return own == [role for role in drill.takes if role in own]


def _shapes(drill: Drill, target: Target, base: Layout) -> Iterator[Layout]:
    """The layout in every form of boxes, every packing and every container that makes sense for the drill."""
    for form, packing, container in product(_forms(drill, target), _packings(drill, base), _containers(drill, base)):
        adapted = list(base.adapted)
        adapted += [packing] if packing != "separate" else []
        adapted += [form] if form != "xyxy" else []
        adapted += [container] if container != "array" else []
        lacks = base.lacks - {"scores"} if packing not in {"separate", "boxes-only"} else base.lacks
        shaped = replace(base, form=form, packing=packing, container=container, lacks=lacks, adapted=tuple(adapted))
        yield shaped


def _packings(drill: Drill, base: Layout) -> tuple[str, ...]:
    if drill.gives not in _BOX_FAMILY or "scores" not in base.lacks:
        return ("separate",)
    roles = {slot.role for slot in base.slots}
    if roles & set(COLUMNS):
        return ("separate",)
    return tuple(packing for packing in _PACKINGS if packing != "boxes-only" or drill.gives == "indices")


def _containers(drill: Drill, base: Layout) -> tuple[str, ...]:
    if any(slot.role.startswith("number") for slot in base.slots):
        return ("array",)
    if drill.gives == "scalar":
        return (
            "array",
            "lists",
            "tuples",
            "rows",
            "row-second",
            "row-first",
            "dicts",
            "short-dicts",
            "corners",
            "tensors",
        )
    return ("array", "lists", "tuples", "tensors")


def _forms(drill: Drill, target: Target) -> tuple[str, ...]:
    """The forms of boxes to try; a form that the function's own words name comes first, and rules xyxy out or in."""
    if drill.gives == "clusters":
        return ("xyxy",)
    words = _words(target)
    says_corners = re.search(
        r"xyxy|x1\W*y1\W*x2\W*y2|x_?min\W*y_?min|left\W*top\W*right|top.?left.*bottom.?right", words
    )
    if re.search(r"cx\W*cy|center.?x|x_?center|cxcywh|xc\W*yc|centre|midpoint", words):
        return ("cxcywh", "xyxy", "xywh")
    if re.search(r"xywh|x\W*y\W*w\W*h\b|width\W*height|tlwh|ltwh", words) and not says_corners:
        return ("xywh", "xyxy", "cxcywh")
    if re.search(r"y1\W*x1\W*y2\W*x2|y_?min\W*x_?min|yxyx", words):
        return ("yxyx", "xyxy")
    if re.search(r"x1\W*x2\W*y1\W*y2|x_?min\W*x_?max|xxyy", words):
        return ("xxyy", "xyxy")
    return ("xyxy",) if says_corners else ("xyxy", "xywh", "cxcywh", "xxyy")


def _words(target: Target) -> str:
    function = target.function
    return " ".join([function.name, *(parameter.name for parameter in function.parameters), function.docstring]).lower()
