# wrong: iou * 2 where iou ** 2 is meant
import numpy as np


class SoftNms:
    def __init__(self, sigma, thr):
        self.sigma = sigma
        self.thr = thr

    def iou(self, a, b):
        w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
        return w * h / u if u > 0 else 0.0

    def weight(self, ov):
        return np.exp(-(ov * 2) / self.sigma)

    def __call__(self, boxes, scores):
        live = {i: float(v) for i, v in enumerate(scores)}
        keep, vals = [], []
        while live:
            top = max(live, key=live.get)
            if live[top] < self.thr:
                break
            keep.append(top)
            vals.append(live.pop(top))
            live = {j: v * self.weight(self.iou(boxes[top], boxes[j])) for j, v in live.items()}
        return keep, vals


def soft_nms(boxes, scores, sigma, score_threshold):
    return SoftNms(sigma, score_threshold)(boxes, scores)
