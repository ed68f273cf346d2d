# right: functional, pure functions and sorted/groupby
from itertools import groupby
from operator import itemgetter


def dist2(p):
    return lambda c: sum((a - b) * (a - b) for a, b in zip(p, c))


def nearest(cents):
    def label(p):
        ds = list(map(dist2(p), cents))
        return min(range(len(ds)), key=ds.__getitem__)
    return label


def mean(ps):
    return tuple(sum(c) / len(ps) for c in zip(*ps))


def moved(pts, labels, cents):
    pairs = sorted(zip(labels, pts), key=itemgetter(0))
    groups = {j: mean([p for _, p in g]) for j, g in groupby(pairs, key=itemgetter(0))}
    return tuple(groups.get(j, c) for j, c in enumerate(cents))


def kmeans(points, k, init=None):
    pts = [tuple(map(float, p)) for p in points]
    if k > len(pts):
        raise ValueError("k > n")
    cents = tuple(tuple(map(float, c)) for c in (pts[:k] if init is None else init))
    labels = None
    while (new := tuple(map(nearest(cents), pts))) != labels:
        labels, cents = new, moved(pts, new, cents)
    return [list(c) for c in cents], list(labels)
