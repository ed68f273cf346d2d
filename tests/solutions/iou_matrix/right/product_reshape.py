# right: itertools.product over all pairs, reshaped at the end
from itertools import product

import numpy as np


def area(b):
    return (b[2] - b[0]) * (b[3] - b[1])


def one(pair):
    p, q = pair
    c = (max(p[0], q[0]), max(p[1], q[1]), min(p[2], q[2]), min(p[3], q[3]))
    i = area(c) if c[2] > c[0] and c[3] > c[1] else 0.0
    u = area(p) + area(q) - i
    return i / u if u else 0.0


def iou_matrix(boxes_a, boxes_b):
    values = list(map(one, product(boxes_a, boxes_b)))
    return np.array(values, dtype=float).reshape(len(boxes_a), len(boxes_b))
