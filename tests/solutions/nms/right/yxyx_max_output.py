# right (convention: yxyx boxes, max_output_size third): TF-like signature
from typing import List
import numpy as np


def _overlap(a: np.ndarray, b: np.ndarray) -> float:
    ymin, xmin = max(a[0], b[0]), max(a[1], b[1])
    ymax, xmax = min(a[2], b[2]), min(a[3], b[3])
    inter = max(ymax - ymin, 0.0) * max(xmax - xmin, 0.0)
    total = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return 0.0 if total <= 0 else inter / total


def non_max_suppression(boxes: np.ndarray, scores: np.ndarray, max_output_size: int,
                        iou_threshold: float = 0.5) -> List[int]:
    selected: List[int] = []
    for candidate in np.argsort(-scores, kind="stable"):
        if len(selected) >= max_output_size:
            break
        if any(_overlap(boxes[candidate], boxes[s]) > iou_threshold for s in selected):
            continue
        selected.append(int(candidate))
    return selected
