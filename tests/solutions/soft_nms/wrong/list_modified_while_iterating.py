# wrong: removes faded boxes from the list it is iterating over, so the next one misses its decay
import math


def iou(a, b):
    x = min(a[2], b[2]) - max(a[0], b[0])
    y = min(a[3], b[3]) - max(a[1], b[1])
    if x <= 0 or y <= 0:
        return 0.0
    return x * y / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - x * y)


def soft_nms(boxes, scores, sigma, score_threshold):
    pool = [[float(s), i] for i, s in enumerate(scores) if s >= score_threshold]
    result = []
    while pool:
        top = max(pool)
        pool.remove(top)
        result.append(top)
        for p in pool:
            p[0] *= math.exp(-iou(boxes[top[1]], boxes[p[1]]) ** 2 / sigma)
            if p[0] < score_threshold:
                pool.remove(p)
    return [i for _, i in result], [s for s, _ in result]
