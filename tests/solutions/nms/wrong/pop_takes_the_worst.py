# wrong: sorted from best to worst, but pop() takes the worst
from typing import List, Sequence


def iou(a: Sequence[float], b: Sequence[float]) -> float:
    x = min(a[2], b[2]) - max(a[0], b[0])
    y = min(a[3], b[3]) - max(a[1], b[1])
    if x <= 0 or y <= 0:
        return 0.0
    return x * y / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - x * y)


def nms(boxes, scores, iou_threshold: float) -> List[int]:
    stack = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    keep: List[int] = []
    while stack:
        best = stack.pop()
        keep.append(best)
        stack = [i for i in stack if iou(boxes[best], boxes[i]) <= iou_threshold]
    return keep
