# right (convention: class, SoftNMS(sigma, score_threshold).run(boxes, scores))
from dataclasses import dataclass
import numpy as np


@dataclass
class SoftNMS:
    sigma: float = 0.5
    score_threshold: float = 0.001

    def _decay(self, box, others):
        lt = np.maximum(box[:2], others[:, :2])
        rb = np.minimum(box[2:], others[:, 2:])
        wh = np.maximum(rb - lt, 0.0)
        inter = wh[:, 0] * wh[:, 1]
        area = np.prod(box[2:] - box[:2])
        areas = np.prod(others[:, 2:] - others[:, :2], axis=1)
        iou = inter / np.maximum(area + areas - inter, 1e-12)
        return np.exp(-(iou ** 2) / self.sigma)

    def run(self, boxes, scores):
        index = np.arange(len(boxes))
        boxes, scores = np.array(boxes, float), np.array(scores, float)
        picked, final = [], []
        while len(index):
            m = scores.argmax()
            if scores[m] < self.score_threshold:
                break
            picked.append(int(index[m]))
            final.append(float(scores[m]))
            box = boxes[m]
            index, boxes, scores = (np.delete(v, m, axis=0) for v in (index, boxes, scores))
            scores = scores * self._decay(box, boxes)
        return picked, final
