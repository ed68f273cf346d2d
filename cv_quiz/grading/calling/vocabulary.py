"""The words people use for parameters: one table of patterns per kind of result, read from the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cv_quiz.drills.contract import Gives

COLUMNS = ("x1", "y1", "x2", "y2")

# Roles that no contract has. The first of the values is what such a parameter is given; where one that has to
# be filled has several, each of them is tried.
MANY = 100_000  # large enough never to cut a result off, small enough for any integer type
METHODS = ("gaussian", 2, "gauss", "exp", "Gaussian", 1, 3)
EXTRA_VALUES: dict[str, tuple[object, ...]] = {
    "max_output": (MANY,),
    "score_floor": (-1.0,),
    "mode": ("Union", "union"),
    "method": METHODS,
    "start_method": ("random", "k-means++", "kmeans++", "forgy"),
    "form": ("xyxy", "corners", True, "x1y1x2y2", "voc", "pascal_voc"),
    "nt": (0.3, 0.0),
    "metric": ("euclidean", 2, "l2", "Euclidean", 1),
    "max_iter": (300,),
    "tolerance": (1e-12,),  # not 0: `while move >= tolerance` has to end
    "seed": (0,),
    "ignored": (0,),
    "owner": (None,),
    "image_side": (MANY, 1),
    "image_shape": ((MANY, MANY), (1, 1)),
}
# Optional parameters that cut the result off: worth setting.
LIMITS = frozenset({"max_output", "score_floor", "max_iter", "nt"})
# Extra roles whose values follow from the inputs.
DERIVED = frozenset({"classes", "image", "area_a", "area_b", "point_count", "point_size"})
EXTRAS = frozenset(EXTRA_VALUES) | DERIVED
# Where no other parameter has the meaning on the right, the one on the left has it: k-means of (X, n), of (d, k).
SECOND_MEANING = {"point_count": "count", "point_size": "points"}
# What cannot have a number as its default, and what cannot have a word.
ARRAYS = frozenset({"boxes", "box", "scores", "points", "init", "classes", "area_a", "area_b", *COLUMNS})
NUMBERS = frozenset(
    {"iou_threshold", "score_threshold", "score_floor", "sigma", "count", "nt", "max_iter", "tolerance"}
)

_THRESHOLD = r"^(t|th|thr|thre|thres|thresh|threshold|cutoff|limit|tau)$|thre?s|thr$|threshold|阈值"
SCORE_THRESHOLD = (
    r"(score|conf|prob|cls|obj|sc|得分|分数|置信度?).*(thr|thresh|thres|th$|cut|limit|min|阈值)|min.*(score|conf|prob)|"
    r"(thr|thresh|threshold|th)(score|conf|prob|cls|obj)|scoremin|confmin|^(score|conf)t$"
)
IOU_THRESHOLD = r"iou|overlap|nms|^n_?t$|jaccard|交并比"
_IMAGE = r"(img|image|im|frame|input|orig|origin|original|net)"
_PICTURE = (
    r"^(src|raw|orig|original|input|cv|test)?(img|image|im|frame|picture|canvas)(np|bgr|rgb|arr|array|src|copy)?\d?$|"
    r"^(原图|图像?|图片)$"
)
_IMAGE_SIZE: tuple[tuple[str, str], ...] = (
    ("image_shape", rf"{_IMAGE}(shape|size|sz|dims?|hw|wh)$"),
    ("image_side", rf"^{_IMAGE}(w|h|width|height)$|^(w|h|width|height){_IMAGE}$"),
)
_SCORES = r"score|conf|prob|^s$|^p$|^sc$|weight|得分|分数|置信度?"
_CLASSES = r"class|label|cls|categor|^idxs?$|类别"
_BOX_EXTRAS: tuple[tuple[str, str], ...] = (
    ("form", r"format|fmt|xyxy|xywh|boxtype|coordtype|is_?norm"),
    *_IMAGE_SIZE,
    ("image", _PICTURE),
    (
        "max_output",
        r"top_?k|max_?(out|det|num|box|keep|count|prop|n$)|limit|post_?nms|keep_?top|^n_?(max|keep|boxes)|maxnum|"
        r"candidate",
    ),
    ("ignored", r"plus|offset|pixel|inclusive|eps|verbose|debug|device|eta|^rc$|return|agnostic|normal"),
)
_BOXES = r"box|rect|roi|propos|^bb|^b$|det|pred|window|candid|coord|^x$|^p$|框"
PAIR_OF_BOXES = r"box|rect|^bb|roi|anchor|^gt|^pred|框"
_PAIR_TABLE: tuple[tuple[str, str], ...] = (
    ("form", r"format|fmt|xyxy|xywh|boxtype|mode|type"),
    *_IMAGE_SIZE,
    ("ignored", r"plus|offset|pixel|eps|giou|diou|ciou"),
    ("area_a", r"area"),
)

# The first row whose pattern is found in a name, and whose meaning suits the default, gives the name's meaning.
TABLES: dict[Gives, tuple[tuple[str, str], ...]] = {
    "indices": (
        *_BOX_EXTRAS,
        ("score_floor", SCORE_THRESHOLD),
        ("iou_threshold", rf"{IOU_THRESHOLD}|{_THRESHOLD}"),
        ("mode", r"mode|type|method|kind"),
        ("scores", rf"{_SCORES}|^ss$|rank"),
        ("classes", rf"{_CLASSES}|^ids$"),
        ("sigma", r"sigma"),
        ("boxes", _BOXES),
    ),
    "picks": (
        *_BOX_EXTRAS,
        ("score_threshold", rf"{SCORE_THRESHOLD}|^s_?t$"),
        ("nt", IOU_THRESHOLD),
        ("score_threshold", _THRESHOLD),
        ("sigma", r"sigma|^sig$|σ|gauss.*(param|var|std)|^var"),
        ("method", r"method|mode|type|kind|decay|weighting"),
        ("scores", _SCORES),
        ("classes", _CLASSES),
        ("boxes", _BOXES),
    ),
    "scalar": _PAIR_TABLE,
    "matrix": _PAIR_TABLE,
    "clusters": (
        (
            "start_method",
            r"(init|start|seeding).*(method|mode|type|strateg|scheme|algo|kind|how|idx|index|indices)|^strategy$",
        ),
        ("metric", r"dist|metric|measure|^p$|^which"),
        ("ignored", r"^n_?init|verbose|debug|plot|norm|^ax|show|history|trace|return"),
        ("max_iter", r"iter|epoch|step|^t$|rounds|loops|轮"),
        ("seed", r"^(?!.*(cent|中心|质心)).*(seed(?!s)|random|rng|state)"),
        ("tolerance", r"tol|eps|thre?s|delta|converg|stop"),
        ("max_iter", r"converg|stop|limit"),
        ("count", r"^k$|cluster|^n_?(centroid|center|centre|c)|num.?(cent|c|k)|^kk$|k_?num|簇数|聚类数"),
        ("init", r"init|centroid|center|centre|start|^mu|means|^c$|^c0|seeds|中心|质心"),
        ("count", r"centroid|center|centre|means|^c$"),
        ("point_count", r"^n$|^n_?(points|samples|data|rows|examples|obs)|^num_?(points|samples|data)"),
        ("point_size", r"^[md]$|^dims?$|^n_?(features|dims?)|dimension"),
        ("points", r"point|data|^x|sample|feature|input|pts|vector|arr|box|^p|observ|^a$|^dad?[td]os|punto|ponto|点"),
    ),
}
COLUMN_NAMES = {
    "x1": r"^(x1|x_?min|left|xmin|x_?start|xs1|x0|x1s|lefts)$",
    "y1": r"^(y1|y_?min|top|ymin|y_?start|ys1|y0|y1s|tops)$",
    "x2": r"^(x2|x_?max|right|xmax|x_?end|xs2|w|width|x2s|rights)$",
    "y2": r"^(y2|y_?max|bottom|ymax|y_?end|ys2|h|height|y2s|bottoms)$",
}
