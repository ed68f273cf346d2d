# wrong: the smallest distance is not reset for the next point
def kmeans(points, k, init=None):
    n = len(points)
    if k > n:
        raise ValueError("k > n")
    cent = [list(map(float, c)) for c in (points[:k] if init is None else init)]
    labels = [-1] * n
    for _ in range(300):
        new = [0] * n
        best = float("inf")
        for i in range(n):
            for j in range(k):
                d = sum((a - b) ** 2 for a, b in zip(points[i], cent[j]))
                if d < best:
                    best = d
                    new[i] = j
        if new == labels:
            break
        labels = new
        for j in range(k):
            group = [points[i] for i in range(n) if labels[i] == j]
            if group:
                cent[j] = [sum(c) / len(group) for c in zip(*group)]
    return cent, labels
