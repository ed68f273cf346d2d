"""What a parameter means, read from its name: the table of the names people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cv_quiz.drills.contract import Drill, Gives
    from cv_quiz.grading.exchange import Parameter

# Roles that no contract has, for which a harmless value can be passed.
EXTRAS = frozenset(
    {
        "max_output",
        "classes",
        "score_floor",
        "mode",
        "form",
        "method",
        "nt",
        "max_iter",
        "tolerance",
        "seed",
        "ignored",
        "area_a",
        "area_b",
    }
)
COLUMNS = ("x1", "y1", "x2", "y2")

_THRESHOLD = r"^(t|th|thr|thre|thres|thresh|threshold|cutoff|limit|tau)$|thre?s|thr$|threshold"
_SCORE_THRESHOLD = (
    r"(score|conf|prob|cls|obj|sc).*(thr|thresh|thres|th$|cut|limit|min)|min.*(score|conf|prob)|"
    r"(thr|thresh|threshold|th)(score|conf|prob|cls|obj)|scoremin|confmin|^(score|conf)t$"
)
_IOU_THRESHOLD = r"iou|overlap|nms|^n_?t$|jaccard"
_BOX_EXTRAS: tuple[tuple[str, str], ...] = (
    ("form", r"format|fmt|xyxy|xywh|boxtype|coordtype|is_?norm"),
    (
        "max_output",
        r"top_?k|max_?(out|det|num|box|keep|count|prop|n$)|limit|post_?nms|keep_?top|^n_?(max|keep|boxes)|maxnum",
    ),
    ("ignored", r"plus|offset|pixel|inclusive|eps|verbose|debug|device|eta|^rc$|return|agnostic|normal"),
)

_PAIR_TABLE: tuple[tuple[str, str], ...] = (
    ("form", r"format|fmt|xyxy|xywh|boxtype|mode|type"),
    ("ignored", r"plus|offset|pixel|eps|giou|diou|ciou"),
    ("area_a", r"area"),
)

# One list per kind of result, tried in order; the first pattern that is found wins.
_TABLES: dict[Gives, tuple[tuple[str, str], ...]] = {
    "indices": (
        *_BOX_EXTRAS,
        ("score_floor", _SCORE_THRESHOLD),
        ("iou_threshold", rf"{_IOU_THRESHOLD}|{_THRESHOLD}"),
        ("mode", r"mode|type|method|kind"),
        ("scores", r"score|conf|prob|^s$|^p$|^ss$|^sc$|rank|weight"),
        ("classes", r"class|label|cls|categor|^idxs?$|^ids$"),
        ("sigma", r"sigma"),
    ),
    "picks": (
        *_BOX_EXTRAS,
        ("score_threshold", rf"{_SCORE_THRESHOLD}|^s_?t$"),
        ("nt", _IOU_THRESHOLD),
        ("score_threshold", _THRESHOLD),
        ("sigma", r"sigma|^sig$|σ|gauss.*(param|var|std)|^var"),
        ("method", r"method|mode|type|kind|decay|weighting"),
        ("scores", r"score|conf|prob|^s$|^p$|^sc$|weight"),
        ("classes", r"class|label|cls|categor|^idxs?$"),
    ),
    "scalar": _PAIR_TABLE,
    "matrix": _PAIR_TABLE,
    "clusters": (
        ("ignored", r"^n_?init|verbose|debug|plot|dist|metric|measure|^p$|norm|^ax|show|history|trace|return"),
        ("max_iter", r"iter|epoch|step|^t$|rounds"),
        ("seed", r"seed|random|rng|state"),
        ("tolerance", r"tol|eps|thre?s|delta|converg|stop"),
        ("count", r"^k$|cluster|^n_?(centroid|center|centre|c)|num.?(cent|c|k)|^kk$|k_?num"),
        ("init", r"init|centroid|center|centre|start|^mu|means|^c$|^c0|seeds"),
        ("points", r"point|data|^x|sample|feature|input|pts|vector|arr|box|^p|observ|^a$"),
    ),
}
_COLUMN_NAMES = {
    "x1": r"^(x1|x_?min|left|xmin|x_?start|xs1|x0|x1s|lefts)$",
    "y1": r"^(y1|y_?min|top|ymin|y_?start|ys1|y0|y1s|tops)$",
    "x2": r"^(x2|x_?max|right|xmax|x_?end|xs2|w|width|x2s|rights)$",
    "y2": r"^(y2|y_?max|bottom|ymax|y_?end|ys2|h|height|y2s|bottoms)$",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter that gets a value: the name as written, what it means, and whether to pass it by name."""

    name: str
    role: str
    keyword: bool = False
    default: str = ""


def plain(name: str) -> str:
    """A name in lower case without underscores: overlapThresh and overlap_thresh are one."""
    return name.lower().replace("_", "")


