# right: recursive on a list of (score, index) pairs
from math import exp


def overlap(a, b):
    dx = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    dy = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    cap = dx * dy
    cup = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - cap
    return cap / cup if cup > 0 else 0


def soft_nms(boxes, scores, sigma, score_threshold):
    def pick(pairs):
        pairs = [p for p in pairs if p[0] >= score_threshold]
        if not pairs:
            return []
        top = max(pairs, key=lambda p: p[0])
        rest = [(s * exp(-overlap(boxes[top[1]], boxes[i]) ** 2 / sigma), i)
                for s, i in pairs if i != top[1]]
        return [top] + pick(rest)

    picked = pick(list(zip(map(float, scores), range(len(scores)))))
    return [i for _, i in picked], [s for s, _ in picked]
