# wrong: all pairs computed in the right order but reshaped to (M, N)
from itertools import product
import numpy as np


def iou(p, q):
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    u = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h
    return w * h / u if u > 0 else 0.0


def iou_matrix(boxes_a, boxes_b):
    flat = [iou(p, q) for p, q in product(boxes_a, boxes_b)]
    return np.array(flat).reshape(len(boxes_b), len(boxes_a))
