# right (convention: k before the points, kmeans(k, points, init)), C-style loops with running sums and counters
def kmeans(k, points, init=None):
    n = len(points)
    if n < k:
        raise ValueError("n < k")
    d = len(points[0])
    cent = [list(map(float, c)) for c in (init if init is not None else points[:k])]
    labels = [-1] * n
    while True:
        changes = 0
        sums = [[0.0] * d for _ in range(k)]
        counts = [0] * k
        for i in range(n):
            bestj = -1
            bestd = float("inf")
            for j in range(k):
                dist = 0.0
                for t in range(d):
                    diff = points[i][t] - cent[j][t]
                    dist += diff * diff
                if dist < bestd:
                    bestd = dist
                    bestj = j
            if labels[i] != bestj:
                labels[i] = bestj
                changes += 1
            counts[bestj] += 1
            for t in range(d):
                sums[bestj][t] += points[i][t]
        if changes == 0:
            return cent, labels
        for j in range(k):
            if counts[j] > 0:
                for t in range(d):
                    cent[j][t] = sums[j][t] / counts[j]
