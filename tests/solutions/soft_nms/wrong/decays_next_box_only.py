# wrong: only the next box in the ranking is decayed
import math


def soft_nms(boxes, scores, sigma, score_threshold):
    todo = [[float(s), i] for i, s in enumerate(scores)]
    idx, val = [], []
    while todo:
        todo.sort(reverse=True)
        s, i = todo.pop(0)
        if s < score_threshold:
            break
        idx.append(i)
        val.append(s)
        a = boxes[i]
        for t in todo[:1]:
            b = boxes[t[1]]
            w = min(a[2], b[2]) - max(a[0], b[0])
            h = min(a[3], b[3]) - max(a[1], b[1])
            if w > 0 and h > 0:
                u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
                t[0] *= math.exp(-(w * h / u) ** 2 / sigma)
    return idx, val
