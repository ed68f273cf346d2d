"""The ways in which a function might want to be called, the likeliest first."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from cv_quiz.grading.calling.clusters_read import CENTROID_NAMES, LABEL_NAMES
from cv_quiz.grading.calling.layout import PREDICTIONS, Layout
from cv_quiz.grading.calling.names import PERCENT, Slot, bind, in_order, usable
from cv_quiz.grading.calling.records import NAMED_FORMS
from cv_quiz.grading.calling.vocabulary import COLUMNS, EXTRA_VALUES, EXTRAS, LIMITS, METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.calling.targets import Target

_BOX_FAMILY = frozenset({"indices", "picks"})
_PACKINGS = (
    "dets", "boxes-only", "pairs", "detection-dicts", "dets-with-class", "class-score-first", "score-first", "class-first", "dets-objectness-class",
)  # fmt: skip
# Ways in which tables may lie, other than in rows.
_AXES = ("turned", "batch", "list-of-one")
# Corners come before rows: who wants rows stumbles over corners, but a row of four numbers may pass for a list of corners.
_PAIR_CONTAINERS = (
    "array", "lists", "tuples", "corners", "rows", "row-second", "row-first", "dicts", "named-dicts", "tensors",
)  # fmt: skip

# Words that name a form of boxes, and the forms to try where they are found; the first row that fits is taken.
# A function that names corners is not tried with sides. The last form is tried nowhere but where it is named: as a
# guess it would turn code that takes the smaller of two upper corners into right code.
_CORNERS = r"xyxy|x1\W*y1\W*x2\W*y2|x_?min\W*y_?min|left\W*top\W*right|top.?left.*bottom.?right"
_FORMS = (
    (r"(?s)^(?!.*x1\W*y1\W*x2).*(x2[\s,]*y2[\s,]*x1[\s,]*y1|x_?max[\s,]*y_?max[\s,]*x_?min)", ("x2y2x1y1", "xyxy")),
    (r"cx\W*cy|center.?x|x_?center|cxcywh|xc\W*yc|centre|midpoint", ("cxcywh", "xyxy", "xywh")),
    (rf"(?s)^(?!.*({_CORNERS})).*(xywh|x\W*y\W*w\W*h\b|width\W*height|tlwh|ltwh)", ("xywh", "xyxy", "cxcywh")),
    (r"y1\W*x1\W*y2\W*x2|y_?min\W*x_?min|yxyx", ("yxyx", "xyxy")),
    (r"x1\W*x2\W*y1\W*y2|x_?min\W*x_?max|xxyy", ("xxyy", "xyxy")),
    (_CORNERS, ("xyxy",)),
    ("", ("xyxy", "xywh", "cxcywh", "xxyy")),
)


@dataclass(frozen=True, slots=True)
class _Filled:
    """Which parameters of the function and of the constructor get a value, and what is special about that."""

    method: tuple[Slot, ...]
    init: tuple[Slot, ...]
    adapted: tuple[str, ...] = ()
    given: tuple[tuple[str, object], ...] = ()


def candidates(drill: Drill, target: Target) -> Iterator[Layout]:
    """Every layout worth a try, in the order in which to try them. Those that need less adapting come first.

    In each shape of the arguments the limits are lifted before another shape is tried.
    """
    for bound in dict.fromkeys(_bindings(drill, target)):
        bases = [_base(drill, target, filled) for filled in _choices(drill, bound) if _complete(drill, filled)]
        for shape in _shapes(drill, target, bases[0]) if bases else ():
            yield from (_shaped(base, shape) for base in bases)


def can_be_filled(drill: Drill, target: Target) -> bool:
    """Whether there is a way to call it at all, as far as its parameters tell."""
    return next(candidates(drill, target), None) is not None


def _bindings(drill: Drill, target: Target) -> Iterator[_Filled]:
    """What the parameters mean: by their names, and in the contract's own order."""
    parameters = usable(target.function.parameters, method=bool(target.function.owner))
    if not parameters and any(parameter.kind == "varargs" for parameter in target.function.parameters):
        yield _Filled(tuple(Slot(name, name) for name in drill.takes), ())
    if target.constructor is None:
        named = _Filled(bind(drill, parameters), ())
    else:
        made_with = usable(target.constructor.parameters, method=True)
        method = bind(drill, parameters, _roles(bind(drill, made_with, tuple(drill.takes))) & {*drill.takes})
        init = bind(drill, made_with, _roles(method) & {*drill.takes})
        named = _Filled(method, tuple(slot for slot in init if slot.role != "unknown"))
    yield named
    if any(slot.role == "init" and _is_word(slot) for slot in (*named.method, *named.init)):
        yield _Filled(_without_start(named.method), _without_start(named.init))
    yield _Filled(in_order(drill, parameters), ())


