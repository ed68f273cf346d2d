# right (convention: class, NonMaxSuppressor(threshold)(boxes, scores)): class with __call__
import numpy as np


class NonMaxSuppressor:
    """Keeps the best box of every group of overlapping boxes."""

    def __init__(self, iou_threshold: float = 0.5) -> None:
        self.iou_threshold = iou_threshold

    @staticmethod
    def _area(boxes: np.ndarray) -> np.ndarray:
        return np.prod(boxes[..., 2:] - boxes[..., :2], axis=-1)

    def _iou(self, box: np.ndarray, others: np.ndarray) -> np.ndarray:
        top_left = np.maximum(box[:2], others[:, :2])
        bottom_right = np.minimum(box[2:], others[:, 2:])
        inter = np.prod(np.maximum(bottom_right - top_left, 0.0), axis=1)
        union = self._area(box) + self._area(others) - inter
        out = np.zeros_like(inter)
        np.divide(inter, union, out=out, where=union > 0)
        return out

    def __call__(self, boxes, scores):
        boxes = np.asarray(boxes, dtype=float).reshape(-1, 4)
        order = np.argsort(scores)[::-1]
        keep = []
        while len(order):
            head, order = order[0], order[1:]
            keep.append(int(head))
            order = order[self._iou(boxes[head], boxes[order]) <= self.iou_threshold]
        return keep
