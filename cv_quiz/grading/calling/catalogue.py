"""What can be adapted in a call, in words. `strict` entries are differences from the contract."""

from __future__ import annotations

from dataclasses import dataclass

from cv_quiz.language import Text


@dataclass(frozen=True, slots=True)
class Adaptation:
    """One difference in calling. Where `strict` is false the contract allows it (lists count as arrays)."""

    text: Text
    strict: bool = True


CATALOGUE: dict[str, Adaptation] = {
    "lists": Adaptation(Text("参数以列表传入", "arguments are passed as lists"), strict=False),
    "tuples": Adaptation(Text("框以元组传入", "boxes are passed as tuples"), strict=False),
    "tensors": Adaptation(Text("参数以 torch 张量传入", "arguments are passed as torch tensors")),
    "rows": Adaptation(Text("每个框以 (1, 4) 数组传入", "each box is passed as an array (1, 4)")),
    "row-first": Adaptation(Text("第一个框以 (1, 4) 数组传入", "the first box is passed as an array (1, 4)")),
    "row-second": Adaptation(Text("第二个框以 (1, 4) 数组传入", "the second box is passed as an array (1, 4)")),
    "detection-dicts": Adaptation(Text("传入字典的列表（bbox、score）", "takes a list of dicts (bbox, score)")),
    "dicts": Adaptation(Text("框以字典传入（x1、y1、x2、y2）", "boxes are passed as dicts (x1, y1, x2, y2)")),
    "named-dicts": Adaptation(
        Text("框以字典传入（xmin、left、width……）", "boxes are passed as dicts (xmin, left, width, ...)")
    ),
    "corners": Adaptation(Text("框以两个角点传入", "boxes are passed as two corner points")),
    "numbers": Adaptation(Text("两个框以八个数传入", "two boxes are passed as eight numbers")),
    "columns": Adaptation(Text("坐标按列 x1、y1、x2、y2 传入", "coordinates are passed as columns x1, y1, x2, y2")),
    "dets": Adaptation(Text("框和得分放在一个 (N, 5) 数组里", "boxes and scores come in one array (N, 5)")),
    "pairs": Adaptation(Text("传入 (框, 得分) 的列表", "takes a list of (box, score) pairs")),
    "dets-with-class": Adaptation(
        Text("框、得分、类别放在一个 (N, 6) 数组里", "boxes, scores and classes in one array (N, 6)")
    ),
    "dets-objectness-class": Adaptation(
        Text(
            "框、置信度、类别得分、类别放在一个 (N, 7) 数组里",
            "boxes, objectness, class score and class in one array (N, 7)",
        )
    ),
    "class-score-first": Adaptation(Text("每行是 类别、得分、框", "each row is class, score, box")),
    "score-first": Adaptation(Text("每行是 得分、框", "each row is score, box")),
    "class-first": Adaptation(Text("每行是 类别、框、得分", "each row is class, box, score")),
    "boxes-only": Adaptation(Text("只传入框，没有得分", "takes boxes only, no scores")),
    "xywh": Adaptation(Text("框是 (x, y, 宽, 高)", "boxes are (x, y, width, height)")),
    "cxcywh": Adaptation(Text("框是 (中心 x, 中心 y, 宽, 高)", "boxes are (centre x, centre y, width, height)")),
    "yxyx": Adaptation(Text("框是 (y1, x1, y2, x2)", "boxes are (y1, x1, y2, x2)")),
    "xxyy": Adaptation(Text("框是 (x1, x2, y1, y2)", "boxes are (x1, x2, y1, y2)")),
    "x2y2x1y1": Adaptation(Text("框是 (x2, y2, x1, y1)", "boxes are (x2, y2, x1, y1)")),
    "turned": Adaptation(
        Text("每个框（点）是一列，而不是一行", "each box or point is a column of the array, not a row")
    ),
    "batch": Adaptation(Text("参数多一个批量维 (1, N, ...)", "arrays have a batch axis in front, (1, N, ...)")),
    "list-of-one": Adaptation(Text("参数是每张图一项的列表", "takes a list with one array for each image")),
    "prediction": Adaptation(
        Text(
            "输入是 YOLO 的输出 (1, N, 6)：框、置信度、类别得分",
            "takes a YOLO output (1, N, 6): box, objectness, class score",
        )
    ),
    "prediction-columns": Adaptation(
        Text("输入是 YOLOv8 的输出 (1, 5, N)：框、得分", "takes a YOLOv8 output (1, 5, N): box, score")
    ),
    "threshold-in-percent": Adaptation(Text("阈值是百分数", "the threshold is in percent")),
    "argument-order": Adaptation(Text("参数顺序与约定不同", "the parameters stand in another order")),
    "extra-arguments": Adaptation(Text("需要约定之外的参数", "needs arguments that the contract does not have")),
    "limits-lifted": Adaptation(
        Text(
            "有上限的可选参数（数量、得分阈值、轮数）没有用默认值：按默认值得不到约定的结果",
            "an optional limit (count, score threshold, rounds) was not left at its default, with which the answers are others",
        )
    ),
    "method-given": Adaptation(Text("可选的方法参数被设为约定的方法", "the optional method was set to the contract's")),
    "no-threshold": Adaptation(Text("没有阈值参数", "takes no threshold")),
    "no-init": Adaptation(Text("没有初始中心参数", "takes no initial centroids")),
    "no-count": Adaptation(Text("没有 k 参数，由初始中心的个数决定", "takes no k: the initial centroids tell it")),
    "fewer-arguments": Adaptation(Text("缺少约定中的参数", "takes fewer arguments than the contract")),
    "class": Adaptation(Text("是一个类，先创建实例", "is a class: an instance is made first")),
    "attributes": Adaptation(Text("结果从实例的属性读取", "the result is read from attributes of the instance")),
    "returns-set": Adaptation(Text("返回下标的集合，没有顺序", "returns a set of indices, without order")),
    "returns-mask": Adaptation(Text("返回掩码而不是下标", "returns a mask, not indices")),
    "returns-boxes": Adaptation(Text("返回框而不是下标", "returns boxes, not indices")),
    "returns-rows": Adaptation(Text("返回带得分的框，而不是下标", "returns rows with box and score, not indices")),
    "returns-pairs": Adaptation(Text("以 (下标, 得分) 对的形式返回", "returns (index, score) pairs")),
    "returns-rows-and-indices": Adaptation(
        Text("返回带得分的框和它们的下标", "returns rows with box and score, and their indices")
    ),
    "returns-boxes-and-scores": Adaptation(Text("返回 (框, 得分) 而不是下标", "returns (boxes, scores), not indices")),
    "returns-more": Adaptation(Text("除结果外还返回了别的值", "returns further values beside the result")),
    "returns-dict": Adaptation(Text("以字典返回结果", "returns the result in a dict")),
    "returns-per-class": Adaptation(Text("按类别分组返回", "returns the result grouped by class")),
    "returns-reversed": Adaptation(Text("返回值的顺序与约定相反", "returns the two parts in reverse order")),
    "returns-indices": Adaptation(Text("只返回下标，没有得分", "returns indices only, no scores")),
    "returns-scores": Adaptation(Text("只返回衰减后的得分", "returns the decayed scores only")),
    "scores-in-input-order": Adaptation(Text("得分按输入顺序返回", "returns the scores in the order of the input")),
    "in-place": Adaptation(Text("得分在传入的数组里就地衰减", "decays the scores in the array that was passed in")),
    "returns-centroids": Adaptation(Text("只返回中心", "returns the centroids only")),
    "returns-labels": Adaptation(Text("只返回标签", "returns the labels only")),
    "returns-groups": Adaptation(Text("返回按簇分组的点或下标", "returns the points or indices of each cluster")),
    "returns-memberships": Adaptation(
        Text("标签以 0/1 归属矩阵 (n, k) 返回", "labels come as a table (n, k) of zeros and ones")
    ),
    "returns-assessment": Adaptation(
        Text("标签在 (n, 2) 数组的第一列，第二列是距离", "labels are column 0 of a table (n, 2), beside the distances")
    ),
    "float-labels": Adaptation(Text("标签是浮点数", "labels are floats")),
    "table-of-one": Adaptation(Text("返回只含一个数的二维数组", "returns a table that holds one number")),
    "array-of-one": Adaptation(Text("返回只含一个数的数组", "returns an array that holds one number")),
}


def said(adaptation: str) -> Text:
    """The words for one adaptation."""
    return CATALOGUE[adaptation].text


def is_strict(adaptation: str) -> bool:
    """Whether `--strict` counts it as a difference from the contract."""
    return CATALOGUE[adaptation].strict
