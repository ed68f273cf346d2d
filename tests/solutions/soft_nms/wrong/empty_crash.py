# wrong: max() of an empty list, ValueError when no box is given
import math


def soft_nms(boxes, scores, sigma, score_threshold):
    s = [float(v) for v in scores]
    left = list(range(len(s)))
    indices, values = [], []
    while True:
        best = max(left, key=lambda i: s[i])
        if s[best] < score_threshold:
            return indices, values
        indices.append(best)
        values.append(s[best])
        left.remove(best)
        if len(left) == 0:
            return indices, values
        a = boxes[best]
        for i in left:
            b = boxes[i]
            w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
            h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
            if w * h > 0.0:
                v = w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)
                s[i] *= math.exp(-v * v / sigma)
    return indices, values
