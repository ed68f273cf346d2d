# wrong: the distance looks at the first coordinate only
def kmeans(points, k, init=None):
    n = len(points)
    if k > n:
        raise ValueError("k > n")
    cents = [list(map(float, c)) for c in (points[:k] if init is None else init)]
    labels = [-1] * n
    changed = True
    while changed:
        changed = False
        for i, p in enumerate(points):
            d = [(p[0] - c[0]) ** 2 for c in cents]
            j = d.index(min(d))
            if labels[i] != j:
                labels[i] = j
                changed = True
        for j in range(k):
            mine = [p for p, l in zip(points, labels) if l == j]
            if mine:
                cents[j] = [sum(c) / len(mine) for c in zip(*mine)]
    return cents, labels
