# right: swaps the best box to the front, with an index column
import numpy as np


def py_cpu_softnms(boxes, scores, sigma=0.5, score_threshold=0.001):
    n = len(boxes)
    # x1 y1 x2 y2 score index
    d = np.zeros((n, 6))
    d[:, :4] = boxes
    d[:, 4] = scores
    d[:, 5] = range(n)
    count = 0
    for i in range(n):
        m = i + np.argmax(d[i:, 4])
        d[[i, m]] = d[[m, i]]
        if d[i, 4] < score_threshold:
            break
        count += 1
        for j in range(i + 1, n):
            w = min(d[i, 2], d[j, 2]) - max(d[i, 0], d[j, 0])
            h = min(d[i, 3], d[j, 3]) - max(d[i, 1], d[j, 1])
            if w > 0 and h > 0:
                ua = (d[i, 2] - d[i, 0]) * (d[i, 3] - d[i, 1]) + (d[j, 2] - d[j, 0]) * (d[j, 3] - d[j, 1]) - w * h
                ov = w * h / ua
                d[j, 4] = d[j, 4] * np.exp(-(ov * ov) / sigma)
    return d[:count, 5].astype(int), d[:count, 4]
