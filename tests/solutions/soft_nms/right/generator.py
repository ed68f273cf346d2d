# right: generator of (index, score), zipped at the end
import numpy as np
from typing import Iterator, Tuple


def overlaps(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    size = np.clip(np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2]), 0.0, None)
    cap = size.prod(axis=1)
    cup = np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - cap
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(cap / cup)


def _picks(boxes, scores, sigma, thr) -> Iterator[Tuple[int, float]]:
    ids = np.arange(len(scores))
    while ids.size:
        m = int(np.argmax(scores))
        if not scores[m] >= thr:
            return
        yield int(ids[m]), float(scores[m])
        others = ids != ids[m]
        scores = (scores * np.exp(-np.square(overlaps(boxes[m], boxes)) / sigma))[others]
        ids, boxes = ids[others], boxes[others]


def soft_nms(boxes, scores, sigma, score_threshold):
    picks = list(_picks(np.asarray(boxes, float), np.asarray(scores, float), sigma, score_threshold))
    return [p[0] for p in picks], [p[1] for p in picks]
