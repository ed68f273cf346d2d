# right: generator over blocks of rows to save memory
from __future__ import annotations

from typing import Iterator

import numpy as np


def _blocks(n: int, size: int) -> Iterator[slice]:
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))


def box_area(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def box_iou(boxes1: np.ndarray, boxes2: np.ndarray, block: int = 64) -> np.ndarray:
    """
    Return the (N, M) matrix of IoU between two sets of (x1, y1, x2, y2) boxes.
    """
    boxes1 = np.asarray(boxes1, dtype=np.float64)
    boxes2 = np.asarray(boxes2, dtype=np.float64)
    iou = np.zeros((boxes1.shape[0], boxes2.shape[0]), dtype=np.float64)
    area2 = box_area(boxes2)
    for s in _blocks(boxes1.shape[0], block):
        part = boxes1[s]
        lt = np.maximum(part[:, None, :2], boxes2[:, :2])
        rb = np.minimum(part[:, None, 2:], boxes2[:, 2:])
        wh = (rb - lt).clip(min=0)
        inter = wh[:, :, 0] * wh[:, :, 1]
        union = box_area(part)[:, None] + area2 - inter
        iou[s] = inter / np.maximum(union, 1e-12)
    return iou
