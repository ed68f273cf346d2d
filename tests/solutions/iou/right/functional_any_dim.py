# right: functional, works in any number of dimensions
from functools import reduce
from operator import mul


def _volume(lo, hi):
    return reduce(mul, (max(h - l, 0.0) for l, h in zip(lo, hi)), 1.0)


def iou(a, b):
    a, b = list(a), list(b)
    d = len(a) // 2
    inter = _volume(map(max, a[:d], b[:d]), map(min, a[d:], b[d:]))
    union = _volume(a[:d], a[d:]) + _volume(b[:d], b[d:]) - inter
    return inter / union if union else 0.0
