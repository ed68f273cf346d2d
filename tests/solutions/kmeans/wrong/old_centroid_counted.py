# wrong: the old centroid is counted as a member of its cluster
def kmeans(points, k, init=None):
    if k > len(points):
        raise ValueError("k > n")
    cents = [tuple(map(float, c)) for c in (points[:k] if init is None else init)]
    labels = None
    while True:
        clusters = [[c] for c in cents]
        new = []
        for p in points:
            d = [sum((a - b) ** 2 for a, b in zip(p, c)) for c in cents]
            j = d.index(min(d))
            new.append(j)
            clusters[j].append(tuple(map(float, p)))
        if new == labels:
            return cents, labels
        labels = new
        cents = [tuple(sum(x) / len(c) for x in zip(*c)) for c in clusters]
