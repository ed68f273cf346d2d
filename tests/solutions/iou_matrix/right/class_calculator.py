# right: class with a cached area, wrapper function at the end
import numpy as np


class BoxSet:
    def __init__(self, data):
        self.data = np.array(data, dtype=float).reshape(-1, 4)
        self.areas = (self.data[:, 2] - self.data[:, 0]) * (self.data[:, 3] - self.data[:, 1])

    def __len__(self):
        return self.data.shape[0]

    def intersection(self, other):
        a, b = self.data[:, None], other.data[None]
        w = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
        h = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
        w[w < 0] = 0
        h[h < 0] = 0
        return w * h

    def iou(self, other):
        inter = self.intersection(other)
        union = self.areas.reshape(-1, 1) + other.areas.reshape(1, -1) - inter
        empty = union <= 0
        union[empty] = 1
        inter[empty] = 0
        return inter / union


def iou_matrix(boxes_a, boxes_b):
    return BoxSet(boxes_a).iou(BoxSet(boxes_b))