def _roles(slots: Sequence[Slot]) -> set[str]:
    return {slot.role for slot in slots}


def _complete(drill: Drill, filled: _Filled) -> bool:
    """Whether all parameters are known, and the boxes or points go in: without them there is nothing to ask."""
    roles = _roles((*filled.init, *filled.method))
    needed = [role for role, kind in drill.takes.items() if kind in {"boxes", "box", "points"}]
    return "unknown" not in roles and all(role in roles or _spread(role, roles) for role in needed)


def _choices(drill: Drill, bound: _Filled) -> Iterator[_Filled]:
    """First with every optional parameter left alone, then with limits lifted, then with the method given."""
    slots = (*bound.method, *bound.init)
    optional = {slot.role.removeprefix("optional:") for slot in slots if _is_optional(slot)}
    limits = optional & LIMITS
    ways: list[AbstractSet[str]] = [set(), limits] if limits else [set()]
    for wanted in ways:
        for given in _required_values(slots):
            yield _taking(bound, wanted, ("limits-lifted",) if wanted else (), given)
    if "method" in optional and drill.gives == "picks":
        for name in _methods(slots):
            yield _taking(bound, limits | {"method"}, ("method-given",), (("method", name),))


def _required_values(slots: Sequence[Slot]) -> Iterator[tuple[tuple[str, object], ...]]:
    """All combinations of values for the extra parameters that have to be filled and may want one of several."""
    roles = [role for role in dict.fromkeys(slot.role for slot in slots) if len(EXTRA_VALUES.get(role, ())) > 1]
    for values in product(*(EXTRA_VALUES[role] for role in roles)):
        yield tuple(zip(roles, values, strict=True))


def _methods(slots: Sequence[Slot]) -> tuple[object, ...]:
    """The names or numbers that a parameter for the method may want to hear, by its default."""
    default = next(slot.default for slot in slots if slot.role == "optional:method")
    fitting = tuple(name for name in METHODS if isinstance(name, str) == (default[:1] in {"'", '"'}))
    return fitting if default != "None" else METHODS


def _is_optional(slot: Slot) -> bool:
    return slot.role.startswith("optional:")


def _is_word(slot: Slot) -> bool:
    """Whether a default is a word: such initial centroids may mean a method and no array."""
    try:
        return isinstance(ast.literal_eval(slot.default), str)
    except (ValueError, SyntaxError):
        return False


