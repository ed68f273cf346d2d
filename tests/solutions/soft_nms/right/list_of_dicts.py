# right (convention: list of {"bbox", "score"} dicts in and out)
import math
from copy import deepcopy


def bb_intersection_over_union(a, b):
    ix = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    iy = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = ix * iy
    if inter == 0.0:
        return 0.0
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return inter / (area_a + area_b - inter)


def soft_nms(detections, sigma=0.5, score_threshold=0.001):
    pool = deepcopy(detections)
    result = []
    while pool:
        pool.sort(key=lambda d: d["score"])
        best = pool.pop()
        if best["score"] < score_threshold:
            return result
        result.append(best)
        for d in pool:
            ov = bb_intersection_over_union(best["bbox"], d["bbox"])
            d["score"] *= math.exp(-(ov ** 2) / sigma)
    return result
