# right (convention: kept while the score is strictly above the threshold)
from math import exp

def area(b):
    return (b[2] - b[0]) * (b[3] - b[1])

def bb_iou(b1, b2):
    inter = area((max(b1[0], b2[0]), max(b1[1], b2[1]),
                  max(max(b1[0], b2[0]), min(b1[2], b2[2])),
                  max(max(b1[1], b2[1]), min(b1[3], b2[3]))))
    u = area(b1) + area(b2) - inter
    return inter / u if u > 0 else 0.0

def soft_nms(boxes, scores, sigma, score_threshold):
    todo = [[float(s), i] for i, s in enumerate(scores)]
    res = []
    while todo:
        todo.sort(key=lambda t: t[0], reverse=True)
        s, i = todo.pop(0)
        if s <= score_threshold:
            break
        res.append((i, s))
        for t in todo:
            t[0] *= exp(-bb_iou(boxes[i], boxes[t[1]]) ** 2 / sigma)
    return [i for i, _ in res], [s for _, s in res]
