# wrong: the exponent is multiplied by sigma, not divided
from math import exp

def soft_nms(boxes, scores, sigma, score_threshold):
    pool = {i: float(s) for i, s in enumerate(scores)}
    idx, val = [], []
    while pool:
        b = max(pool, key=pool.get)
        s = pool.pop(b)
        if s < score_threshold:
            break
        idx.append(b)
        val.append(s)
        for j in pool:
            w = min(boxes[b][2], boxes[j][2]) - max(boxes[b][0], boxes[j][0])
            h = min(boxes[b][3], boxes[j][3]) - max(boxes[b][1], boxes[j][1])
            if w > 0 and h > 0:
                u = (boxes[b][2] - boxes[b][0]) * (boxes[b][3] - boxes[b][1])
                u += (boxes[j][2] - boxes[j][0]) * (boxes[j][3] - boxes[j][1]) - w * h
                v = w * h / u
                pool[j] *= exp(-(v ** 2) * sigma)
    return idx, val