def snake(name: str) -> str:
    """A name in lower case with its words apart: calcIoU and calc_iou are one, previous holds no iou."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-zA-Z])", "_", name.replace("IoU", "Iou").replace("IOU", "Iou"))
    return apart.lower()


def usable(parameters: Sequence[Parameter], *, method: bool) -> list[Parameter]:
    """The parameters that take a value of ours: no self, no *args, no **kwargs."""
    wanted = [parameter for parameter in parameters if parameter.kind in {"positional", "keyword"}]
    if method and wanted and wanted[0].name in {"self", "cls"}:
        return wanted[1:]
    return wanted


def bind(drill: Drill, parameters: Sequence[Parameter]) -> tuple[Slot, ...]:
    """Give a meaning to each parameter: by name first, then the nameless required ones by position."""
    known = [_role(drill, parameter.name) for parameter in parameters]
    if drill.gives in {"scalar", "matrix"}:
        known = _first_two(drill, parameters, known)
    if drill.gives == "picks":
        known = _thresholds(known, parameters)
    known = _by_position(drill, parameters, list(_once(known)))
    if drill.gives in {"indices", "picks"} and not {"boxes", "x1"} & set(known):
        known = _boxes_first(parameters, known)
    missing = iter([role for role in drill.takes if role not in known and not _columns_for(role, known)])
    for place, parameter in enumerate(parameters):
        if known[place] == "" and not parameter.default:
            known[place] = next(missing, "")
    return tuple(_slots(drill, parameters, known))


def _role(drill: Drill, name: str) -> str:
    """The reference's parameter that a name means, an extra role, or nothing."""
    kind = _kind(drill, name)
    return next((parameter for parameter, takes in drill.takes.items() if takes == kind), kind)


def _kind(drill: Drill, name: str) -> str:
    for column, pattern in _COLUMN_NAMES.items():
        if drill.gives in {"indices", "picks"} and re.search(pattern, name.lower()):
            return column
    for role, pattern in _TABLES[drill.gives]:
        if re.search(pattern, plain(name)):
            return role
    return "boxes" if _is_boxes(drill, name) else ""


def _is_boxes(drill: Drill, name: str) -> bool:
    pattern = r"box|rect|roi|propos|^bb|^b$|det|pred|window|candid|coord|^x$|^p$"
    return drill.gives in {"indices", "picks"} and re.search(pattern, plain(name)) is not None


def _first_two(drill: Drill, parameters: Sequence[Parameter], known: list[str]) -> list[str]:
    """Two boxes are whatever the first two parameters are called; eight required ones are numbers."""
    required = [place for place, parameter in enumerate(parameters) if not parameter.default]
    if len(required) == 8 and drill.gives == "scalar":
        return [f"number{required.index(place)}" if place in required else role for place, role in enumerate(known)]
    first = iter(drill.takes)
    areas = iter(("area_a", "area_b"))
    named = [next(areas, "") if role == "area_a" else role for role in known]
    return [next(first, role) if place < 2 else role for place, role in enumerate(named)]


def _thresholds(known: list[str], parameters: Sequence[Parameter]) -> list[str]:
    """A plain threshold beside a score threshold is one of IoU; the later one is the score's."""
    places = [place for place, role in enumerate(known) if role == "score_threshold"]
    if len(places) == 2 and "nt" not in known:
        plain_first = re.search(_SCORE_THRESHOLD, plain(parameters[places[0]].name)) is None
        known = list(known)
        known[places[0] if plain_first else places[1]] = "nt"
    return known


def _by_position(drill: Drill, parameters: Sequence[Parameter], known: list[str]) -> list[str]:
    """As many required parameters as the contract has, and a name that says nothing: they stand in its order."""
    required = [place for place, parameter in enumerate(parameters) if not parameter.default]
    if len(required) != len(drill.takes) or all(known[place] for place in required):
        return known
    by_place = dict(zip(required, drill.takes, strict=True))
    return [by_place.get(place, "" if role in drill.takes else role) for place, role in enumerate(known)]


def _boxes_first(parameters: Sequence[Parameter], known: list[str]) -> list[str]:
    """No name speaks of boxes: they are the first required parameter that is no threshold."""
    for place, parameter in enumerate(parameters):
        if not parameter.default and "threshold" not in known[place]:
            return [*known[:place], "boxes", *known[place + 1 :]]
    return known


def _once(roles: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for role in roles:
        yield "" if role in seen and role != "ignored" else role
        seen.add(role)


def _columns_for(role: str, known: Sequence[str]) -> bool:
    if role == "boxes":
        return "x1" in known
    return role in {"box_a", "box_b"} and "number0" in known


def _slots(drill: Drill, parameters: Sequence[Parameter], known: Sequence[str]) -> Iterator[Slot]:
    """Positional as long as no parameter is left to its default, by name from there on."""
    gap = False
    for parameter, role in zip(parameters, known, strict=True):
        if parameter.default and role not in drill.takes and role not in COLUMNS:
            gap = True
            if role in EXTRAS - {"ignored"}:
                yield Slot(parameter.name, f"optional:{role}", keyword=True, default=parameter.default)
            continue
        yield Slot(parameter.name, role or "unknown", gap or parameter.kind == "keyword", parameter.default)
