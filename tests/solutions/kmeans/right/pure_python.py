# right: pure Python lists, no NumPy
import random


def sq_dist(p, q):
    return sum((a - b) ** 2 for a, b in zip(p, q))


def closest(p, centroids):
    best, best_d = 0, sq_dist(p, centroids[0])
    for j in range(1, len(centroids)):
        d = sq_dist(p, centroids[j])
        if d < best_d:
            best, best_d = j, d
    return best


def k_means(points, k, init=None):
    points = [[float(v) for v in p] for p in points]
    if k > len(points):
        raise ValueError("more clusters than points")
    if init is None:
        init = random.sample(points, k)
    centroids = [[float(v) for v in c] for c in init]
    labels = [-1] * len(points)
    changed = True
    while changed:
        changed = False
        for i, p in enumerate(points):
            j = closest(p, centroids)
            if j != labels[i]:
                labels[i] = j
                changed = True
        for j in range(k):
            group = [p for p, l in zip(points, labels) if l == j]
            if group:
                centroids[j] = [sum(col) / len(group) for col in zip(*group)]
    return centroids, labels


if __name__ == "__main__":
    print(k_means([(0, 0), (1, 0), (9, 9), (10, 9)], 2, [(0, 0), (10, 9)]))
