# wrong: integer division in the mean
def kmeans(points, k, init=None):
    if k > len(points):
        raise ValueError("k > n")
    centroids = [list(c) for c in (points[:k] if init is None else init)]
    labels = None
    for _ in range(500):
        new = []
        for p in points:
            d = [sum((a - b) ** 2 for a, b in zip(p, c)) for c in centroids]
            new.append(d.index(min(d)))
        if new == labels:
            break
        labels = new
        for j in range(k):
            members = [p for p, l in zip(points, labels) if l == j]
            if members:
                centroids[j] = [sum(x) // len(members) for x in zip(*members)]
    return centroids, labels
