# wrong: an empty cluster is put on the mean of all points (rule: it keeps its centroid)
def kmeans(points, k, init=None):
    points = [list(map(float, p)) for p in points]
    if k > len(points):
        raise ValueError("k > n")
    cents = [list(map(float, c)) for c in (init if init is not None else points[:k])]
    labels = None

    def mean(ps):
        return [sum(c) / len(ps) for c in zip(*ps)]

    for _ in range(500):
        new = []
        for p in points:
            d = [sum((a - b) ** 2 for a, b in zip(p, c)) for c in cents]
            new.append(d.index(min(d)))
        if new == labels:
            break
        labels = new
        for j in range(k):
            members = [p for p, l in zip(points, labels) if l == j]
            cents[j] = mean(members or points)
    return cents, labels