def _without_start(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots without the initial centroids; what stands behind them is passed by name."""
    place = next((at for at, slot in enumerate(slots) if slot.role == "init"), len(slots))
    return (*slots[:place], *(replace(slot, keyword=True) for slot in slots[place + 1 :]))


def _taking(
    bound: _Filled, wanted: AbstractSet[str], adapted: tuple[str, ...], given: tuple[tuple[str, object], ...]
) -> _Filled:
    """The slots to fill: the bound ones, and of the optional ones those wanted."""

    def taken(slots: Sequence[Slot]) -> tuple[Slot, ...]:
        roles = [(slot, slot.role.removeprefix("optional:")) for slot in slots]
        return tuple(replace(slot, role=role) for slot, role in roles if not _is_optional(slot) or role in wanted)

    return _Filled(taken(bound.method), taken(bound.init), adapted, given)


def _base(drill: Drill, target: Target, filled: _Filled) -> Layout:
    roles = _roles((*filled.init, *filled.method))
    lacks = frozenset(role for role in drill.takes if role not in roles and not _spread(role, roles))
    adapted = _differences(drill, (filled.init, filled.method), lacks)
    owner = target.function.owner
    attributes = (*CENTROID_NAMES, *LABEL_NAMES) if owner and drill.gives == "clusters" else ()
    # What is asked after it gets the same arguments: only where those are the points alone.
    then = target.also if _roles(filled.method) == {"points"} else ()
    return Layout(
        function=",".join((target.function.name, *then)),
        owner=owner,
        slots=filled.method,
        init_slots=filled.init,
        attributes=attributes,
        given=filled.given,
        lacks=lacks,
        adapted=(*(("class",) if owner else ()), *adapted, *filled.adapted),
    )


def _spread(role: str, roles: set[str]) -> bool:
    """Whether a box is passed as its numbers or columns."""
    return (role == "boxes" and "x1" in roles) or (role in {"box_a", "box_b"} and "number0" in roles)


def _differences(drill: Drill, groups: tuple[tuple[Slot, ...], ...], lacks: frozenset[str]) -> Iterator[str]:
    slots = [slot for group in groups for slot in group]
    roles = _roles(slots)
    found = {
        "argument-order": not all(_in_order(drill, group) for group in groups),
        "extra-arguments": any(slot.role in EXTRAS and not slot.default for slot in slots),
        "threshold-in-percent": any(slot.factor == PERCENT for slot in slots),
        "numbers": "number0" in roles,
        "columns": "x1" in roles,
        "no-threshold": bool({"iou_threshold", "score_threshold"} & lacks),
        "fewer-arguments": "sigma" in lacks,
        "no-init": "init" in lacks,
        "no-count": "k" in lacks,
    }
    return (name for name, holds in found.items() if holds)


def _in_order(drill: Drill, slots: Sequence[Slot]) -> bool:
    own = [slot.role for slot in slots if slot.role in drill.takes]
    return own == [role for role in drill.takes if role in own]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the values are written: what a layout calls its form, packing, container and axes."""

    form: str = "xyxy"
    packing: str = "separate"
    container: str = "array"
    axes: str = "as-is"


def _shapes(drill: Drill, target: Target, base: Layout) -> Iterator[_Shape]:
    """Every form of boxes, every packing and every container that makes sense for the drill."""
    words = _words(target)
    forms = ("xyxy",) if drill.gives == "clusters" else next(forms for row, forms in _FORMS if re.search(row, words))
    packings = _packings(drill, base)
    for form, packing, container in product(forms, packings, _containers(drill, base)):
        if container != "named-dicts" or form in NAMED_FORMS:
            yield _Shape(form, packing, container)
    if drill.gives == "scalar" or "x1" in _roles(base.slots):
        return
    plain = [packing for packing in packings if packing not in {"pairs", "detection-dicts"}]
    for form, packing, axes in product(forms, plain[:2], _AXES if drill.gives != "clusters" else _AXES[:1]):
        yield _Shape(form, packing, axes=axes)
    if len(packings) > 1 and re.search(r"pred|output|result|infer|detect", words):
        for form, packing in product(("cxcywh", "xyxy", "xywh"), sorted(PREDICTIONS)):
            yield _Shape(form, packing)


def _shaped(base: Layout, shape: _Shape) -> Layout:
    named = zip(("packing", "form", "axes", "container"), ("separate", "xyxy", "as-is", "array"), strict=True)
    adapted = tuple(getattr(shape, part) for part, usual in named if getattr(shape, part) != usual)
    return replace(
        base,
        form=shape.form,
        packing=shape.packing,
        container=shape.container,
        axes=shape.axes,
        lacks=base.lacks - {"scores"} if shape.packing not in {"separate", "boxes-only"} else base.lacks,
        adapted=(*base.adapted, *adapted),
    )


def _packings(drill: Drill, base: Layout) -> tuple[str, ...]:
    if drill.gives not in _BOX_FAMILY or "scores" not in base.lacks or _roles(base.slots) & set(COLUMNS):
        return ("separate",)
    return tuple(packing for packing in _PACKINGS if packing != "boxes-only" or drill.gives == "indices")


def _containers(drill: Drill, base: Layout) -> tuple[str, ...]:
    if any(slot.role.startswith("number") for slot in base.slots):
        return ("array",)
    return _PAIR_CONTAINERS if drill.gives == "scalar" else ("array", "lists", "tuples", "tensors")


def _words(target: Target) -> str:
    function = target.function
    return " ".join([function.name, *(parameter.name for parameter in function.parameters), function.docstring]).lower()
